using Actors.GrainInterfaces.Outcomes;
using Actors.GrainInterfaces.Payments;
using Actors.Grains.Payments;
using Actors.Grains.Payments.Providers;
using Money = Actors.GrainInterfaces.Ledger.Money;

namespace Actors.Grains.Tests.Payments;

[Trait("Spec", "BO-5")]
public sealed class HearingRulesTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 30, 12, 0, 0, TimeSpan.Zero);

    private static readonly StartPayment Command = new(
        "p1",
        "bk",
        "ana",
        "mia",
        PaymentProviders.Stripe,
        Paying.Usd(900),
        Now.AddMinutes(10)
    );

    private static readonly SessionAnswer Opened = new SessionAnswer.Opened(new ProviderSession("cs_1", "https://x"));

    [Fact]
    public void Money_that_is_told_of_before_the_session_is_known_counts_and_the_session_is_noted_after_it()
    {
        var paid = Heard(Started(), ProviderEventKind.Paid, Paying.Usd(900));
        Assert.Equal((PaymentStatus.Paid, (DateTimeOffset?)null), (paid.Status, paid.NextDue));

        var known = After(paid, HearingRules.Opened(paid, Opened, Now));

        Assert.Equal((PaymentStatus.Paid, "cs_1"), (known.Status, known.Session?.Id));
        Assert.Null(known.NextDue);
    }

    [Fact]
    public void A_session_that_is_opened_after_the_booking_has_gone_is_closed()
    {
        var expired = After(Started(), [PaymentRules.Expire(Started(), Now)!]);
        var late = After(expired, HearingRules.Opened(expired, Opened, Now));

        Assert.Equal(PaymentStatus.Expired, late.Status);
        Assert.Contains(late.Errands, static errand => errand.Kind == ErrandKind.Close);
    }

    [Fact]
    public void A_refusal_after_the_booking_has_gone_does_not_change_how_it_ended()
    {
        var expired = After(Started(), [PaymentRules.Expire(Started(), Now)!]);
        var refused = After(
            expired,
            HearingRules.Opened(expired, new SessionAnswer.Refused(PaymentRefusals.PaymentRefused), Now)
        );

        Assert.Equal((PaymentStatus.Expired, (DateTimeOffset?)null), (refused.Status, refused.NextDue));
    }

    [Fact]
    public void Nothing_is_asked_about_for_ever()
    {
        var pending = After(Started(), HearingRules.Opened(Started(), Opened, Now));
        var at = Now;
        var asks = 0;
        while (pending.NextDue is { } due)
        {
            at = due;
            asks++;
            pending = After(pending, ErrandRules.DecideDue(pending, at));
            Assert.True(pending.NextDue is null || pending.NextDue > at);
        }

        Assert.InRange(asks, 25, 40);
        Assert.InRange(at, Now.AddDays(29), Now.AddDays(32));
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 9)]
    [InlineData(33, 297)]
    [InlineData(50, 450)]
    [InlineData(100, 899)]
    public void Refunds_are_rounded_up_and_never_more_than_the_whole(int percent, long back) =>
        Assert.Equal(back, PaymentRules.PartOf(899, percent));

    [Fact]
    public void A_refund_that_failed_is_left_to_people_and_one_that_is_done_stays_so()
    {
        var paid = Heard(Started(), ProviderEventKind.Paid, Paying.Usd(900));
        var settled = After(paid, [PaymentRules.Decide(paid, new SettlePayment(100, "Taken."), Now)!]);
        var failed = Heard(settled, ProviderEventKind.RefundFailed, null, "p1-r1", "e2");
        Assert.Equal(RefundState.ByHand, failed.RefundOf(1)!.State);

        var done = Heard(failed, ProviderEventKind.Refunded, null, "p1-r1", "e3");
        var again = Heard(done, ProviderEventKind.RefundFailed, null, "p1-r1", "e4");

        Assert.Equal(RefundState.Done, again.RefundOf(1)!.State);
        Assert.Null(again.NextDue);
    }

    [Theory]
    [InlineData("TOKENS", 100, "USD", 1L, "USD", 100)]
    [InlineData("TOKENS", 100, "COP", 4_000L, "COP", 400_000)]
    [InlineData("USD", 900, "USD", 1L, "USD", 900)]
    [InlineData("EUR", 900, "USD", 1L, null, 0)]
    [InlineData("TOKENS", 100, "EUR", null, null, 0)]
    [InlineData("TOKENS", 1_000_000_000_000, "USD", 2L, null, 0)]
    public void A_price_is_only_changed_from_tokens(
        string from,
        long price,
        string to,
        long? perToken,
        string? currency,
        long amount
    )
    {
        Outcome<Money> asked = PaymentRules.AmountOf(new Money(from, price), to, perToken);

        Assert.Equal(currency is null ? PaymentRefusals.CurrencyNotAcceptedCode : null, asked.Refusal?.Code);
        Assert.Equal(currency is null ? default : new Money(currency, amount), asked.Value);
    }

    private static Payment Started() => After(Payment.None, [PaymentRules.Start(Command, Paying.Usd(900), Now)]);

    private static Payment Heard(
        Payment payment,
        ProviderEventKind kind,
        Money? money,
        string reference = "pi_1",
        string eventId = "e1"
    ) =>
        HearingRules.Hear(payment, new ProviderEvent(eventId, kind, money, Now, reference), Now) is { } heard
            ? After(payment, [heard])
            : payment;

    private static Payment After(Payment payment, IEnumerable<PaymentEvent> events) =>
        events.Aggregate(payment, PaymentFold.Evolve);
}
