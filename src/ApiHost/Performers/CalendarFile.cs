using Actors.GrainInterfaces.Bookings;
using Ical.Net;
using Ical.Net.CalendarComponents;
using Ical.Net.DataTypes;
using Ical.Net.Serialization;

namespace Actors.ApiHost.Performers;

/// <summary>
/// Booked calls as calendar programs read them (RFC 5545). A call keeps its UID whatever happens to it; a later SEQUENCE replaces
/// what a program has of it. Pure.
/// </summary>
internal static class CalendarFile
{
    public const string MediaType = "text/calendar; charset=utf-8";

    private const string Product = "-//Actors//Private calls//EN";
    private const string RefreshEvery = "PT1H";

    /// <summary>All of a person's calls, to be looked at again and again.</summary>
    public static string Feed(IEnumerable<BookingSummary> bookings, string readerId, string language)
    {
        var calendar = New();
        calendar.AddProperty("X-WR-CALNAME", CallTitles.Calendar(language));
        calendar.AddProperty("REFRESH-INTERVAL", RefreshEvery);
        foreach (var booking in bookings)
        {
            if (StatusOf(booking.Status) is { } status)
            {
                var name = booking.UserId == readerId ? booking.PerformerName : null;
                calendar.Events.Add(
                    Event(
                        booking.BookingId,
                        booking.Start,
                        booking.Duration,
                        booking.Sequence,
                        booking.At,
                        status,
                        CallTitles.Of(name, language)
                    )
                );
            }
        }
        return Text(calendar);
    }

    /// <summary>One call; null while it is not agreed on.</summary>
    public static string? Of(BookingView booking, string readerId, string language)
    {
        if (StatusOf(booking.Status) is not { } status)
        {
            return null;
        }
        var calendar = New();
        calendar.Method = status == EventStatus.Cancelled ? CalendarMethods.Cancel : CalendarMethods.Publish;
        var name = booking.UserId == readerId ? booking.PerformerName : null;
        calendar.Events.Add(
            Event(
                booking.BookingId,
                booking.Start,
                booking.Duration,
                booking.Sequence,
                booking.ChangedAt,
                status,
                CallTitles.Of(name, language)
            )
        );
        return Text(calendar);
    }

    private static Calendar New() => new() { ProductId = Product };

    private static string Text(Calendar calendar) => new CalendarSerializer().SerializeToString(calendar)!;

    private static CalendarEvent Event(
        string bookingId,
        DateTimeOffset start,
        int minutes,
        int sequence,
        DateTimeOffset changedAt,
        string status,
        string title
    ) =>
        new()
        {
            Uid = $"{bookingId}@actors",
            Sequence = sequence,
            DtStamp = Moment(changedAt),
            LastModified = Moment(changedAt),
            DtStart = Moment(start),
            DtEnd = Moment(start.AddMinutes(minutes)),
            Summary = title,
            Status = status,
            Class = "PRIVATE",
        };

    private static CalDateTime Moment(DateTimeOffset time) => new(time.UtcDateTime);

    private static string? StatusOf(BookingStatus status) =>
        status switch
        {
            BookingStatus.Confirmed
            or BookingStatus.Live
            or BookingStatus.Completed
            or BookingStatus.NoShow
            or BookingStatus.Archived => EventStatus.Confirmed,
            BookingStatus.Cancelled => EventStatus.Cancelled,
            _ => null,
        };
}

/// <summary>What calls are called in calendars. Who the user is stays out of the performer's: others may look at it.</summary>
internal static class CallTitles
{
    public static string Calendar(string language) => language == "es" ? "Llamadas privadas" : "Private calls";

    public static string Of(string? performer, string language) =>
        (language, performer) switch
        {
            ("es", null) => "Llamada privada",
            ("es", _) => $"Llamada privada con {performer}",
            (_, null) => "Private call",
            _ => $"Private call with {performer}",
        };
}
