using Actors.Contract.Tests.Server;
using Actors.TestKit;

namespace Actors.Contract.Tests.Notifications;

[Trait("Spec", "NO-1")]
public sealed class NotificationContractTests(SharedServer shared)
{
    private const string Inbox = "/api/v1/notifications";

    private readonly ApiServer _server = shared.Server;

    [Fact]
    public async Task An_empty_inbox_has_nothing_and_nothing_unread()
    {
        var answer = (await _server.As("user", "told-nothing").Get(Inbox)).ShouldBe(200);

        Assert.Equal(["notifications", "total", "unread", "limit", "offset"], answer.Members);
        Assert.Equal("""{"notifications":[],"total":0,"unread":0,"limit":20,"offset":0}""", answer.Text);
    }

    [Fact]
    public async Task A_model_is_told_of_overrides_newest_first_and_marks_them_as_read()
    {
        var model = await OverriddenAsync("told-thrice", 3);

        var page = (await model.Get($"{Inbox}?limit=2&offset=1")).ShouldBe(200);
        var items = page.Json.GetProperty("notifications").EnumerateArray().ToList();
        Assert.Equal(("3", "3"), (page["total"], page["unread"]));
        Assert.Equal([2, 1], items.Select(static item => item.GetProperty("id").GetInt32()));
        Assert.Equal(
            ["id", "kind", "text", "at", "read", "facts"],
            items[0].EnumerateObject().Select(static one => one.Name)
        );
        Assert.Equal("mood_overridden", items[0].GetProperty("kind").GetString());
        Assert.EndsWith("Z", items[0].GetProperty("at").GetString(), StringComparison.Ordinal);

        Assert.Equal("""{"unread":2}""", (await model.Post($"{Inbox}/read", """{"ids":[2]}""")).ShouldBe(200).Text);
        var read = (await model.Get(Inbox)).Json.GetProperty("notifications").EnumerateArray();
        Assert.Equal([false, true, false], read.Select(static item => item.GetProperty("read").GetBoolean()));
        Assert.Equal("""{"unread":0}""", (await model.Post($"{Inbox}/read", """{"all":true}""")).ShouldBe(200).Text);
    }

    [Fact, Trait("Spec", "BO-11")]
    public async Task A_list_is_in_the_language_that_the_person_has_now_with_the_facts_for_apps_with_words_of_their_own()
    {
        var model = await OverriddenAsync("told-twice", 1);
        (await model.Put("/api/v1/me", """{"language":"es"}""")).ShouldBe(200);

        var told = (await model.Get(Inbox)).ShouldBe(200).Json.GetProperty("notifications")[0];

        Assert.Equal(
            "Un administrador puso tu estado de ánimo en negativo: Reason 1",
            told.GetProperty("text").GetString()
        );
        Assert.Equal("""{"state":"negative","reason":"Reason 1"}""", told.GetProperty("facts").GetRawText());
    }

    [Fact]
    public async Task Nobody_sees_the_inbox_of_another_person()
    {
        await OverriddenAsync("told-alone", 1);

        Assert.Equal("0", (await _server.As("user", "curious").Get(Inbox)).ShouldBe(200)["total"]);
        (await _server.AsNobody().Get(Inbox)).ShouldRefuse(401, "UNAUTHORIZED");
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"all":false}""")]
    [InlineData("""{"ids":[]}""")]
    [InlineData("""{"ids":[0]}""")]
    [InlineData("""{"ids":[1.5]}""")]
    [InlineData("""{"ids":["1"]}""")]
    [InlineData("""{"ids":1}""")]
    [InlineData("""{"all":"yes"}""")]
    [InlineData("""{"ids":[1],"all":true}""")]
    public async Task Anything_but_ids_or_all_is_refused(string body) =>
        (await _server.As("user").Post($"{Inbox}/read", body)).ShouldRefuse(400, "INVALID_NOTIFICATION_IDS");

    private async Task<ApiClient> OverriddenAsync(string id, int times)
    {
        var model = await _server.Model(id);
        for (var time = 1; time <= times; time++)
        {
            var body = $$"""{"moodState":"negative","reason":"Reason {{time}}"}""";
            (await _server.As("admin", "root").Post($"/api/v1/admin/mood/{id}/update", body)).ShouldBe(200);
        }
        await Eventually.TrueAsync(async () => (await model.Get(Inbox))["total"] == $"{times}");
        return model;
    }
}
