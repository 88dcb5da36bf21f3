using NodaTime;
using NodaTime.Text;

namespace Actors.ApiHost.Performers;

/// <summary>Times in a person's own zone.</summary>
internal static class LocalTimes
{
    private static readonly OffsetDateTimePattern Pattern = OffsetDateTimePattern.CreateWithInvariantCulture(
        "uuuu-MM-dd'T'HH:mm:sso<+HH:mm>"
    );

    public static DateTimeZone? Find(string? id) => id is null ? null : DateTimeZoneProviders.Tzdb.GetZoneOrNull(id);

    /// <summary>With its offset from UTC, so that of an hour that comes twice it says which.</summary>
    public static string Write(DateTimeOffset time, DateTimeZone zone) =>
        Pattern.Format(Instant.FromDateTimeOffset(time).InZone(zone).ToOffsetDateTime());

    /// <summary>When a date begins there, which is not always midnight.</summary>
    public static DateTimeOffset StartOf(DateOnly date, DateTimeZone zone) =>
        zone.AtStartOfDay(LocalDate.FromDateOnly(date)).ToDateTimeOffset().ToUniversalTime();
}
