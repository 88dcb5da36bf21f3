using System.Collections.Immutable;
using Actors.GrainInterfaces.Bookings;
using Actors.GrainInterfaces.Identity;
using Actors.GrainInterfaces.Ledger;
using Actors.GrainInterfaces.Outcomes;
using Actors.GrainInterfaces.Performers;

namespace Actors.Grains.Bookings;

/// <summary>
/// Another time for a call that is paid. What it costs less goes back, what it costs more is paid first; either is done once,
/// and until the new time is the booking's the old one is. Pure.
/// </summary>
public static class MoveRules
{
    public const int MostMoves = 20;

    /// <summary>Null when it may be asked for; an answer that is there already is in <paramref name="isRepeated"/>.</summary>
    public static Refusal? Refuse(Booking booking, RescheduleBooking command, DateTimeOffset now, out bool isRepeated)
    {
        isRepeated = false;
        if (booking is not ConfirmedBooking confirmed)
        {
            return BookingRules.Refuse(booking);
        }
        if (confirmed.Moves.FirstOrDefault(move => move.Key == command.Key) is { } earlier)
        {
            isRepeated = earlier == Remembered(command);
            return isRepeated ? null : LedgerRefusals.IdempotencyKeyReused;
        }
        return confirmed.Move is not null ? BookingRefusals.ReschedulePending
            : now > LastMoment(confirmed.Terms, command.Actor) ? BookingRefusals.RescheduleTooLate
            : confirmed.Moves.Length >= MostMoves ? BookingRefusals.RescheduleNotPossible
            : null;
    }

    /// <param name="quote">What the performer would ask for the other time.</param>
    public static Outcome<MoveBegun?> Decide(
        Booking booking,
        RescheduleBooking command,
        Outcome<CallOffer> quote,
        DateTimeOffset now
    )
    {
        if (Refuse(booking, command, now, out var isRepeated) is { } refusal)
        {
            return refusal;
        }
        var (terms, number) = (((ConfirmedBooking)booking).Terms, ((ConfirmedBooking)booking).Moves.Length + 1);
        var duration = command.Duration ?? terms.Wish.Duration;
        if (isRepeated || (command.Start, duration) == (terms.Start, terms.Wish.Duration))
        {
            return (MoveBegun?)null;
        }
        if (quote.Refusal is not null)
        {
            return quote.Refusal;
        }
        var price = quote.Value!.Price;
        if (price.Currency != terms.Price.Currency)
        {
            return BookingRefusals.RescheduleNotPossible;
        }
        var difference = price with { Amount = Math.Max(0, price.Amount - terms.Price.Amount) };
        var move = new PendingMove(number, command.Start, duration, price, difference, now, null);
        return new MoveBegun(now, command.Actor.Id, move, Remembered(command));
    }

    /// <summary>Whether the performer holds the other time until the difference is paid.</summary>
    public static BookingEvent? DecideHeld(
        Booking booking,
        int number,
        Outcome<CallOffer> answer,
        DateTimeOffset until,
        DateTimeOffset now
    ) =>
        booking is not ConfirmedBooking { Move: { Until: null, PaidBy: null } move } || move.Number != number ? null
        : answer.Refusal is { } refusal ? Ended(refusal.Code, move, now)
        : new MoveHeld(now, BookingEvent.System, until);

    /// <summary>What the performer has answered to the exchange of the two times.</summary>
    public static BookingEvent? DecideMoved(Booking booking, int number, Outcome<CallOffer> answer, DateTimeOffset now)
    {
        if (booking is not ConfirmedBooking { Move: { IsUnderWay: true } move } b || move.Number != number)
        {
            return null;
        }
        if (answer.Refusal is { } refusal)
        {
            return Ended(refusal.Code, move, now);
        }
        var old = b.Terms;
        var terms = old with
        {
            Wish = old.Wish with { Start = move.Start, Duration = move.Duration },
            Price = move.Price,
            Sequence = old.Sequence + 1,
            Asked = old.Asked ?? old.Wish,
        };
        return new BookingMoved(
            now,
            BookingEvent.System,
            terms,
            old.Start,
            Reductions(b.Money, old.Price.Amount - move.Price.Amount),
            TimelineRules.FirstReminder(move.Start, now)
        );
    }

    private static MoveEnded Ended(string code, PendingMove move, DateTimeOffset now) =>
        new(now, BookingEvent.System, code, null, BookingRules.HoldOf(move), move.PaidBy);

    /// <summary>What is too much goes back from the newest payment first.</summary>
    private static ImmutableArray<ShareReduction> Reductions(BookingMoney money, long excess)
    {
        var reductions = ImmutableArray.CreateBuilder<ShareReduction>();
        foreach (var payment in money.Kept.Reverse())
        {
            if (excess <= 0)
            {
                break;
            }
            var less = Math.Min(excess, payment.Share.Amount);
            reductions.Add(new ShareReduction(payment.Id, payment.Share.Amount - less));
            excess -= less;
        }
        return reductions.ToImmutable();
    }

    /// <summary>Nobody who would lose money by cancelling puts the call off first, and then cancels.</summary>
    private static DateTimeOffset LastMoment(BookingTerms terms, Actor by) =>
        by.Role == ActorRole.User ? terms.Start.AddHours(-terms.Policy.FullRefundHours) : terms.Start;

    private static MoveCommand Remembered(RescheduleBooking command) =>
        new(command.Key, command.Start, command.Duration);
}
