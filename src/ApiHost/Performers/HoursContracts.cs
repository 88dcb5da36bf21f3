using System.Globalization;
using Actors.GrainInterfaces.Performers;

namespace Actors.ApiHost.Performers;

/// <summary>From and to by the performer's clock, such as 09:00 and 24:00.</summary>
internal sealed record HoursContract(string? From, string? To)
{
    private const int HourMinutes = 60;
    private const int LastHour = 24;

    /// <summary>What are no hours become some that are refused.</summary>
    public static IReadOnlyList<LocalHours> Read(IReadOnlyList<HoursContract?>? hours) =>
        [.. (hours ?? []).Select(static one => new LocalHours(Minute(one?.From) ?? -1, Minute(one?.To) ?? -1))];

    public static HoursContract Of(LocalHours hours) => new(Text(hours.From), Text(hours.To));

    private static string Text(int minute) =>
        string.Create(CultureInfo.InvariantCulture, $"{minute / HourMinutes:D2}:{minute % HourMinutes:D2}");

    private static int? Minute(string? text) =>
        text is [var h1, var h2, ':', var m1, var m2]
        && char.IsAsciiDigit(h1)
        && char.IsAsciiDigit(h2)
        && char.IsAsciiDigit(m1)
        && char.IsAsciiDigit(m2)
        && int.Parse(text.AsSpan(0, 2), CultureInfo.InvariantCulture) is var hour and <= LastHour
        && int.Parse(text.AsSpan(3, 2), CultureInfo.InvariantCulture) is var minute and < HourMinutes
            ? (hour * HourMinutes) + minute
            : null;
}

/// <summary>Hours by weekday; a day that is absent is closed.</summary>
internal sealed record WeeklyContract
{
    public IReadOnlyList<HoursContract>? Monday { get; init; }

    public IReadOnlyList<HoursContract>? Tuesday { get; init; }

    public IReadOnlyList<HoursContract>? Wednesday { get; init; }

    public IReadOnlyList<HoursContract>? Thursday { get; init; }

    public IReadOnlyList<HoursContract>? Friday { get; init; }

    public IReadOnlyList<HoursContract>? Saturday { get; init; }

    public IReadOnlyList<HoursContract>? Sunday { get; init; }

    public IReadOnlyList<DayHours> Read() =>
        [
            .. new[] { Monday, Tuesday, Wednesday, Thursday, Friday, Saturday, Sunday }.Select(
                static (hours, day) => new DayHours(day + 1, HoursContract.Read(hours))
            ),
        ];

    public static WeeklyContract From(IReadOnlyList<DayHours> weekly)
    {
        return new WeeklyContract
        {
            Monday = On(1),
            Tuesday = On(2),
            Wednesday = On(3),
            Thursday = On(4),
            Friday = On(5),
            Saturday = On(6),
            Sunday = On(7),
        };

        IReadOnlyList<HoursContract> On(int weekday) =>
            [
                .. weekly
                    .Where(day => day.Weekday == weekday)
                    .SelectMany(static day => day.Hours)
                    .Select(HoursContract.Of),
            ];
    }
}

/// <summary>A date that differs from its weekday; no hours means closed.</summary>
internal sealed record ExceptionContract(string? Date, IReadOnlyList<HoursContract>? Hours)
{
    public static ExceptionContract From(CalendarException exception) =>
        new(
            exception.Date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            [.. exception.Hours.Select(HoursContract.Of)]
        );

    /// <summary>Null when one of them has no date.</summary>
    public static IReadOnlyList<CalendarException>? Read(IReadOnlyList<ExceptionContract> exceptions)
    {
        var read = new List<CalendarException>(exceptions.Count);
        foreach (var exception in exceptions)
        {
            if (
                !DateOnly.TryParseExact(
                    exception?.Date,
                    "yyyy-MM-dd",
                    CultureInfo.InvariantCulture,
                    DateTimeStyles.None,
                    out var date
                )
            )
            {
                return null;
            }
            read.Add(new CalendarException(date, HoursContract.Read(exception!.Hours)));
        }
        return read;
    }
}
