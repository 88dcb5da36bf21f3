using Actors.Contract.Tests.Server;

namespace Actors.Contract.Tests.Moods;

public sealed class MoodHistoryContractTests(SharedServer shared)
{
    private const string Update = "/api/v1/mood/update";

    private readonly ApiServer _server = shared.Server;

    private ApiClient Admin => _server.As("admin", "root");

    [Fact]
    [Trait("Spec", "MO-5")]
    public async Task History_is_newest_first_and_tells_the_public_nothing_about_who_and_why()
    {
        var model = await _server.Model("history1");
        await model.Post(Update, """{"moodState":"positive","customMessage":"one"}""");
        await model.Send(
            HttpMethod.Post,
            Update,
            """{"moodState":"negative"}""",
            change: request => request.Headers.UserAgent.ParseAdd("contract-test/1.0")
        );
        await Admin.Post("/api/v1/admin/mood/history1/update", """{"moodState":"neutral","reason":"calm down"}""");

        var page = (await _server.As("user").Get("/api/v1/mood/history1/history")).ShouldBe(200);
        Assert.Equal(["history", "total", "limit", "offset"], page.Members);
        Assert.Equal(("3", "20", "0"), (page["total"], page["limit"], page["offset"]));
        var entries = page.Json.GetProperty("history").EnumerateArray().ToList();
        Assert.Equal(
            ["neutral", "negative", "positive"],
            entries.Select(entry => entry.GetProperty("moodState").GetString())
        );
        Assert.Equal(
            ["negative", "positive", "neutral"],
            entries.Select(entry => entry.GetProperty("previousState").GetString())
        );
        Assert.Equal(["admin", "model", "model"], entries.Select(entry => entry.GetProperty("changedBy").GetString()));
        Assert.All(
            entries,
            entry =>
                Assert.Equal(
                    ["moodState", "changedAt", "changedBy", "previousState", "customMessage"],
                    entry.EnumerateObject().Select(member => member.Name)
                )
        );

        var audit = (await Admin.Get("/api/v1/admin/mood/history1/history")).ShouldBe(200);
        var newest = audit.Json.GetProperty("history")[0];
        Assert.Equal("root", newest.GetProperty("actorId").GetString());
        Assert.Equal("calm down", newest.GetProperty("reason").GetString());
        var middle = audit.Json.GetProperty("history")[1];
        Assert.Equal("127.0.0.1", middle.GetProperty("ipAddress").GetString());
        Assert.Equal("contract-test/1.0", middle.GetProperty("userAgent").GetString());
        Assert.Equal(2, middle.GetProperty("version").GetInt64());
    }

    [Fact]
    [Trait("Spec", "MO-5")]
    public async Task History_comes_in_pages()
    {
        var model = await _server.Model("pages1");
        for (var i = 0; i < 7; i++)
        {
            await model.Post(Update, $$"""{"moodState":"positive","customMessage":"{{i}}"}""");
        }
        async Task<string> Messages(string query) =>
            string.Join(
                ',',
                (await model.Get("/api/v1/mood/pages1/history" + query))
                    .ShouldBe(200)
                    .Json.GetProperty("history")
                    .EnumerateArray()
                    .Select(entry => entry.GetProperty("customMessage").GetString())
            );
        Assert.Equal("6,5,4", await Messages("?limit=3"));
        Assert.Equal("3,2,1", await Messages("?limit=3&offset=3"));
        Assert.Equal("0", await Messages("?limit=100&offset=6"));
        Assert.Equal("", await Messages("?offset=2147483647"));
    }

    [Theory]
    [Trait("Spec", "MO-5")]
    [InlineData("limit=0")]
    [InlineData("limit=101")]
    [InlineData("limit=-1")]
    [InlineData("limit=ten")]
    [InlineData("limit=")]
    [InlineData("limit=1.5")]
    [InlineData("limit=1&limit=2")]
    [InlineData("limit=99999999999")]
    [InlineData("offset=-1")]
    [InlineData("offset=x")]
    [InlineData("offset=2147483648")]
    public async Task A_page_that_cannot_be_is_refused(string query)
    {
        await _server.Model("pages2");
        (await Admin.Get($"/api/v1/mood/pages2/history?{query}")).ShouldRefuse(400, "INVALID_PAGE");
        (await Admin.Get($"/api/v1/admin/mood/pages2/history?{query}")).ShouldRefuse(400, "INVALID_PAGE");
    }
}
