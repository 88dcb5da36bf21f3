using Actors.Grains.Texts;

namespace Actors.Grains.Tests.Texts;

public sealed class MomentTextTests
{
    [Theory, Trait("Spec", "TE-2")]
    [InlineData("2026-01-02T20:45:00Z", "UTC", "en", "8:45 PM", "Jan 2, 2026")]
    [InlineData("2026-01-02T00:05:00Z", "UTC", "en", "12:05 AM", "Jan 2, 2026")]
    [InlineData("2026-07-01T03:00:00Z", "America/Bogota", "en", "10:00 PM", "Jun 30, 2026")]
    [InlineData("2026-07-01T22:30:00Z", "Europe/Madrid", "es", "0:30", "2 jul 2026")]
    [InlineData("2026-12-31T22:30:00Z", "Europe/Madrid", "es", "23:30", "31 dic 2026")]
    [InlineData("2026-03-29T00:59:59Z", "Europe/Madrid", "en", "1:59 AM", "Mar 29, 2026")]
    [InlineData("2026-03-29T01:00:00Z", "Europe/Madrid", "en", "3:00 AM", "Mar 29, 2026")]
    [InlineData("2026-09-05T10:00:00Z", "Nowhere/Land", "es", "10:00", "5 sept 2026")]
    public void A_moment_reads_in_the_zone_and_language_of_the_person(
        string moment,
        string zone,
        string language,
        string time,
        string date
    ) =>
        Assert.Equal(
            (time, date),
            MomentText.Of(
                DateTimeOffset.Parse(moment, System.Globalization.CultureInfo.InvariantCulture),
                zone,
                language
            )
        );
}
