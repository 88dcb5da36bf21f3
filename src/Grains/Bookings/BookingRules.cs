using System.Collections.Immutable;
using System.Globalization;
using Actors.GrainInterfaces.Bookings;
using Actors.GrainInterfaces.Identity;
using Actors.GrainInterfaces.Ledger;
using Actors.GrainInterfaces.Outcomes;
using Actors.GrainInterfaces.Performers;

namespace Actors.Grains.Bookings;

/// <summary>
/// What people may do with a booking at which stage. Pure. Decided as null: it is so already. What becomes of money that
/// has come is decided by <see cref="MoneyRules"/>, another time by <see cref="MoveRules"/>, what happens by itself by
/// <see cref="TimelineRules"/>.
/// </summary>
public static class BookingRules
{
    /// <summary>After that nobody waits for the answer any more.</summary>
    public static readonly TimeSpan AskFor = TimeSpan.FromMinutes(1);

    public static readonly TimeSpan RatingEditable = TimeSpan.FromDays(1);

    /// <summary>The room lets people in from then on, and from then on something can happen there.</summary>
    public static readonly TimeSpan RoomOpensBefore = TimeSpan.FromMinutes(10);

    public const int WholePercent = 100;

    /// <summary>The event with the booking as it leaves it.</summary>
    public static BookingEvent WithFacts(Booking booking, BookingEvent @event) =>
        BookingFold.Evolve(booking, @event) is AgreedBooking after
            ? @event with
            {
                Facts = new BookingFacts(
                    after.Terms,
                    after.Status,
                    BookingFold.MoneyOf(after),
                    BookingFold.VerdictOf(after)?.Kind
                ),
            }
            : @event;

    public static Outcome<BookingEvent?> Decide(Booking booking, RequestBooking command, DateTimeOffset now)
    {
        var wish = CallWish.Of(command);
        return booking is NoBooking && command.RulesVersion != ConductRules.CurrentVersion
                ? BookingRefusals.RulesChanged
            : booking is NoBooking ? new BookingRequested(now, command.UserId, wish, now + AskFor)
            : WishOf(booking) == wish ? (BookingEvent?)null
            : LedgerRefusals.IdempotencyKeyReused;
    }

    /// <summary>What the performer's calendar has answered.</summary>
    public static BookingEvent? DecideAnswer(
        Booking booking,
        Outcome<CallOffer> answer,
        DateTimeOffset until,
        BookingOptions options,
        DateTimeOffset now
    )
    {
        if (booking is not RequestedBooking { Wish: var wish })
        {
            return null;
        }
        if (answer.Refusal is { } refusal)
        {
            return new BookingRefused(now, BookingEvent.System, wish, refusal.Code, refusal.Message);
        }
        var offer = answer.Value!;
        var terms = new BookingTerms(
            wish,
            offer.DisplayName,
            offer.Price,
            offer.Policy,
            options.GraceMinutes,
            options.ArchiveDays,
            now,
            0
        );
        return new BookingHeld(now, wish.UserId, terms, until);
    }

    public static Outcome<BookingEvent?> Decide(Booking booking, AcceptRules command, DateTimeOffset now) =>
        booking switch
        {
            HeldBooking { Until: var until } when now >= until => BookingRefusals.BookingExpired,
            HeldBooking when command.RulesVersion != ConductRules.CurrentVersion => BookingRefusals.RulesChanged,
            HeldBooking { RulesAcceptedAt: null } => new BookingRulesAccepted(
                now,
                command.UserId,
                command.RulesVersion
            ),
            HeldBooking or UnpaidBooking or ConfirmedBooking or LiveBooking => (BookingEvent?)null,
            _ => Refuse(booking),
        };

    /// <summary>A payment begins, or another one when that was declined. What is paid already is not asked for again.</summary>
    public static Outcome<PaymentBegun?> Decide(
        string id,
        Booking booking,
        PayBooking command,
        TimeSpan hold,
        DateTimeOffset now
    ) =>
        booking switch
        {
            HeldBooking b when now >= b.Until => BookingRefusals.BookingExpired,
            HeldBooking { RulesAcceptedAt: null } => BookingRefusals.RulesNotAccepted,
            HeldBooking b => new PaymentBegun(now, command.UserId, First(id, b, command), now + hold, null),
            UnpaidBooking b when now >= b.Until => BookingRefusals.BookingExpired,
            UnpaidBooking b => Next(id, b.Money, b.Terms.Price, 0, b.Until, command, now),
            ConfirmedBooking { Move: { Until: { } until } move } when now >= until => BookingRefusals.BookingExpired,
            ConfirmedBooking { Move: { Until: { } until } move } b => Next(
                id,
                b.Money,
                move.Difference,
                move.Number,
                until,
                command,
                now
            ),
            ConfirmedBooking or LiveBooking or CompletedBooking or NoShowBooking => (PaymentBegun?)null,
            _ => Refuse(booking),
        };

    public static Outcome<BookingEvent?> Decide(
        Booking booking,
        CancelBooking command,
        WrittenText? reason,
        DateTimeOffset now
    ) =>
        booking switch
        {
            HeldBooking or UnpaidBooking => Cancelled((AgreedBooking)booking, command.Actor, reason, WholePercent, now),
            ConfirmedBooking b when now >= b.Terms.Start && command.Actor.Role != ActorRole.Admin =>
                BookingRefusals.BookingLive,
            ConfirmedBooking b => Cancelled(b, command.Actor, reason, RefundPercent(b.Terms, command.Actor, now), now),
            LiveBooking => BookingRefusals.BookingLive,
            CancelledBooking => (BookingEvent?)null,
            _ => Refuse(booking),
        };

    /// <summary>By the policy that was in force when the call was booked. Whoever is let down gets everything back.</summary>
    public static int RefundPercent(BookingTerms terms, Actor by, DateTimeOffset now) =>
        by.Role != ActorRole.User ? WholePercent
        : now <= terms.Start.AddHours(-terms.Policy.FullRefundHours) ? terms.Policy.EarlyPercent
        : terms.Policy.LatePercent;

    public static Outcome<BookingEvent?> Decide(
        Booking booking,
        RateBooking command,
        WrittenText? text,
        DateTimeOffset now
    ) =>
        booking switch
        {
            CompletedBooking { Verdict.Kind: not CallEndKind.Completed } => BookingRefusals.BookingNotCompleted,
            CompletedBooking { Rating: null } => new CallRated(
                now,
                command.UserId,
                new Rating(command.Stars, text, now),
                null
            ),
            CompletedBooking { Rating: { } given } when given.Stars == command.Stars && given.Text == text =>
                (BookingEvent?)null,
            CompletedBooking { Rating: { } given } when now > given.GivenAt + RatingEditable =>
                BookingRefusals.RatingFinal,
            CompletedBooking { Rating: { } given } => new CallRated(
                now,
                command.UserId,
                given with
                {
                    Stars = command.Stars,
                    Text = text,
                },
                given.Stars
            ),
            NoShowBooking => BookingRefusals.BookingNotCompleted,
            ConfirmedBooking or LiveBooking => BookingRefusals.BookingNotOver,
            _ => Refuse(booking),
        };

    /// <summary>What the user reports gives her money back; what the performer reports does not. An admin may correct it.</summary>
    public static Outcome<BookingEvent?> Decide(Booking booking, ReportIncident command, DateTimeOffset now) =>
        booking switch
        {
            ConfirmedBooking b when now < b.Terms.Start - RoomOpensBefore => BookingRefusals.BookingNotOver,
            ConfirmedBooking b => Incident(b.Terms, b.Stays, command, now) with
            {
                OpenPayment = b.Money.Open?.Id,
                OpenHold = HoldOf(b.Move),
            },
            LiveBooking b => Incident(b.Terms, b.Stays, command, now),
            CompletedBooking { Verdict.Kind: CallEndKind.Incident } => (BookingEvent?)null,
            _ => Refuse(booking),
        };

    public static Outcome<BookingEvent?> Decide(Booking booking, CorrectVerdict command, DateTimeOffset now) =>
        booking switch
        {
            CompletedBooking b => Corrected(b.Verdict, command, now),
            NoShowBooking b => Corrected(b.Verdict, command, now),
            ConfirmedBooking or LiveBooking => BookingRefusals.BookingNotOver,
            _ => Refuse(booking),
        };

    /// <summary>Why nothing can be done with it at this stage.</summary>
    public static Refusal Refuse(Booking booking) =>
        booking switch
        {
            RefusedBooking b => new Refusal(b.Code, b.Message),
            RequestedBooking or HeldBooking or UnpaidBooking => BookingRefusals.BookingNotConfirmed,
            ConfirmedBooking or LiveBooking => BookingRefusals.BookingLive,
            CompletedBooking or NoShowBooking => BookingRefusals.BookingOver,
            CancelledBooking => BookingRefusals.BookingCancelled,
            ExpiredBooking => BookingRefusals.BookingExpired,
            ArchivedBooking => BookingRefusals.BookingArchived,
            _ => BookingRefusals.BookingNotFound,
        };

    public static CallWish? WishOf(Booking booking) =>
        booking switch
        {
            RequestedBooking b => b.Wish,
            RefusedBooking b => b.Wish,
            // What was asked for at first: a booking that was moved has another time now.
            AgreedBooking b => b.Terms.Asked ?? b.Terms.Wish,
            _ => null,
        };

    /// <summary>Its two people, and admins.</summary>
    public static bool MaySee(Booking booking, Actor actor) =>
        booking is AgreedBooking { Terms: var terms }
        && actor.Role switch
        {
            ActorRole.Admin or ActorRole.System => true,
            ActorRole.User => terms.UserId == actor.Id,
            ActorRole.Model => terms.PerformerId == actor.Id,
            _ => false,
        };

    /// <summary>The hold of another time, by the number of the move.</summary>
    internal static string? HoldOf(PendingMove? move) =>
        move is { CostsMore: true } ? string.Create(CultureInfo.InvariantCulture, $"r{move.Number}") : null;

    private static BookingPayment First(string id, HeldBooking booking, PayBooking command) =>
        new($"{id}-1", command.Provider, booking.Terms.Price, PaymentState.Open, command.Key);

    private static Outcome<PaymentBegun?> Next(
        string id,
        BookingMoney money,
        Money share,
        int move,
        DateTimeOffset until,
        PayBooking command,
        DateTimeOffset now
    )
    {
        if (money.Payments.FirstOrDefault(payment => payment.Key == command.Key) is { } earlier)
        {
            return earlier.Provider == command.Provider ? (PaymentBegun?)null : LedgerRefusals.IdempotencyKeyReused;
        }
        if (money.Open is { } open && open.Provider == command.Provider)
        {
            return (PaymentBegun?)null;
        }
        if (money.Payments.Length >= BookingMoney.MostPayments)
        {
            return BookingRefusals.TooManyPayments;
        }
        var number = money.Payments.Length + 1;
        var payment = new BookingPayment(
            $"{id}-{number}",
            command.Provider,
            share,
            PaymentState.Open,
            command.Key,
            move
        );
        return new PaymentBegun(now, command.UserId, payment, until, money.Open?.Id);
    }

    private static BookingCancelled Cancelled(
        AgreedBooking booking,
        Actor by,
        WrittenText? reason,
        int refundPercent,
        DateTimeOffset now
    ) =>
        new(
            now,
            by.Id,
            by.Role,
            reason,
            refundPercent,
            BookingFold.MoneyOf(booking)?.Open?.Id,
            HoldOf((booking as ConfirmedBooking)?.Move),
            booking is ConfirmedBooking
        );

    private static CallEnded Incident(
        BookingTerms terms,
        ImmutableArray<Stay> stays,
        ReportIncident command,
        DateTimeOffset now
    )
    {
        var isByPerformer = command.Actor.Role == ActorRole.Model;
        var verdict = new CallVerdict(CallEndKind.Incident, isByPerformer ? 0 : WholePercent, now, stays);
        var flagged = command.Actor.Role switch
        {
            ActorRole.Model => terms.UserId,
            ActorRole.User => terms.PerformerId,
            _ => null,
        };
        return new CallEnded(now, command.Actor.Id, verdict, command.Category, flagged);
    }

    private static Outcome<BookingEvent?> Corrected(CallVerdict verdict, CorrectVerdict command, DateTimeOffset now)
    {
        if (verdict.Correction is { } earlier)
        {
            var isRepeated =
                (verdict.Kind, verdict.RefundPercent, earlier.By, earlier.Reason)
                == (command.Verdict, command.RefundPercent, command.Actor.Id, command.Reason);
            return isRepeated ? (BookingEvent?)null : BookingRefusals.VerdictFinal;
        }
        var correction = new VerdictCorrection(verdict.Kind, command.Actor.Id, command.Reason, now);
        return new VerdictCorrected(
            now,
            command.Actor.Id,
            verdict with
            {
                Kind = command.Verdict,
                RefundPercent = command.RefundPercent,
                Correction = correction,
            }
        );
    }
}
