using Actors.GrainInterfaces.Ledger;
using Actors.GrainInterfaces.Payments;
using Actors.GrainInterfaces.Performers;
using Actors.Grains.Bookings;
using static Actors.Grains.Tests.Bookings.Calls;

namespace Actors.Grains.Tests.Bookings;

/// <summary>cal.com #10121: a reschedule was charged twice.</summary>
[Trait("Spec", "BO-8")]
public sealed class MoveRulesTests
{
    private static readonly DateTimeOffset Other = Start.AddDays(1);

    private static readonly PaymentNews Difference = new(
        $"{Id}-2",
        PaymentStatus.Paid,
        new Money(Money.TokenCurrency, 50),
        0,
        Now,
        null
    );

    [Fact]
    public void As_dear_as_before_nothing_is_paid_and_nothing_comes_back()
    {
        var moved = Moved(Confirmed, Offer);

        Assert.Empty(moved.Reductions);
        Assert.Equal((Other, 1, Start), (moved.Terms.Start, moved.Terms.Sequence, moved.OldStart));
    }

    [Fact]
    public void What_it_costs_less_goes_back_once()
    {
        var moved = Moved(Confirmed, OfferFor(60));
        var after = (ConfirmedBooking)BookingFold.Evolve(Moving(Confirmed, OfferFor(60)), moved);

        Assert.Equal([new ShareReduction(Payment.Id, 60)], moved.Reductions);
        Assert.Equal(60, after.Money.Kept.Sum(static payment => payment.Share.Amount));
        Assert.Null(MoveRules.DecideMoved(after, 1, OfferFor(60), Now));
        Assert.Empty(Moved(after, OfferFor(60), Other.AddDays(1), "next").Reductions);
    }

    [Fact]
    public void What_it_costs_more_is_asked_for_once_and_only_the_difference()
    {
        var begun = MoveRules.Decide(Confirmed, Move(Other, 60), OfferFor(150), Now).Value!;
        Assert.Equal((50, true), (begun.Move.Difference.Amount, begun.Move.CostsMore));

        var moving = Held(Moving(Confirmed, OfferFor(150)));
        var payment = BookingRules.Decide(Id, moving, Pay("difference"), Hold, Now).Value!;
        Assert.Equal((50, 1, $"{Id}-2"), (payment.Payment.Share.Amount, payment.Payment.Move, payment.Payment.Id));

        var paying = BookingFold.Evolve(moving, payment);
        Assert.Null(BookingRules.Decide(Id, paying, Pay("difference"), Hold, Now).Value);
        var paid = BookingFold.Evolve(paying, MoneyRules.DecidePaid(paying, Difference, null, Now)!);
        Assert.Equal(MoneyTurn.Nothing, MoneyRules.TurnOf(paid, $"{Id}-2", Now));
        var after = (ConfirmedBooking)BookingFold.Evolve(paid, MoveRules.DecideMoved(paid, 1, OfferFor(150), Now)!);

        Assert.Equal(150, after.Money.Kept.Sum(static one => one.Share.Amount));
        Assert.Equal((null, Other), (after.Move, after.Terms.Start));
        Assert.Equal(MoneyTurn.Nothing, MoneyRules.TurnOf(after, $"{Id}-2", Now));
        Assert.Null(BookingRules.Decide(Id, after, Pay("more"), Hold, Now).Value);
    }

    [Fact]
    public void What_is_too_much_goes_back_from_the_newest_payment_first()
    {
        var second = Payment with
        {
            Id = $"{Id}-2",
            Share = new Money(Money.TokenCurrency, 50),
            State = PaymentState.Paid,
        };
        var dear = Confirmed with
        {
            Terms = Terms with { Price = new Money(Money.TokenCurrency, 150) },
            Money = Paid with { Payments = Paid.Payments.Add(second) },
        };

        Assert.Equal(
            [new ShareReduction(second.Id, 0), new ShareReduction(Payment.Id, 80)],
            Moved(dear, OfferFor(80)).Reductions
        );
        var after = (ConfirmedBooking)BookingFold.Evolve(Moving(dear, OfferFor(80)), Moved(dear, OfferFor(80)));
        Assert.Equal([Payment.Id], after.Money.Kept.Select(static one => one.Id));
    }

    [Fact]
    public void Money_for_another_time_that_has_lapsed_goes_back()
    {
        var moving = Held(Moving(Confirmed, OfferFor(150)));
        var paying = BookingFold.Evolve(moving, BookingRules.Decide(Id, moving, Pay("d"), Hold, Now).Value!);
        var lapsed = TimelineRules.DecideDue(paying, Now + Hold);

        Assert.Equal(($"{Id}-2", "r1"), (((MoveEnded)lapsed!).OpenPayment, ((MoveEnded)lapsed).OpenHold));
        Assert.Equal(MoneyTurn.GoesBack, MoneyRules.TurnOf(BookingFold.Evolve(paying, lapsed), $"{Id}-2", Now));
    }

    /// <summary>The performer may have exchanged the times although nobody was told.</summary>
    [Fact]
    public void What_is_paid_does_not_lapse_before_the_performer_has_answered()
    {
        var moving = Held(Moving(Confirmed, OfferFor(150)));
        var paying = BookingFold.Evolve(moving, BookingRules.Decide(Id, moving, Pay("d"), Hold, Now).Value!);
        var paid = BookingFold.Evolve(paying, MoneyRules.DecidePaid(paying, Difference, null, Now)!);

        Assert.Null(TimelineRules.DecideDue(paid, Start.AddDays(9)));
        Assert.Equal(Now.AddSeconds(30), paid.Due);
        var refused = (MoveEnded)MoveRules.DecideMoved(paid, 1, PerformerRefusals.NotAvailable, Now)!;
        Assert.Equal($"{Id}-2", refused.Returned);
        var after = (ConfirmedBooking)BookingFold.Evolve(paid, refused);
        Assert.Equal([Payment.Id], after.Money.Kept.Select(static one => one.Id));
    }

    [Fact]
    public void A_time_that_is_taken_leaves_everything_as_it_was()
    {
        var moving = Moving(Confirmed, Offer);
        var ended = MoveRules.DecideMoved(moving, 1, PerformerRefusals.NotAvailable, Now);
        var after = (ConfirmedBooking)BookingFold.Evolve(moving, ended!);

        Assert.Equal("NOT_AVAILABLE", Assert.IsType<MoveEnded>(ended).Code);
        Assert.Equal((Confirmed.Terms, Confirmed.Money, null), (after.Terms, after.Money, after.Move));
    }

    [Fact]
    public void One_key_moves_a_call_once_even_if_it_comes_back_late()
    {
        var first = (ConfirmedBooking)BookingFold.Evolve(Moving(Confirmed, Offer), Moved(Confirmed, Offer));
        var second = (ConfirmedBooking)
            BookingFold.Evolve(
                Moving(first, Offer, Other.AddDays(1), "second"),
                Moved(first, Offer, Other.AddDays(1), "second")
            );

        Assert.Null(MoveRules.Decide(second, Move(Other), Offer, Now).Value);
        Assert.Null(MoveRules.Decide(second, Move(Other), Offer, Now).Refusal);
        Assert.Equal(
            LedgerRefusals.IdempotencyKeyReusedCode,
            MoveRules.Decide(second, Move(Start), Offer, Now).Refusal?.Code
        );
    }

    [Fact]
    public void Another_time_is_chosen_before_the_cutoff_and_one_at_a_time()
    {
        var cutoff = Start.AddHours(-24);
        Assert.NotNull(MoveRules.Decide(Confirmed, Move(Other), Offer, cutoff).Value);
        Assert.Equal(
            "RESCHEDULE_TOO_LATE",
            MoveRules.Decide(Confirmed, Move(Other), Offer, cutoff.AddTicks(1)).Refusal?.Code
        );
        Assert.NotNull(MoveRules.Decide(Confirmed, Move(Other) with { Actor = Admin }, Offer, Start).Value);
        Assert.Equal(
            "RESCHEDULE_PENDING",
            MoveRules.Decide(Moving(Confirmed, OfferFor(150)), Move(Other, key: "b"), Offer, Now).Refusal?.Code
        );
    }

    [Fact]
    public void Prices_of_another_currency_cannot_be_compared() =>
        Assert.Equal(
            "RESCHEDULE_NOT_POSSIBLE",
            MoveRules.Decide(Confirmed, Move(Other), Offer with { Price = new Money("USD", 5) }, Now).Refusal?.Code
        );

    [Fact, Trait("Spec", "BO-7")]
    public void Reminders_and_evidence_begin_anew_at_the_new_time()
    {
        var late = Confirmed with { Reminder = 15, Stays = Stays(Joined(User, Now)) };
        var after = (ConfirmedBooking)BookingFold.Evolve(Moving(late, Offer), Moved(late, Offer));

        Assert.Equal((24 * 60, 0), (after.Reminder, after.Stays.Length));
        Assert.Equal(Other.AddHours(-24), after.Due);
    }

    private static ConfirmedBooking Moving(
        ConfirmedBooking booking,
        CallOffer quote,
        DateTimeOffset? start = null,
        string key = "move"
    ) =>
        (ConfirmedBooking)
            BookingFold.Evolve(booking, MoveRules.Decide(booking, Move(start ?? Other, key: key), quote, Now).Value!);

    private static Booking Held(ConfirmedBooking moving) =>
        BookingFold.Evolve(moving, MoveRules.DecideHeld(moving, 1, Offer, Now + Hold, Now)!);

    private static BookingMoved Moved(
        ConfirmedBooking booking,
        CallOffer quote,
        DateTimeOffset? start = null,
        string key = "move"
    )
    {
        var moving = Moving(booking, quote, start, key);
        return (BookingMoved)MoveRules.DecideMoved(moving, moving.Move!.Number, quote, Now)!;
    }
}
