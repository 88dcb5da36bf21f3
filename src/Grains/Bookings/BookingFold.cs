using Actors.GrainInterfaces.Ledger;
using Actors.GrainInterfaces.Performers;

namespace Actors.Grains.Bookings;

/// <summary>What events make of a booking. An event that does not fit its stage is a bug, for it was decided on that stage.</summary>
public static class BookingFold
{
    public static Booking Evolve(Booking booking, BookingEvent @event) =>
        (booking, @event) switch
        {
            (NoBooking, BookingRequested e) => new RequestedBooking(e.Wish, e.At, e.GiveUpAt),
            (RequestedBooking, BookingRefused e) => new RefusedBooking(e.Wish, e.Code, e.Message),
            (RequestedBooking, BookingHeld e) => new HeldBooking(e.Terms, e.At, e.Until, null),
            (HeldBooking b, BookingRulesAccepted e) => b with { RulesAcceptedAt = e.At, ChangedAt = e.At },
            (HeldBooking b, PaymentBegun e) => new UnpaidBooking(
                b.Terms,
                e.At,
                new BookingMoney(b.RulesAcceptedAt!.Value, [e.Payment]),
                e.Until
            ),
            (UnpaidBooking b, PaymentBegun e) => b with { Money = Begun(b.Money, e), ChangedAt = e.At },
            (ConfirmedBooking b, PaymentBegun e) => b with { Money = Begun(b.Money, e), ChangedAt = e.At },
            (UnpaidBooking b, BookingConfirmed e) => Confirmed(b.Terms, b.Money, e),
            (ExpiredBooking b, BookingConfirmed e) => Confirmed(b.Terms, b.Money!, e),
            (AgreedBooking b, PaymentFailed or MoneyReturned or RefundNoted) => WithMoney(b, Changed(b, @event)),
            (HeldBooking b, BookingExpired e) => new ExpiredBooking(b.Terms, e.At, e.At, null),
            (UnpaidBooking b, BookingExpired e) => new ExpiredBooking(b.Terms, e.At, e.At, b.Money.Closed()),
            (AgreedBooking b, BookingCancelled e) => Cancelled(b, e),
            (ConfirmedBooking b, MoveBegun e) => b with { Move = e.Move, Moves = b.Moves.Add(e.Command) },
            (ConfirmedBooking b, MoveHeld e) => b with { Move = b.Move! with { Until = e.Until }, ChangedAt = e.At },
            (ConfirmedBooking b, MovePaid e) => b with
            {
                Money = Paid(b.Money, e.PaymentId, e.Amount).Closed(),
                Move = Paid(b.Move!, e),
                ChangedAt = e.At,
            },
            (ConfirmedBooking b, MoveEnded e) => b with { Move = null, Money = Ended(b.Money, e), ChangedAt = e.At },
            (ConfirmedBooking b, BookingMoved e) => Moved(b, e),
            (ConfirmedBooking b, ReminderDue e) => b with { Reminder = e.Next },
            (ConfirmedBooking b, AttendanceNoted e) => b with { Stays = CallEvidence.Add(b.Stays, e.Seen) },
            (LiveBooking b, AttendanceNoted e) => b with { Stays = CallEvidence.Add(b.Stays, e.Seen) },
            (ConfirmedBooking b, CallBegan e) => new LiveBooking(b.Terms, e.At, b.Money.Closed(), b.Stays, false),
            (LiveBooking b, CallTimeOver) => b with { IsWarned = true },
            (ConfirmedBooking b, CallEnded e) => Ended(b.Terms, b.Money.Closed(), null, e.At, e.At, e.Verdict),
            (LiveBooking b, CallEnded e) => Ended(b.Terms, b.Money, null, e.At, e.At, e.Verdict),
            (CompletedBooking b, VerdictCorrected e) => Ended(b.Terms, b.Money, b.Rating, e.At, b.EndedAt, e.Verdict),
            (NoShowBooking b, VerdictCorrected e) => Ended(b.Terms, b.Money, null, e.At, b.EndedAt, e.Verdict),
            (CompletedBooking b, CallRated e) => b with { Rating = e.Rating, ChangedAt = e.At },
            (EndedBooking b, BookingArchived e) => Archived(b, e.At),
            _ => throw new InvalidOperationException($"{@event.GetType().Name} does not fit {booking.GetType().Name}."),
        };

    /// <summary>What was tried to be paid, if anything was.</summary>
    public static BookingMoney? MoneyOf(AgreedBooking booking) =>
        booking switch
        {
            UnpaidBooking b => b.Money,
            ConfirmedBooking b => b.Money,
            LiveBooking b => b.Money,
            CompletedBooking b => b.Money,
            NoShowBooking b => b.Money,
            CancelledBooking b => b.Money,
            ExpiredBooking b => b.Money,
            ArchivedBooking b => b.Money,
            _ => null,
        };

    public static CallVerdict? VerdictOf(AgreedBooking booking) =>
        booking switch
        {
            CompletedBooking b => b.Verdict,
            NoShowBooking b => b.Verdict,
            ArchivedBooking b => b.Verdict,
            _ => null,
        };

    public static Rating? RatingOf(AgreedBooking booking) =>
        booking switch
        {
            CompletedBooking b => b.Rating,
            ArchivedBooking b => b.Rating,
            _ => null,
        };

    private static BookingMoney Begun(BookingMoney money, PaymentBegun begun)
    {
        var closed = money.Closed();
        return closed with { Payments = closed.Payments.Add(begun.Payment) };
    }

    private static ConfirmedBooking Confirmed(BookingTerms terms, BookingMoney money, BookingConfirmed e) =>
        new(terms, e.At, Paid(money, e.PaymentId, e.Amount).Closed(), e.Reminder, [], null, []);

    private static BookingMoney Paid(BookingMoney money, string paymentId, Money amount) =>
        money.With(money.Find(paymentId)! with { State = PaymentState.Paid, Paid = amount });

    private static PendingMove Paid(PendingMove move, MovePaid paid) =>
        move with
        {
            Begun = paid.At,
            Until = null,
            PaidBy = paid.PaymentId,
        };

    private static BookingMoney Ended(BookingMoney money, MoveEnded ended)
    {
        var closed = money.Closed();
        return ended.Returned is { } id ? closed.With(closed.Find(id)! with { State = PaymentState.Returned }) : closed;
    }

    private static BookingMoney Changed(AgreedBooking booking, BookingEvent @event)
    {
        var money = MoneyOf(booking)!;
        return @event switch
        {
            PaymentFailed e => money.With(money.Find(e.PaymentId)! with { State = PaymentState.Failed }),
            MoneyReturned e => money.With(
                money.Find(e.PaymentId)! with
                {
                    State = PaymentState.Returned,
                    Paid = e.Amount,
                }
            ),
            RefundNoted e => money.With(money.Find(e.PaymentId)! with { Refunded = e.Refunded }),
            _ => money,
        };
    }

    private static AgreedBooking WithMoney(AgreedBooking booking, BookingMoney money) =>
        booking switch
        {
            UnpaidBooking b => b with { Money = money },
            ConfirmedBooking b => b with { Money = money },
            LiveBooking b => b with { Money = money },
            CompletedBooking b => b with { Money = money },
            NoShowBooking b => b with { Money = money },
            CancelledBooking b => b with { Money = money },
            ExpiredBooking b => b with { Money = money },
            ArchivedBooking b => b with { Money = money },
            _ => booking,
        };

    private static CancelledBooking Cancelled(AgreedBooking booking, BookingCancelled e) =>
        new(
            booking.Terms with
            {
                Sequence = booking.Terms.Sequence + 1,
            },
            e.At,
            e.At,
            MoneyOf(booking)?.Closed(),
            e.By,
            e.Reason,
            e.RefundPercent
        );

    /// <summary>Who was there at the old time says nothing about the new one.</summary>
    private static ConfirmedBooking Moved(ConfirmedBooking booking, BookingMoved e)
    {
        var money = booking.Money;
        foreach (var reduction in e.Reductions)
        {
            var payment = money.Find(reduction.PaymentId)!;
            money = money.With(
                payment with
                {
                    Share = payment.Share with { Amount = reduction.NewShare },
                    State = reduction.NewShare == 0 ? PaymentState.Returned : payment.State,
                }
            );
        }
        return booking with
        {
            Terms = e.Terms,
            ChangedAt = e.At,
            Money = money,
            Reminder = e.Reminder,
            Stays = [],
            Move = null,
        };
    }

    private static EndedBooking Ended(
        BookingTerms terms,
        BookingMoney money,
        Rating? rating,
        DateTimeOffset changedAt,
        DateTimeOffset endedAt,
        CallVerdict verdict
    ) =>
        verdict.Kind is CallEndKind.Completed or CallEndKind.Incident
            ? new CompletedBooking(terms, changedAt, endedAt, money, verdict, rating)
            : new NoShowBooking(terms, changedAt, endedAt, money, verdict);

    private static ArchivedBooking Archived(EndedBooking booking, DateTimeOffset at) =>
        new(booking.Terms, at, MoneyOf(booking), VerdictOf(booking), RatingOf(booking));
}
