using System.Globalization;
using Actors.GrainInterfaces.Performers;
using Actors.Grains.Performers;
using NodaTime;

namespace Actors.Grains.Tests.Performers;

/// <summary>Calendars and times for tests, written as people write them.</summary>
internal static class Calendars
{
    /// <summary>The same hours every day: <c>Every("Europe/Madrid", "09:00-12:00", "20:00-24:00")</c>.</summary>
    public static CallCalendar Every(string zone, params string[] hours) => new(zone, EveryDay(hours), []);

    public static IReadOnlyList<DayHours> EveryDay(params string[] hours) =>
        [.. Enumerable.Range(1, 7).Select(day => new DayHours(day, Hours(hours)))];

    public static IReadOnlyList<LocalHours> Hours(params string[] hours) =>
        [
            .. hours
                .Select(static one =>
                {
                    var ends = one.Split('-');
                    return new LocalHours(Minute(ends[0]), Minute(ends[1]));
                })
                .OrderBy(static one => one.From),
        ];

    public static DateTimeOffset Utc(string text) =>
        DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);

    /// <summary>Starts that are free between two instants, by her clock.</summary>
    public static IReadOnlyList<string> Local(
        CallCalendar calendar,
        string from,
        string to,
        int minutes = 30,
        int grid = 30,
        params Stretch[] busy
    ) => [.. Free(calendar, from, to, minutes, grid, busy).Select(start => Local(calendar.Zone, start))];

    public static IReadOnlyList<DateTimeOffset> Free(
        CallCalendar calendar,
        string from,
        string to,
        int minutes = 30,
        int grid = 30,
        params Stretch[] busy
    ) => SlotRules.Starts(calendar, new SlotShape(minutes, 0, 0, grid), Utc(from), Utc(to), busy);

    public static string Local(DateTimeZone zone, DateTimeOffset time) =>
        Instant
            .FromDateTimeOffset(time)
            .InZone(zone)
            .LocalDateTime.ToString("uuuu-MM-dd HH:mm", CultureInfo.InvariantCulture);

    private static int Minute(string text) =>
        (int.Parse(text[..2], CultureInfo.InvariantCulture) * 60) + int.Parse(text[3..], CultureInfo.InvariantCulture);
}
