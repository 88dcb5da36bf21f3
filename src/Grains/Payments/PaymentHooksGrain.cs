using System.Diagnostics.Metrics;
using Actors.GrainInterfaces.Outcomes;
using Actors.GrainInterfaces.Payments;
using Actors.Grains.Operations;
using Actors.Grains.Payments.Providers;
using Microsoft.Extensions.Logging;
using Orleans.Concurrency;

namespace Actors.Grains.Payments;

/// <summary>Finds whose payment a post is about. It answers when the payment has written down what it says, and not before.</summary>
[GrainType("payment-hooks")]
[Reentrant]
[StatelessWorker]
public sealed partial class PaymentHooksGrain(
    IGrainContext context,
    PaymentDesk desk,
    ILogger<PaymentHooksGrain> logger
) : Grain(context), IPaymentHooksGrain
{
    private const int MaxIdLength = 100;

    private static readonly Counter<long> Posts = GrainMetrics.Source.CreateCounter<long>(
        "actors.payments.webhooks",
        "{post}",
        "Posts of payment providers, by provider and what became of them."
    );

    public async Task<Outcome<Done>> Take(ProviderPost post)
    {
        var provider = this.GetPrimaryKeyString();
        var read = desk.Of(provider).Read(post);
        if (read.Refusal is { } refusal)
        {
            Count(provider, "refused");
            LogRefused(provider, refusal.Code);
            return refusal;
        }
        if (read.Value is not { PaymentId: { Length: > 0 and <= MaxIdLength } paymentId, Event: { } said })
        {
            Count(provider, "ignored");
            return Done.It;
        }
        var heard = await GrainFactory.GetGrain<IPaymentGrain>(paymentId).Hear(said);
        if (heard.Refusal is not null)
        {
            // Nothing is made of it, and asking the provider to send it again would change nothing.
            Count(provider, "unknown");
            LogUnknown(provider, said.EventId);
            return Done.It;
        }
        Count(provider, "heard");
        return Done.It;
    }

    private static void Count(string provider, string result) =>
        Posts.Add(
            1,
            new KeyValuePair<string, object?>("provider", provider),
            new KeyValuePair<string, object?>("result", result)
        );

    [LoggerMessage(Level = LogLevel.Warning, Message = "A post of {Provider} was refused: {Code}")]
    private partial void LogRefused(string provider, string code);

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "{Provider} told of a payment that is not ours: event {EventId}"
    )]
    private partial void LogUnknown(string provider, string eventId);
}
