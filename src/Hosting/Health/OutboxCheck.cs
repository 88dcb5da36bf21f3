using System.Globalization;
using Actors.Grains.Durability;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Actors.Hosting.Health;

/// <summary>Whether what grains have to tell each other arrives. What waits is not lost: it is sent until it is acknowledged.</summary>
internal sealed class OutboxCheck(Courier courier) : IHealthCheck
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken)
    {
        var (waiting, oldest) = (courier.Undelivered.Effects, courier.Undelivered.Oldest);
        return Task.FromResult(
            oldest <= Patience
                ? HealthCheckResult.Healthy("What grains tell each other arrives.")
                : HealthCheckResult.Degraded(
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"The oldest of {waiting} messages between grains has waited for {oldest.TotalSeconds:N0} s."
                    )
                )
        );
    }
}
