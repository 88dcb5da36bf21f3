using System.Collections.Frozen;
using Actors.GrainInterfaces.Performers;
using NodaTime;

namespace Actors.Grains.Performers;

/// <summary>A performer's weekly hours and exceptions, ready to be asked.</summary>
public sealed class CallCalendar
{
    private readonly FrozenDictionary<int, IReadOnlyList<LocalHours>> _weekly;
    private readonly FrozenDictionary<LocalDate, IReadOnlyList<LocalHours>> _exceptions;

    public CallCalendar(string timeZone, IEnumerable<DayHours> weekly, IEnumerable<CalendarException> exceptions)
    {
        Zone = DateTimeZoneProviders.Tzdb[timeZone];
        _weekly = weekly.ToFrozenDictionary(static day => day.Weekday, static day => day.Hours);
        _exceptions = exceptions.ToFrozenDictionary(
            static one => LocalDate.FromDateOnly(one.Date),
            static one => one.Hours
        );
    }

    public DateTimeZone Zone { get; }

    public static bool Knows(string? timeZone) =>
        timeZone is not null && DateTimeZoneProviders.Tzdb.GetZoneOrNull(timeZone) is not null;

    public IReadOnlyList<LocalHours> HoursOf(LocalDate date) =>
        _exceptions.TryGetValue(date, out var hours) ? hours : _weekly.GetValueOrDefault((int)date.DayOfWeek, []);
}
