using System.Text.Json;
using System.Text.Json.Serialization;
using Actors.GrainInterfaces.Ledger;
using Actors.GrainInterfaces.Outcomes;
using Actors.GrainInterfaces.Payments;

namespace Actors.Grains.Payments.Providers;

/// <summary>
/// A provider that takes no money, for development, tests and simulations: each session is a grain beside the payment, on whose
/// page a developer pays. Its posts have the form <c>t=…,v1=…</c> of Stripe's, with a secret of the settings.
/// </summary>
public sealed class SandboxProvider(
    IServiceProvider services,
    PaymentOptions options,
    TokenPrices prices,
    TimeProvider time
) : IPaymentProvider
{
    public string Name => PaymentProviders.Sandbox;

    public Outcome<Money> AmountOf(Money price) =>
        price.IsTokens
            ? PaymentRules.AmountOf(price, options.SandboxCurrency, prices.In(options.SandboxCurrency) ?? 1)
            : price;

    public async Task<SessionAnswer> OpenAsync(PaymentOrder order)
    {
        try
        {
            var session = await Session(order.PaymentId).Open(order.Amount);
            return new SessionAnswer.Opened(new ProviderSession($"sandbox_{order.PaymentId}", LinkOf(session)));
        }
        catch (Exception fault) when (Faults.IsUnanswered(fault))
        {
            return new SessionAnswer.Unknown(fault.GetType().Name);
        }
    }

    public async Task<CloseAnswer> CloseAsync(PaymentOrder order, ProviderSession session)
    {
        try
        {
            return await Session(order.PaymentId).Close() ? new CloseAnswer.Closed() : new CloseAnswer.NotClosable();
        }
        catch (Exception fault) when (Faults.IsUnanswered(fault))
        {
            return new CloseAnswer.Unknown(fault.GetType().Name);
        }
    }

    public async Task<StatusAnswer> FetchAsync(PaymentOrder order, ProviderSession? session)
    {
        try
        {
            return await Session(order.PaymentId).Get() switch
            {
                null or { Status: SandboxStatus.Closed, Paid: 0 } => new StatusAnswer.Over(),
                { Paid: > 0 } paid => new StatusAnswer.Paid(
                    paid.LastPaid!.Value,
                    ReferenceOf(order.PaymentId, paid.Paid)
                ),
                { Status: SandboxStatus.Declined } => new StatusAnswer.Declined(),
                _ => new StatusAnswer.Pending(),
            };
        }
        catch (Exception fault) when (Faults.IsUnanswered(fault))
        {
            return new StatusAnswer.Unknown(fault.GetType().Name);
        }
    }

    public async Task<RefundAnswer> RefundAsync(RefundOrder refund)
    {
        try
        {
            var done = await Session(refund.Order.PaymentId).Refund(refund.Key, refund.Reference, refund.Money);
            return done.Refusal is { } refusal
                ? new RefundAnswer.NotPossible(refusal.Message)
                : new RefundAnswer.Done(refund.Key);
        }
        catch (Exception fault) when (Faults.IsUnanswered(fault))
        {
            return new RefundAnswer.Unknown(fault.GetType().Name);
        }
    }

    public Outcome<ProviderMessage> Read(ProviderPost post)
    {
        if (options.SandboxSecret is not { } secret || !TimedSignature.IsOf(post, [secret], time.GetUtcNow()))
        {
            return PaymentRefusals.InvalidSignature;
        }
        try
        {
            var said = JsonSerializer.Deserialize(post.Body, SandboxJson.Default.SandboxPost);
            return said is not { Id: { } id, Type: { } type, PaymentId: { } paymentId }
                ? PaymentRefusals.InvalidWebhookBody
                : new ProviderMessage(
                    paymentId,
                    new ProviderEvent(
                        id,
                        type,
                        said.Currency is { } currency ? new Money(currency, said.Amount ?? 0) : null,
                        time.GetUtcNow(),
                        said.Reference
                    )
                );
        }
        catch (JsonException)
        {
            return PaymentRefusals.InvalidWebhookBody;
        }
    }

    /// <summary>The name of the so many-th payment of a session.</summary>
    internal static string ReferenceOf(string paymentId, int number) => $"sandbox_{paymentId}_{number}";

    private ISandboxPaymentGrain Session(string paymentId) =>
        ((IGrainFactory)services.GetService(typeof(IGrainFactory))!).GetGrain<ISandboxPaymentGrain>(paymentId);

    private string LinkOf(SandboxSession session)
    {
        var path = $"/sandbox/payments/{Uri.EscapeDataString(session.PaymentId)}?token={session.Token}";
        return options.PublicAddress is { } address ? new Uri(address, path).ToString() : path;
    }
}

/// <param name="Type">As in <see cref="ProviderEventKind"/>.</param>
internal sealed record SandboxPost(
    string? Id,
    ProviderEventKind? Type,
    string? PaymentId,
    string? Currency,
    long? Amount,
    string? Reference
);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UseStringEnumConverter = true,
    MaxDepth = 8
)]
[JsonSerializable(typeof(SandboxPost))]
internal sealed partial class SandboxJson : JsonSerializerContext;
