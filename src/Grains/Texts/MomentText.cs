using System.Globalization;

namespace Actors.Grains.Texts;

/// <summary>A moment as a person reads it, in that person's zone and language.</summary>
public static class MomentText
{
    private static readonly string[] SpanishMonths =
    [
        "ene",
        "feb",
        "mar",
        "abr",
        "may",
        "jun",
        "jul",
        "ago",
        "sept",
        "oct",
        "nov",
        "dic",
    ];

    /// <returns>A time such as "3:45 PM" and a date such as "Jan 2, 2026"; in Spanish "15:45" and "2 ene 2026".</returns>
    public static (string Time, string Date) Of(DateTimeOffset moment, string timeZone, string language)
    {
        var zone = TimeZoneInfo.TryFindSystemTimeZoneById(timeZone, out var found) ? found : TimeZoneInfo.Utc;
        var local = TimeZoneInfo.ConvertTime(moment, zone);
        var culture = CultureInfo.InvariantCulture;
        return language == Languages.Spanish
            ? (
                local.ToString("H:mm", culture),
                string.Create(culture, $"{local.Day} {SpanishMonths[local.Month - 1]} {local.Year}")
            )
            : (local.ToString("h:mm tt", culture), local.ToString("MMM d, yyyy", culture));
    }
}
