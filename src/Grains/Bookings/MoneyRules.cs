using Actors.GrainInterfaces.Ledger;
using Actors.GrainInterfaces.Outcomes;
using Actors.GrainInterfaces.Payments;

namespace Actors.Grains.Bookings;

/// <summary>What becomes of money that has come: in time, late, twice, or for nothing. Pure.</summary>
public static class MoneyRules
{
    /// <summary>What there is to do before it can be decided.</summary>
    public static MoneyTurn TurnOf(Booking booking, string paymentId, DateTimeOffset now)
    {
        if (booking is not AgreedBooking agreed || PaymentOf(agreed, paymentId) is not { } payment)
        {
            return MoneyTurn.Nothing;
        }
        if (payment.State is PaymentState.Paid or PaymentState.Returned)
        {
            return MoneyTurn.Nothing;
        }
        return agreed switch
        {
            UnpaidBooking or ExpiredBooking when now < agreed.Terms.Start => MoneyTurn.TakesTime,
            ConfirmedBooking { Move: { Until: not null } move } when move.Number == payment.Move => MoneyTurn.PaysMove,
            _ => MoneyTurn.GoesBack,
        };
    }

    /// <param name="taken">What the performer has said of the time; null when she was not asked.</param>
    public static BookingEvent? DecidePaid(
        Booking booking,
        PaymentNews news,
        Outcome<Done>? taken,
        DateTimeOffset now
    ) =>
        TurnOf(booking, news.PaymentId, now) switch
        {
            MoneyTurn.TakesTime when taken is { Refusal: null } => new BookingConfirmed(
                now,
                BookingEvent.System,
                news.PaymentId,
                news.Amount,
                TimelineRules.FirstReminder(((AgreedBooking)booking).Terms.Start, now),
                OpenBeside(booking, news.PaymentId)
            ),
            MoneyTurn.PaysMove => new MovePaid(now, BookingEvent.System, news.PaymentId, news.Amount),
            MoneyTurn.Nothing => null,
            _ => Returned(booking, news.PaymentId, news.Amount, now),
        };

    private static MoneyReturned Returned(Booking booking, string paymentId, Money amount, DateTimeOffset now) =>
        new(
            now,
            BookingEvent.System,
            paymentId,
            amount,
            HoldsTime: booking is not (ExpiredBooking or CancelledBooking or ArchivedBooking)
        );

    /// <summary>What a payment says but that it is paid.</summary>
    public static BookingEvent? DecideOther(Booking booking, PaymentNews news, DateTimeOffset now)
    {
        if (booking is not AgreedBooking agreed || PaymentOf(agreed, news.PaymentId) is not { } payment)
        {
            return null;
        }
        return news.Status switch
        {
            PaymentStatus.Declined or PaymentStatus.Expired when payment.State == PaymentState.Open =>
                new PaymentFailed(now, BookingEvent.System, payment.Id, news.Failure ?? "declined"),
            PaymentStatus.Paid or PaymentStatus.Settled when news.Refunded > payment.Refunded => new RefundNoted(
                now,
                BookingEvent.System,
                payment.Id,
                news.Refunded
            ),
            _ => null,
        };
    }

    /// <summary>Another payment that is still waited for.</summary>
    private static string? OpenBeside(Booking booking, string paymentId) =>
        booking is AgreedBooking agreed && BookingFold.MoneyOf(agreed)?.Open is { } open && open.Id != paymentId
            ? open.Id
            : null;

    private static BookingPayment? PaymentOf(AgreedBooking booking, string paymentId) =>
        BookingFold.MoneyOf(booking)?.Find(paymentId);
}

public enum MoneyTurn
{
    /// <summary>It is known already, or not this booking's.</summary>
    Nothing,

    /// <summary>The performer is asked for the time.</summary>
    TakesTime,

    /// <summary>It pays the difference of another time, which is to be taken then.</summary>
    PaysMove,

    /// <summary>There is no call that it could be for.</summary>
    GoesBack,
}
