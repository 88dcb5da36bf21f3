using System.Diagnostics.Metrics;
using Actors.Grains.Durability;

namespace Actors.Hosting.Metrics;

/// <summary>What is on its way between the grains of this process and others.</summary>
internal sealed class OutboxGauges
{
    public const string MeterName = "Actors.Outbox";

    public OutboxGauges(IMeterFactory meters, Courier courier)
    {
        var undelivered = courier.Undelivered;
        var meter = meters.Create(MeterName);
        meter.CreateObservableGauge(
            "actors.outbox.waiting",
            () => undelivered.Effects,
            "{effect}",
            "Effects of durable events that have not reached their receivers."
        );
        meter.CreateObservableGauge(
            "actors.outbox.age",
            () => undelivered.Oldest.TotalSeconds,
            "s",
            "How long the oldest of these has waited."
        );
        meter.CreateObservableGauge(
            "actors.tokens.in_transit",
            () => undelivered.Tokens,
            "{token}",
            "Tokens that have left one account and have not reached the other."
        );
    }
}
