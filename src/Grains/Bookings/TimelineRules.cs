using System.Collections.Immutable;
using Actors.GrainInterfaces.Performers;

namespace Actors.Grains.Bookings;

/// <summary>What happens to a booking by itself. Pure. One step at a time; whoever asks asks again until nothing is due.</summary>
public static class TimelineRules
{
    /// <summary>A reminder whose moment went by while nothing ran is still worth something for so long.</summary>
    public static readonly TimeSpan ReminderLateBy = TimeSpan.FromMinutes(10);

    /// <summary>In minutes before the start.</summary>
    private static readonly int[] Reminders = [24 * 60, 60, 15];

    public const string LapsedCode = "LAPSED";

    public static BookingEvent? DecideDue(Booking booking, DateTimeOffset now) =>
        booking switch
        {
            RequestedBooking b when now >= b.GiveUpAt => new BookingRefused(
                now,
                BookingEvent.System,
                b.Wish,
                PerformerRefusals.NotAvailable.Code,
                PerformerRefusals.NotAvailable.Message
            ),
            HeldBooking b when now >= b.Until => new BookingExpired(now, BookingEvent.System, null),
            UnpaidBooking b when now >= b.Until => new BookingExpired(now, BookingEvent.System, b.Money.Open?.Id),
            ConfirmedBooking { Move.Until: { } until } b when now >= until => new MoveEnded(
                now,
                BookingEvent.System,
                LapsedCode,
                b.Money.Open?.Id,
                BookingRules.HoldOf(b.Move),
                Returned: null
            ),
            ConfirmedBooking { Move.IsUnderWay: true } => null,
            ConfirmedBooking b => DueOf(b, now),
            LiveBooking b when now >= b.Terms.Closes => Ended(b.Terms, b.Stays, now),
            LiveBooking { IsWarned: false } b when now >= b.Terms.End => new CallTimeOver(
                now,
                BookingEvent.System,
                b.Terms.Closes
            ),
            EndedBooking b when now >= b.Due => new BookingArchived(now, BookingEvent.System),
            _ => null,
        };

    /// <summary>The first reminder whose moment is still ahead.</summary>
    public static int? FirstReminder(DateTimeOffset start, DateTimeOffset now) =>
        Array.Find(Reminders, minutes => now < start.AddMinutes(-minutes)) is > 0 and var minutes ? minutes : null;

    private static BookingEvent? DueOf(ConfirmedBooking booking, DateTimeOffset now)
    {
        var terms = booking.Terms;
        if (now >= terms.Closes)
        {
            return Ended(terms, booking.Stays, now);
        }
        if (now >= terms.Start && CallEvidence.IsAnybodyIn(booking.Stays, terms))
        {
            return new CallBegan(now, BookingEvent.System);
        }
        if (booking.Reminder is not { } minutes || now < terms.Start.AddMinutes(-minutes))
        {
            return null;
        }
        var isSent = now < terms.Start && now - terms.Start.AddMinutes(-minutes) <= ReminderLateBy;
        return new ReminderDue(now, BookingEvent.System, minutes, isSent, After(minutes));
    }

    private static int? After(int minutes) =>
        Array.Find(Reminders, next => next < minutes) is > 0 and var next ? next : null;

    private static CallEnded Ended(BookingTerms terms, ImmutableArray<Stay> stays, DateTimeOffset now)
    {
        var (kind, refundPercent) = CallEvidence.Judge(stays, terms);
        return new CallEnded(now, BookingEvent.System, new CallVerdict(kind, refundPercent, now, stays));
    }
}
