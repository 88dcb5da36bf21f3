using Actors.GrainInterfaces.Durability;
using Actors.GrainInterfaces.Ledger;
using Actors.GrainInterfaces.Payments;
using Actors.TestKit;

namespace Actors.Grains.Tests.Payments;

/// <summary>What tests about payments say again and again.</summary>
internal static class Paying
{
    public static Money Usd(long cents) => new("USD", cents);

    public static Money Asked(long tokens) => Money.OfTokens(Tokens.Of(tokens));

    public static StartPayment StartOf(
        this IGrainEngine engine,
        string paymentId,
        Money price,
        string provider = PaymentProviders.Sandbox,
        string userId = "ana"
    ) => new(paymentId, $"bk-{paymentId}", userId, "mia", provider, price, engine.Time.GetUtcNow().AddMinutes(10));

    public static IPaymentGrain Payment(this IGrainEngine engine, string paymentId) =>
        engine.Grains.GetGrain<IPaymentGrain>(paymentId);

    public static ISandboxPaymentGrain Sandbox(this IGrainEngine engine, string paymentId) =>
        engine.Grains.GetGrain<ISandboxPaymentGrain>(paymentId);

    /// <summary>As the booking says it.</summary>
    public static Task ExpireAsync(this IGrainEngine engine, string paymentId, long number = 1) =>
        engine.Payment(paymentId).Expire(new Delivery($"booking/bk-{paymentId}", number));

    public static Task SettleAsync(
        this IGrainEngine engine,
        string paymentId,
        int refundPercent,
        long number = 2,
        bool correction = false
    ) =>
        engine
            .Payment(paymentId)
            .Settle(
                new Delivery($"booking/bk-{paymentId}", number),
                new SettlePayment(refundPercent, "The call is over.", correction)
            );

    public static Task<PaymentView> EventuallyIsAsync(
        this IGrainEngine engine,
        string paymentId,
        PaymentStatus status
    ) => engine.EventuallyAsync(async () => (await engine.Payment(paymentId).Get())!, view => view.Status == status);

    public static async Task<OutsideMoney?> OutsideAsync(
        this IGrainEngine engine,
        string paymentId,
        string currency = "USD"
    )
    {
        var figures = await engine.Grains.GetGrain<IOutsideMoneyGrain>(Shards.Of(paymentId)).Figures();
        return figures.Currencies.FirstOrDefault(money => money.Currency == currency);
    }
}
