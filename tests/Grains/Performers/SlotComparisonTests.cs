using Actors.GrainInterfaces.Performers;
using Actors.Grains.Performers;
using FsCheck;
using FsCheck.Fluent;
using NodaTime;
using static Actors.Grains.Tests.Performers.Calendars;

namespace Actors.Grains.Tests.Performers;

/// <summary>Free times against an implementation that is slow and obvious: it looks at her clock at every step.</summary>
[Trait("Spec", "BO-2")]
public sealed class SlotComparisonTests
{
    private const int Years = 10;
    private const int Step = 15;

    private static readonly string[] Zones =
    [
        "UTC",
        "Europe/Madrid",
        "Europe/London",
        "Europe/Dublin",
        "Europe/Istanbul",
        "Europe/Chisinau",
        "America/New_York",
        "America/Los_Angeles",
        "America/Bogota",
        "America/Sao_Paulo",
        "America/Santiago",
        "America/Asuncion",
        "America/Havana",
        "America/St_Johns",
        "America/Mexico_City",
        "America/Nuuk",
        "Africa/Casablanca",
        "Africa/Cairo",
        "Asia/Kolkata",
        "Asia/Kathmandu",
        "Asia/Tehran",
        "Asia/Beirut",
        "Asia/Gaza",
        "Asia/Amman",
        "Australia/Lord_Howe",
        "Australia/Adelaide",
        "Pacific/Chatham",
        "Pacific/Apia",
        "Pacific/Kiritimati",
        "Antarctica/Troll",
    ];

    [Fact]
    public void Ten_years_in_thirty_zones_are_as_her_clock_says()
    {
        Assert.Equal(30, Zones.Distinct().Count());
        var weekly = EveryDay("00:00-02:30", "03:00-06:00", "22:15-24:00");
        Parallel.ForEach(
            Zones,
            new ParallelOptions { MaxDegreeOfParallelism = 2 },
            zone =>
            {
                var calendar = new CallCalendar(zone, weekly, []);
                var shape = new SlotShape(45, 0, 0, Step);
                var (from, end) = (Utc("2019-12-28T00:00"), Utc("2019-12-28T00:00").AddYears(Years));
                var slow = Obvious(calendar, shape, from, end, [], Step);
                var fast = new List<DateTimeOffset>();
                for (var at = from; at < end; at = at.AddDays(PerformerLimits.MaxSlotDays))
                {
                    var to = at.AddDays(PerformerLimits.MaxSlotDays);
                    fast.AddRange(SlotRules.Starts(calendar, shape, at, to < end ? to : end, []));
                }
                Assert.True(slow.Count > 10_000);
                Assert.Equal(slow, fast);
            }
        );
    }

    [Fact]
    public void Whatever_the_hours_the_bookings_and_the_zone_the_same_times_are_free() =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(400), Prop.ForAll(Cases().ToArbitrary(), AreSame));

    private static bool AreSame(Case one)
    {
        var calendar = new CallCalendar(one.Zone, one.Weekly, one.Exceptions);
        var to = one.From.AddHours(one.Hours);
        return SlotRules
            .Starts(calendar, one.Shape, one.From, to, one.Busy)
            .SequenceEqual(Obvious(calendar, one.Shape, one.From, to, one.Busy, 1));
    }

    /// <summary>Looks at every step whether a call can begin there, and at every step of it whether she is open and free.</summary>
    private static List<DateTimeOffset> Obvious(
        CallCalendar calendar,
        SlotShape shape,
        DateTimeOffset from,
        DateTimeOffset to,
        IReadOnlyList<Stretch> busy,
        int stepMinutes
    )
    {
        var found = new List<DateTimeOffset>();
        for (var start = Rounded(from, stepMinutes); start < to; start = start.AddMinutes(stepMinutes))
        {
            var local = Instant.FromDateTimeOffset(start).InZone(calendar.Zone).LocalDateTime;
            var minute = (local.Hour * 60) + local.Minute;
            if (
                start >= from
                && minute % shape.GridMinutes == 0
                && calendar.Zone.MapLocal(local).First().ToDateTimeOffset() == start
                && Steps(start, start.AddMinutes(shape.Minutes), stepMinutes).All(at => IsOpen(calendar, at))
                && Steps(start.AddMinutes(-shape.Before), start.AddMinutes(shape.Minutes + shape.After), stepMinutes)
                    .All(at => !busy.Any(one => one.From <= at && at < one.To))
            )
            {
                found.Add(start);
            }
        }
        return found;
    }

    private static DateTimeOffset Rounded(DateTimeOffset time, int minutes)
    {
        var step = TimeSpan.FromMinutes(minutes).Ticks;
        return new DateTimeOffset((time.UtcTicks + step - 1) / step * step, TimeSpan.Zero);
    }

    private static IEnumerable<DateTimeOffset> Steps(DateTimeOffset from, DateTimeOffset to, int minutes)
    {
        for (var at = from; at < to; at = at.AddMinutes(minutes))
        {
            yield return at;
        }
    }

    private static bool IsOpen(CallCalendar calendar, DateTimeOffset at)
    {
        var local = Instant.FromDateTimeOffset(at).InZone(calendar.Zone).LocalDateTime;
        var minute = (local.Hour * 60) + local.Minute;
        return calendar.HoursOf(local.Date).Any(hours => hours.From <= minute && minute < hours.To);
    }

    /// <summary>Most of them begin where a clock is about to change.</summary>
    private static Gen<Case> Cases() =>
        from zone in Gen.Elements(Zones)
        from day in Gen.Choose(0, (Years * 365) - 1)
        from nearChange in Gen.Elements(true, true, false)
        from minute in Gen.Choose(0, 1439)
        from hours in Gen.Choose(1, 60)
        from weekly in WeekOf()
        from closed in Gen.Choose(-3, 3)
        from minutes in Gen.Elements(15, 20, 30, 45, 60, 90)
        from before in Gen.Elements(0, 5, 15)
        from after in Gen.Elements(0, 10, 30)
        from grid in Gen.Elements(5, 15, 20, 30, 60)
        from taken in Gen.ListOf(Taken())
        let start = StartOf(zone, day, nearChange).AddMinutes(minute)
        select new Case(
            zone,
            weekly,
            [new CalendarException(DateOnly.FromDateTime(start.UtcDateTime).AddDays(closed), [])],
            new SlotShape(minutes, before, after, grid),
            start,
            hours,
            Joined(start, [.. taken])
        );

    private static DateTimeOffset StartOf(string zone, int day, bool nearChange)
    {
        var date = Utc("2020-01-01T00:00").AddDays(day);
        var interval = DateTimeZoneProviders.Tzdb[zone].GetZoneInterval(Instant.FromDateTimeOffset(date));
        return nearChange && interval.HasEnd ? interval.End.ToDateTimeOffset().AddHours(-36) : date;
    }

    private static Gen<IReadOnlyList<DayHours>> WeekOf() =>
        from edges in Gen.ListOf(Gen.Choose(0, 96), 42)
        select (IReadOnlyList<DayHours>)
            [
                .. Enumerable
                    .Range(1, 7)
                    .Select(day => new DayHours(
                        day,
                        [
                            .. edges
                                .Skip((day - 1) * 6)
                                .Take(6)
                                .Distinct()
                                .Order()
                                .Chunk(2)
                                .Where(static pair => pair.Length == 2)
                                .Select(static pair => new LocalHours(pair[0] * Step, pair[1] * Step)),
                        ]
                    )),
            ];

    private static Gen<(int From, int Minutes)> Taken() =>
        from start in Gen.Choose(-120, 3_600)
        from minutes in Gen.Choose(1, 150)
        select (start, minutes);

    /// <summary>As a book of taken time tells them.</summary>
    private static Stretch[] Joined(DateTimeOffset start, IReadOnlyList<(int From, int Minutes)> taken)
    {
        var book = TimeBook.Of([
            .. taken.Select(
                (one, number) => new TakenTime($"b{number}", start.AddMinutes(one.From), one.Minutes, default, 0, 0)
            ),
        ]);
        return [.. book.BusyBetween(start.AddDays(-1), start.AddDays(4), start)];
    }

    private sealed record Case(
        string Zone,
        IReadOnlyList<DayHours> Weekly,
        IReadOnlyList<CalendarException> Exceptions,
        SlotShape Shape,
        DateTimeOffset From,
        int Hours,
        IReadOnlyList<Stretch> Busy
    );
}
