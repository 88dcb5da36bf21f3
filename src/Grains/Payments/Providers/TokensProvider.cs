using Actors.GrainInterfaces.Ledger;
using Actors.GrainInterfaces.Outcomes;
using Actors.GrainInterfaces.Payments;
using Actors.GrainInterfaces.Wallets;

namespace Actors.Grains.Payments.Providers;

/// <summary>
/// Tokens of the platform's own ledger. Opening holds them, and with that it is paid. What becomes of them reaches the balance
/// by the payment's outbox, exactly once, so that there is nothing to close, to ask for or to give back here.
/// </summary>
public sealed class TokensProvider(IServiceProvider services) : IPaymentProvider
{
    public string Name => PaymentProviders.Tokens;

    public Outcome<Money> AmountOf(Money price) => PaymentRules.AmountOf(price, Money.TokenCurrency, null);

    public async Task<SessionAnswer> OpenAsync(PaymentOrder order)
    {
        var grains = (IGrainFactory)services.GetService(typeof(IGrainFactory))!;
        try
        {
            var held = await grains
                .GetGrain<IBalanceGrain>(order.UserId)
                .HoldForCall(
                    new HoldForCall(order.PaymentId, order.BookingId, order.PerformerId, Tokens.Of(order.Amount.Amount))
                );
            return held.Refusal is { } refusal
                ? new SessionAnswer.Refused(refusal)
                : new SessionAnswer.Opened(
                    new ProviderSession(held.Value!.CallId.ToString(), null),
                    held.Value.CallId.ToString()
                );
        }
        catch (Exception fault) when (Faults.IsUnanswered(fault))
        {
            return new SessionAnswer.Unknown(fault.GetType().Name);
        }
    }

    public Task<CloseAnswer> CloseAsync(PaymentOrder order, ProviderSession session) =>
        Task.FromResult<CloseAnswer>(new CloseAnswer.Closed());

    public Task<StatusAnswer> FetchAsync(PaymentOrder order, ProviderSession? session) =>
        Task.FromResult<StatusAnswer>(new StatusAnswer.Pending());

    public Task<RefundAnswer> RefundAsync(RefundOrder refund) =>
        Task.FromResult<RefundAnswer>(new RefundAnswer.Done(null));

    public Outcome<ProviderMessage> Read(ProviderPost post) => PaymentRefusals.InvalidSignature;
}
