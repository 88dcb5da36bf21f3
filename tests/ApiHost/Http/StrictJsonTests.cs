using System.Text.Json;
using Actors.ApiHost.Moods;
using Actors.GrainInterfaces.Moods;

namespace Actors.ApiHost.Tests.Http;

[Trait("Spec", "SE-1")]
public sealed class StrictJsonTests
{
    private static UpdateMoodRequest Parse(string json) =>
        JsonSerializer.Deserialize(json, MoodJson.Default.UpdateMoodRequest)!;

    [Theory]
    [InlineData("\"Positive\"")]
    [InlineData("\" positive\"")]
    [InlineData("\"neutral,positive\"")]
    [InlineData("\"1\"")]
    [InlineData("1")]
    [InlineData("\"\"")]
    [InlineData("[\"positive\"]")]
    public void A_mood_that_is_not_spelled_exactly_is_refused_at_its_member(string value)
    {
        var fault = Assert.Throws<JsonException>(() => Parse($$"""{"moodState":{{value}}}"""));
        Assert.Equal("$.moodState", fault.Path);
    }

    [Theory]
    [InlineData("\"2030-01-01T00:00:00\"")]
    [InlineData("\"2030-01-01\"")]
    [InlineData("\"tomorrow\"")]
    [InlineData("\"2030-13-01T00:00:00Z\"")]
    [InlineData("\"2030-01-01T00:00:00+25:00\"")]
    [InlineData("\"0001-01-01T00:00:00+10:00\"")]
    [InlineData("1893456000")]
    [InlineData("\"\"")]
    public void A_time_without_a_zone_or_sense_is_refused_at_its_member(string value)
    {
        var fault = Assert.Throws<JsonException>(() => Parse($$"""{"expiresAt":{{value}}}"""));
        Assert.Equal("$.expiresAt", fault.Path);
    }

    [Fact]
    public void A_time_in_another_zone_is_the_same_moment_in_utc() =>
        Assert.Equal(
            new DateTimeOffset(2030, 1, 1, 5, 0, 0, TimeSpan.Zero),
            Parse("""{"expiresAt":"2030-01-01T00:00:00-05:00"}""").ExpiresAt
        );

    [Fact]
    public void Members_that_are_absent_null_or_unknown_do_not_disturb()
    {
        var parsed = Parse("""{"moodState":"negative","customMessage":null,"somethingNew":[1,{"a":2}]}""");
        Assert.Equal(MoodState.Negative, parsed.MoodState);
        Assert.Null(parsed.CustomMessage);
    }

    [Theory]
    [InlineData("""{"moodState":"neutral","moodState":"neutral"}""")]
    [InlineData("""{"customMessage":"a","customMessage":"b"}""")]
    public void A_repeated_member_is_refused_with_a_message_that_we_recognize(string json) =>
        Assert.StartsWith(
            "Duplicate",
            Assert.Throws<JsonException>(() => Parse(json)).Message,
            StringComparison.Ordinal
        );

    [Fact]
    public void A_lone_surrogate_is_refused_at_its_member() =>
        Assert.Equal(
            "$.customMessage",
            Assert.Throws<JsonException>(() => Parse("""{"customMessage":"\ud800"}""")).Path
        );
}
