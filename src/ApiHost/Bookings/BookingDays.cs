using System.Globalization;
using Actors.ApiHost.Http;
using Actors.GrainInterfaces.Bookings;
using Actors.GrainInterfaces.Identity;
using Actors.GrainInterfaces.Outcomes;

namespace Actors.ApiHost.Bookings;

/// <summary>The bookings of some days in a row, latest start first; each day is a grain of its own.</summary>
internal sealed class BookingDays(IGrainFactory grains)
{
    public const int MostDays = 92;
    private const int ReadAtOnce = 100;

    /// <summary>The days and what is wanted of them; without a range, the next 31 days and the last 30.</summary>
    public static Outcome<(DateOnly First, DateOnly Last, BookingFilter Filter)> Query(Call call, DateTimeOffset now)
    {
        var status = call.Choice<BookingStatus>("status", BookingRefusals.InvalidBookingQuery);
        var (user, performer, provider) = (call.Query("user"), call.Query("performer"), call.Query("provider"));
        if (
            status.Refusal is not null
            || !call.TryTime("from", out var from)
            || !call.TryTime("until", out var until)
            || (user is not null && !Identifier.IsValid(user))
            || (performer is not null && !Identifier.IsValid(performer))
            || (provider is not null && !Identifier.IsValid(provider))
        )
        {
            return BookingRefusals.InvalidBookingQuery;
        }
        if (!IsOfOurDays(from) || !IsOfOurDays(until))
        {
            return BookingRefusals.InvalidBookingQuery;
        }
        var first = DayOf(from ?? (until ?? now.AddDays(31)).AddDays(-61));
        var last = DayOf((until ?? (from ?? now.AddDays(-30)).AddDays(61)).AddTicks(-1));
        return last < first || last.DayNumber - first.DayNumber >= MostDays
            ? BookingRefusals.InvalidBookingQuery
            : (first, last, new BookingFilter(status.Value, user, performer, provider, from, until));
    }

    public async Task<BookingPage> PageAsync(DateOnly first, DateOnly last, BookingFilter filter, int limit, int offset)
    {
        List<BookingSummary> found = [];
        long total = 0;
        for (var day = last; day >= first; day = day.AddDays(-1))
        {
            // What is before the page is in earlier days; a day that it does not reach is only counted.
            var skip = (int)Math.Max(0, Math.Min(int.MaxValue, offset - total));
            var page = await Day(day).List(filter, Math.Max(0, limit - found.Count), skip);
            found.AddRange(page.Bookings);
            total += page.Total;
        }
        return new BookingPage(found, total);
    }

    public async IAsyncEnumerable<BookingSummary> AllAsync(DateOnly first, DateOnly last, BookingFilter filter)
    {
        for (var day = last; day >= first; day = day.AddDays(-1))
        {
            BookingPage page;
            for (var offset = 0; ; offset += page.Bookings.Count)
            {
                page = await Day(day).List(filter, ReadAtOnce, offset);
                foreach (var booking in page.Bookings)
                {
                    yield return booking;
                }
                if (page.Bookings.Count < ReadAtOnce)
                {
                    break;
                }
            }
        }
    }

    public Task<BookingDay[]> OverviewAsync(DateOnly first, DateOnly last) =>
        Task.WhenAll(
            Enumerable
                .Range(first.DayNumber, last.DayNumber - first.DayNumber + 1)
                .Select(day => Day(DateOnly.FromDayNumber(day)).Overview().AsTask())
        );

    private IBookingDayGrain Day(DateOnly day) =>
        grains.GetGrain<IBookingDayGrain>(day.ToString("O", CultureInfo.InvariantCulture));

    /// <summary>Near the ends of the calendar there would be no day before or after.</summary>
    public static bool IsOfOurDays(DateTimeOffset? at) => at is null or { Year: >= 2000 and < 2200 };

    private static DateOnly DayOf(DateTimeOffset at) => DateOnly.FromDateTime(at.UtcDateTime);
}
