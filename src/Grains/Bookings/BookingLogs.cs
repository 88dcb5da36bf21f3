using System.Globalization;
using Actors.GrainInterfaces.Bookings;

namespace Actors.Grains.Bookings;

/// <summary>What happened to a booking, as admins read it. The stream itself: there is no second copy.</summary>
internal static class BookingLogs
{
    public static BookingLog Of(IReadOnlyList<(long Version, BookingEvent Event)> events) =>
        new(
            [
                .. events.Select(static one => new BookingLogLine(
                    one.Version,
                    one.Event.At,
                    NameOf(one.Event),
                    one.Event.By,
                    NoteOf(one.Event)
                )),
            ],
            events is [.., (> 1 and var oldest, _)] ? oldest : null
        );

    private static string NameOf(BookingEvent @event) =>
        @event switch
        {
            BookingRequested => "booking.requested",
            BookingRefused => "booking.refused",
            BookingHeld => "booking.held",
            BookingRulesAccepted => "booking.rules_accepted",
            PaymentBegun => "booking.payment_begun",
            PaymentFailed => "booking.payment_failed",
            BookingConfirmed => "booking.confirmed",
            MoneyReturned => "booking.money_returned",
            RefundNoted => "booking.refund_noted",
            BookingExpired => "booking.expired",
            BookingCancelled => "booking.cancelled",
            MoveBegun => "booking.move_begun",
            MoveHeld => "booking.move_held",
            MovePaid => "booking.move_paid",
            MoveEnded => "booking.move_ended",
            BookingMoved => "booking.moved",
            ReminderDue { IsSent: true } => "booking.reminder_sent",
            ReminderDue => "booking.reminder_skipped",
            AttendanceNoted { Seen.Kind: GrainInterfaces.Rooms.RoomEventKind.Joined } => "booking.joined",
            AttendanceNoted => "booking.left",
            CallBegan => "booking.call_began",
            CallTimeOver => "booking.time_over",
            CallEnded { Incident: not null } => "booking.incident",
            CallEnded => "booking.call_ended",
            VerdictCorrected => "booking.verdict_corrected",
            CallRated => "booking.rated",
            _ => "booking.archived",
        };

    /// <summary>Nothing that a user wrote.</summary>
    private static string? NoteOf(BookingEvent @event) =>
        @event switch
        {
            BookingRefused e => e.Code,
            PaymentBegun e => $"{e.Payment.Id} {e.Payment.Provider} {e.Payment.Share}",
            PaymentFailed e => $"{e.PaymentId} {e.Code}",
            BookingConfirmed e => $"{e.PaymentId} {e.Amount}",
            MoneyReturned e => $"{e.PaymentId} {e.Amount}",
            RefundNoted e => string.Create(CultureInfo.InvariantCulture, $"{e.PaymentId} {e.Refunded}"),
            BookingCancelled e => string.Create(CultureInfo.InvariantCulture, $"refund {e.RefundPercent}%"),
            MoveBegun e => Time(e.Move.Start),
            MovePaid e => $"{e.PaymentId} {e.Amount}",
            MoveEnded e => e.Code,
            BookingMoved e => Time(e.Terms.Start),
            ReminderDue e => string.Create(CultureInfo.InvariantCulture, $"{e.Minutes} minutes before"),
            AttendanceNoted e => $"{Time(e.Seen.At)} {e.Seen.SessionId}",
            CallEnded { Incident: { } category } => category,
            CallEnded e => Verdict(e.Verdict),
            VerdictCorrected e => $"{Verdict(e.Verdict)}: {e.Verdict.Correction!.Reason}",
            CallRated e => string.Create(CultureInfo.InvariantCulture, $"{e.Rating.Stars} stars"),
            _ => null,
        };

    private static string Verdict(CallVerdict verdict) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{verdict.Kind}, refund {verdict.RefundPercent}%, {string.Join("; ", verdict.Evidence.Select(StayOf))}"
        );

    private static string StayOf(Stay stay) =>
        $"{stay.PersonId} {(stay.From is { } from ? Time(from) : "?")} to {(stay.To is { } to ? Time(to) : "?")}";

    private static string Time(DateTimeOffset at) =>
        at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
