using System.Text.Json;
using Actors.Contract.Tests.Server;
using Actors.TestKit;

namespace Actors.Contract.Tests.MoodAnalytics;

[Trait("Spec", "MO-9")]
public sealed class MoodAnalyticsContractTests(SharedServer shared)
{
    private const string Analytics = "/api/v1/admin/mood/analytics";

    private readonly ApiServer _server = shared.Server;

    private ApiClient Admin => _server.As("admin", "root");

    [Fact]
    public async Task The_report_has_the_agreed_members_and_sums()
    {
        await using var server = await ApiServer.Start();
        var admin = server.As("admin", "root");
        await server.Model("silent");
        var model = await server.Model("busy");
        (await model.Post("/api/v1/mood/update", """{"moodState":"positive"}""")).ShouldBe(200);
        (await model.Post("/api/v1/mood/update", """{"moodState":"negative"}""")).ShouldBe(200);

        var report = await Eventually.GetAsync(
            async () => (await admin.Get(Analytics)).ShouldBe(200),
            static answer =>
                answer.Json.GetProperty("distribution").GetProperty("negative").GetInt32() == 1
                && answer.Json.GetProperty("distribution").GetProperty("neutral").GetInt32() == 1
        );

        Assert.Equal(
            [
                "distribution",
                "changesPerDay",
                "averageChangesPerModelPerDay",
                "adoption",
                "autoResponse",
                "templateUse",
            ],
            report.Members
        );
        Assert.Equal("""{"neutral":1,"positive":0,"negative":1}""", report["distribution"]);
        Assert.Equal("""{"registered":2,"active":1,"rate":0.5}""", report["adoption"]);
        Assert.Equal(
            """{"rendered":0,"successes":0,"rate":0,"sent":0,"answered":0,"engagement":0}""",
            report["autoResponse"]
        );
        var day = Assert.Single(report.Json.GetProperty("changesPerDay").EnumerateArray());
        Assert.Equal((2, 1), (day.GetProperty("changes").GetInt32(), day.GetProperty("models").GetInt32()));
        Assert.Matches("^[0-9]{4}-[0-9]{2}-[0-9]{2}$", day.GetProperty("day").GetString()!);
        var use = report.Json.GetProperty("templateUse").EnumerateArray().First();
        Assert.Equal(
            ["templateType", "moodState", "count"],
            use.EnumerateObject().Select(static member => member.Name)
        );
        Assert.Equal(
            JsonValueKind.Array,
            (await admin.Get($"{Analytics}?modelId=silent")).Json.GetProperty("changesPerDay").ValueKind
        );
    }

    [Fact]
    public async Task An_automated_reply_that_the_user_answers_shows_as_engagement_of_its_model()
    {
        var model = await _server.Model("engaged-m");
        var user = await _server.User("engaged-u");
        (await model.Post("/api/v1/mood/update", """{"moodState":"positive","autoRespond":true}""")).ShouldBe(200);
        var path = "/api/v1/conversations/engaged-m/messages";
        (await user.Post(path, """{"content":"hello"}""")).ShouldBe(201);
        await Eventually.TrueAsync(async () =>
            (await user.Get(path)).Text.Contains("auto_response", StringComparison.Ordinal)
        );
        await EngagementAsync("""{"sent":1,"answered":0,"engagement":0}""");

        (await user.Post(path, """{"content":"oh, you are there"}""")).ShouldBe(201);

        await EngagementAsync("""{"sent":2,"answered":1,"engagement":0.5}""");

        async Task EngagementAsync(string expected) =>
            await Eventually.GetAsync(
                async () =>
                {
                    var shown = (await Admin.Get($"{Analytics}?modelId=engaged-m")).ShouldBe(200)["autoResponse"]!;
                    return "{" + shown[shown.IndexOf("\"sent\"", StringComparison.Ordinal)..];
                },
                seen => seen == expected
            );
    }

    [Theory]
    [InlineData("?from=yesterday")]
    [InlineData("?from=2026-13-01")]
    [InlineData("?from=2026-01-01&to=2025-12-31")]
    [InlineData("?from=2026-01-01&to=2026-04-01")]
    [InlineData("?from=2026-01-01&from=2026-01-02")]
    [InlineData("?to=")]
    public async Task A_range_that_is_none_is_refused(string query) =>
        (await Admin.Get(Analytics + query)).ShouldRefuse(400, "INVALID_DATE_RANGE");

    [Fact]
    public async Task Only_admins_see_the_analytics()
    {
        (await Admin.Get($"{Analytics}?from=2026-01-01&to=2026-03-31")).ShouldBe(200);
        foreach (var role in new[] { "user", "model", "service" })
        {
            (await _server.As(role).Get(Analytics)).ShouldRefuse(403, "FORBIDDEN");
        }
        (await Admin.Get($"{Analytics}?modelId=no.such.id")).ShouldRefuse(404, "MODEL_NOT_FOUND");
    }
}
