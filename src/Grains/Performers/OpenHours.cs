using Actors.GrainInterfaces.Performers;
using NodaTime;
using NodaTime.TimeZones;

namespace Actors.Grains.Performers;

/// <summary>
/// A performer's hours as stretches of real time. Hours are by her clock: an hour that the clock skips is not there, and one
/// that it shows twice is there twice. Pure.
/// </summary>
public sealed class OpenHours
{
    /// <summary>No zone is further from UTC, so that a date's hours lie within this of the same date in UTC.</summary>
    private static readonly Duration Furthest = Duration.FromHours(24);

    private readonly CallCalendar _calendar;
    private readonly IReadOnlyList<ZoneInterval> _offsets;
    private readonly IReadOnlyList<LocalDate> _dates;

    /// <summary>The hours of every date that the time between two instants touches.</summary>
    public OpenHours(CallCalendar calendar, Instant from, Instant to)
    {
        _calendar = calendar;
        var first = from.InZone(calendar.Zone).Date.PlusDays(-1);
        var last = to.InZone(calendar.Zone).Date.PlusDays(1);
        _dates = [.. Enumerable.Range(0, Period.DaysBetween(first, last) + 1).Select(first.PlusDays)];
        var start = first.AtMidnight().InUtc().ToInstant() - Furthest;
        var end = last.PlusDays(1).AtMidnight().InUtc().ToInstant() + Furthest;
        _offsets = [.. calendar.Zone.GetZoneIntervals(start, end)];
    }

    /// <summary>Open time, put together where it touches; in order.</summary>
    public IReadOnlyList<(Instant From, Instant To)> Stretches()
    {
        var found = new List<(Instant From, Instant To)>();
        foreach (var (date, hours) in Windows())
        {
            var (from, to) = (At(date, hours.From), At(date, hours.To));
            foreach (var offset in _offsets)
            {
                var start = Later(
                    from.WithOffset(offset.WallOffset).ToInstant(),
                    offset.HasStart ? offset.Start : null
                );
                var end = Earlier(to.WithOffset(offset.WallOffset).ToInstant(), offset.HasEnd ? offset.End : null);
                if (start < end)
                {
                    found.Add((start, end));
                }
            }
        }
        return Joined(found);
    }

    /// <summary>
    /// Times of her clock that are whole multiples of the grid from midnight and within her hours, as instants and in order.
    /// One that does not exist is left out; of one that exists twice the earlier is meant.
    /// </summary>
    public IEnumerable<Instant> Starts(int gridMinutes)
    {
        foreach (var (date, hours) in Windows())
        {
            var first = (hours.From + gridMinutes - 1) / gridMinutes * gridMinutes;
            for (var minute = first; minute < hours.To; minute += gridMinutes)
            {
                if (Earliest(At(date, minute)) is { } start)
                {
                    yield return start;
                }
            }
        }
    }

    private IEnumerable<(LocalDate Date, LocalHours Hours)> Windows() =>
        from date in _dates
        from hours in _calendar.HoursOf(date)
        select (date, hours);

    private Instant? Earliest(LocalDateTime local)
    {
        foreach (var offset in _offsets)
        {
            var instant = local.WithOffset(offset.WallOffset).ToInstant();
            if (offset.Contains(instant))
            {
                return instant;
            }
        }
        return null;
    }

    private static LocalDateTime At(LocalDate date, int minute) => date.AtMidnight().PlusMinutes(minute);

    private static Instant Later(Instant one, Instant? other) => other > one ? other.Value : one;

    private static Instant Earlier(Instant one, Instant? other) => other < one ? other.Value : one;

    private static List<(Instant From, Instant To)> Joined(List<(Instant From, Instant To)> stretches)
    {
        stretches.Sort();
        var joined = new List<(Instant From, Instant To)>(stretches.Count);
        foreach (var one in stretches)
        {
            if (joined.Count > 0 && one.From <= joined[^1].To)
            {
                joined[^1] = (joined[^1].From, Instant.Max(joined[^1].To, one.To));
            }
            else
            {
                joined.Add(one);
            }
        }
        return joined;
    }
}
