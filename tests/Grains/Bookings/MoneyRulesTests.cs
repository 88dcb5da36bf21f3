using Actors.GrainInterfaces.Ledger;
using Actors.GrainInterfaces.Outcomes;
using Actors.GrainInterfaces.Payments;
using Actors.GrainInterfaces.Performers;
using Actors.Grains.Bookings;
using static Actors.Grains.Tests.Bookings.Calls;

namespace Actors.Grains.Tests.Bookings;

[Trait("Spec", "BO-4")]
public sealed class MoneyRulesTests
{
    private static readonly PaymentNews IsPaid = new(
        Payment.Id,
        PaymentStatus.Paid,
        new Money("USD", 500),
        0,
        Now,
        null
    );

    [Fact]
    public void Money_in_time_and_late_money_whose_time_is_free_confirm_the_booking()
    {
        foreach (var booking in (Booking[])[Unpaid, Expired])
        {
            var paid = MoneyRules.DecidePaid(booking, IsPaid, Done.It, Now);
            var after = BookingFold.Evolve(booking, Assert.IsType<BookingConfirmed>(paid));
            var confirmed = Assert.IsType<ConfirmedBooking>(after);
            Assert.Equal([Payment.Id], confirmed.Money.Kept.Select(static one => one.Id));
        }
    }

    [Fact]
    public void Late_money_whose_time_is_taken_goes_back_once_whatever_the_provider_repeats()
    {
        var back = MoneyRules.DecidePaid(Expired, IsPaid, PerformerRefusals.NotAvailable, Now);
        Assert.False(Assert.IsType<MoneyReturned>(back).HoldsTime);

        var after = BookingFold.Evolve(Expired, back!);
        Assert.Equal(MoneyTurn.Nothing, MoneyRules.TurnOf(after, Payment.Id, Now));
        Assert.Null(MoneyRules.DecidePaid(after, IsPaid, Done.It, Now));
    }

    [Theory]
    [InlineData("confirmed")]
    [InlineData("live")]
    [InlineData("completed")]
    [InlineData("no-show")]
    public void What_is_paid_is_not_paid_again(string stage) =>
        Assert.Null(MoneyRules.DecidePaid(Stages[stage], IsPaid, Done.It, Now));

    [Fact]
    public void A_second_payment_of_what_is_paid_already_goes_back_and_the_booking_keeps_its_time()
    {
        var second = Payment with { Id = $"{Id}-2", State = PaymentState.Failed };
        var twice = Confirmed with { Money = Paid with { Payments = Paid.Payments.Add(second) } };

        var back = MoneyRules.DecidePaid(twice, IsPaid with { PaymentId = second.Id }, null, Now);
        Assert.True(Assert.IsType<MoneyReturned>(back).HoldsTime);
        var after = (ConfirmedBooking)BookingFold.Evolve(twice, back!);
        Assert.Equal([Payment.Id], after.Money.Kept.Select(static one => one.Id));
    }

    [Fact]
    public void A_payment_that_was_declined_and_is_paid_all_the_same_counts_and_the_other_one_is_closed()
    {
        var declined = Payment with { State = PaymentState.Failed };
        var open = Payment with { Id = $"{Id}-2" };
        var both = Unpaid with { Money = new BookingMoney(Now, [declined, open]) };

        var confirmed = (BookingConfirmed)MoneyRules.DecidePaid(both, IsPaid, Done.It, Now)!;
        Assert.Equal(open.Id, confirmed.OpenPayment);
        Assert.Null(((ConfirmedBooking)BookingFold.Evolve(both, confirmed)).Money.Open);
    }

    [Fact]
    public void Money_for_a_cancelled_call_or_one_whose_start_has_passed_goes_back()
    {
        var unpaid = Cancelled with { Money = Waiting.Closed() };

        Assert.IsType<MoneyReturned>(MoneyRules.DecidePaid(unpaid, IsPaid, null, Now));
        Assert.IsType<MoneyReturned>(MoneyRules.DecidePaid(Expired, IsPaid, null, Start));
    }

    [Fact]
    public void Money_of_a_payment_that_is_not_the_bookings_changes_nothing() =>
        Assert.Null(MoneyRules.DecidePaid(Unpaid, IsPaid with { PaymentId = "other" }, Done.It, Now));

    [Fact]
    public void A_declined_payment_may_be_followed_by_another_one()
    {
        var news = IsPaid with { Status = PaymentStatus.Declined, Failure = "card_declined" };
        var failed = Assert.IsType<PaymentFailed>(MoneyRules.DecideOther(Unpaid, news, Now));

        var after = (UnpaidBooking)BookingFold.Evolve(Unpaid, failed);
        Assert.Null(MoneyRules.DecideOther(after, news, Now));
        Assert.Equal($"{Id}-2", BookingRules.Decide(Id, after, Pay("again"), Hold, Now).Value?.Payment.Id);
    }

    [Fact]
    public void What_has_gone_back_is_noted_once()
    {
        var news = IsPaid with { Status = PaymentStatus.Settled, Refunded = 500 };
        var noted = MoneyRules.DecideOther(NoShow, news, Now);

        Assert.Equal(500, Assert.IsType<RefundNoted>(noted).Refunded);
        Assert.Null(MoneyRules.DecideOther(BookingFold.Evolve(NoShow, noted!), news, Now));
    }
}
