using System.Text.Json.Serialization;
using Actors.ApiHost.Http;
using Actors.ApiHost.Performers;
using Actors.GrainInterfaces.Bookings;
using Actors.GrainInterfaces.Performers;

namespace Actors.ApiHost.Bookings;

/// <summary>A booking as admins list it.</summary>
/// <param name="Paid">What was paid; null while nothing is.</param>
/// <param name="Refunded">Of it, in the same currency.</param>
internal sealed record ListedBookingResponse(
    string BookingId,
    string UserId,
    string PerformerId,
    string PerformerName,
    [property: JsonConverter(typeof(StrictEnumConverter<BookingStatus>))] BookingStatus Status,
    [property: JsonConverter(typeof(StrictEnumConverter<CallEndKind>))] CallEndKind? Verdict,
    DateTimeOffset Start,
    int Duration,
    [property: JsonConverter(typeof(StrictEnumConverter<CallType>))] CallType Type,
    MoneyContract Price,
    string? Provider,
    MoneyContract? Paid,
    long Refunded,
    DateTimeOffset ChangedAt
)
{
    public static ListedBookingResponse From(BookingSummary one) =>
        new(
            one.BookingId,
            one.UserId,
            one.PerformerId,
            one.PerformerName,
            one.Status,
            one.Verdict,
            one.Start,
            one.Duration,
            one.Type,
            MoneyContract.From(one.Price),
            one.Provider,
            one.Paid is { } paid ? MoneyContract.From(paid) : null,
            one.Refunded,
            one.At
        );
}

internal sealed record ListedBookingsResponse(
    IReadOnlyList<ListedBookingResponse> Bookings,
    long Total,
    int Limit,
    int Offset
);

/// <summary>A booking with the newest lines of its log.</summary>
internal sealed record BookingFileResponse(BookingResponse Booking, BookingLogResponse Log);

/// <summary>Calls by the UTC day on which they start.</summary>
internal sealed record BookingOverviewResponse(
    DateOnly From,
    DateOnly To,
    IReadOnlyList<BookingDayResponse> Days,
    BookingTotalsResponse Totals
)
{
    public static BookingOverviewResponse Of(IReadOnlyList<BookingDay> days) =>
        new(
            days[0].Day,
            days[^1].Day,
            [.. days.Select(static day => new BookingDayResponse(day.Day, BookingTotalsResponse.Of([day])))],
            BookingTotalsResponse.Of(days)
        );
}

internal sealed record BookingDayResponse(DateOnly Day, BookingTotalsResponse Figures);

/// <param name="Booked">Confirmed once, whatever came of it.</param>
/// <param name="Cancelled">Of those.</param>
/// <param name="NoShows">In all: hers, the users', and of both.</param>
/// <param name="Refunds">How many bookings got something back.</param>
internal sealed record BookingTotalsResponse(
    long Booked,
    long Completed,
    long Cancelled,
    long NoShows,
    long PerformerNoShows,
    long UserNoShows,
    long BothAbsent,
    long Incidents,
    long Refunds,
    IReadOnlyList<BookingRevenueResponse> Revenue
)
{
    public static BookingTotalsResponse Of(IReadOnlyList<BookingDay> days) =>
        new(
            days.Sum(static day => day.Booked),
            days.Sum(static day => day.Completed),
            days.Sum(static day => day.Cancelled),
            days.Sum(static day => day.PerformerNoShows + day.UserNoShows + day.BothAbsent),
            days.Sum(static day => day.PerformerNoShows),
            days.Sum(static day => day.UserNoShows),
            days.Sum(static day => day.BothAbsent),
            days.Sum(static day => day.Incidents),
            days.Sum(static day => day.Revenue.Sum(static one => one.Refunds)),
            [
                .. days.SelectMany(static day => day.Revenue)
                    .GroupBy(static one => (one.Provider, one.Currency))
                    .OrderBy(static group => group.Key.Provider, StringComparer.Ordinal)
                    .ThenBy(static group => group.Key.Currency, StringComparer.Ordinal)
                    .Select(static group => new BookingRevenueResponse(
                        group.Key.Provider,
                        group.Key.Currency,
                        group.Sum(static one => one.Paid),
                        group.Sum(static one => one.Refunded),
                        group.Sum(static one => one.Refunds)
                    )),
            ]
        );
}

/// <param name="Paid">In the currency's smallest unit; what was refunded is in it.</param>
internal sealed record BookingRevenueResponse(string Provider, string Currency, long Paid, long Refunded, long Refunds);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    AllowDuplicateProperties = false,
    MaxDepth = 16,
    Converters = [typeof(TimestampConverter)]
)]
[JsonSerializable(typeof(ListedBookingResponse))]
[JsonSerializable(typeof(ListedBookingsResponse))]
[JsonSerializable(typeof(BookingFileResponse))]
[JsonSerializable(typeof(BookingOverviewResponse))]
internal sealed partial class BookingOverviewJson : JsonSerializerContext;
