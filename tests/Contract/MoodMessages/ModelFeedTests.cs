using System.Text.Json;
using Actors.Contract.Tests.Live;
using Actors.Contract.Tests.Server;
using Actors.TestKit;

namespace Actors.Contract.Tests.MoodMessages;

[Trait("Spec", "MM-1")]
public sealed class ModelFeedTests(SharedServer shared)
{
    private readonly ApiServer _server = shared.Server;

    [Fact]
    public async Task What_a_model_says_to_everybody_is_on_her_feed_by_pages()
    {
        var model = await _server.Model("feed-ana");
        for (var number = 1; number <= 5; number++)
        {
            var sent = (await PostAsync(model, $"post {number}")).ShouldBe(201);
            Assert.Equal(
                ("", "", "10", ""),
                (sent["user_id"], sent["user_tier"], sent["priority"], sent["conversation_id"])
            );
            await FeedAsync("feed-ana", $"post {number}");
        }

        var service = _server.As("service");
        var first = (await service.Get("/api/v1/models/feed-ana/feed?limit=2")).ShouldBe(200);
        Assert.Equal(["posts", "hasMore", "next"], first.Members);
        Assert.Equal(["post 5", "post 4"], Contents(first));
        Assert.Equal(
            ["id", "modelId", "content", "at"],
            first.Json.GetProperty("posts")[0].EnumerateObject().Select(static one => one.Name)
        );
        var second = await service.Get($"/api/v1/models/feed-ana/feed?limit=3&cursor={first["next"]}");
        Assert.Equal(["post 3", "post 2", "post 1"], Contents(second));
        Assert.Equal(("False", ""), (second["hasMore"], second["next"]));
    }

    [Fact]
    public async Task Its_model_or_an_admin_takes_a_post_back_and_nobody_else_does()
    {
        var model = await _server.Model("feed-mia");
        var (one, two) = ((await PostAsync(model, "one"))["message_id"], (await PostAsync(model, "two"))["message_id"]);
        await FeedAsync("feed-mia", "one");
        await FeedAsync("feed-mia", "two");

        var other = await _server.Model("feed-other");
        (await other.Send(HttpMethod.Delete, $"/mood-message/{one}")).ShouldRefuse(404, "MOOD_MESSAGE_NOT_FOUND");
        var user = await _server.User("feed-user");
        (await user.Send(HttpMethod.Delete, $"/mood-message/{one}")).ShouldBe(403);
        var taken = await model.Send(HttpMethod.Delete, $"/mood-message/{one}");
        Assert.Equal(("delivered", ""), (taken.ShouldBe(200)["status"], taken["content"]));
        Assert.NotEqual("", taken["taken_back_at"]);
        Assert.Equal(["two"], Contents(await user.Get("/api/v1/models/feed-mia/feed")));
        (await _server.As("admin", "root").Send(HttpMethod.Delete, $"/mood-message/{two}")).ShouldBe(200);
        Assert.Empty(Contents(await user.Get("/api/v1/models/feed-mia/feed")));
    }

    [Fact]
    public async Task Whoever_follows_a_model_sees_at_once_what_she_says_and_takes_back_and_misses_nothing()
    {
        var model = await _server.Model("feed-live");
        await _server.User("feed-fan");
        var token = _server.Token("user", "feed-fan");
        string seen;
        using (var events = await EventReader.OpenAsync(_server, token, path: "/api/v1/models/feed-live/feed/events"))
        {
            var id = (await PostAsync(model, "hello all"))["message_id"];
            var post = await events.FindAsync("post");
            Assert.Equal((id, "feed-live", "hello all"), (post["id"], post["modelId"], post["content"]));
            await model.Send(HttpMethod.Delete, $"/mood-message/{id}");
            var taken = await events.FindAsync("post_taken_back");
            Assert.Equal(id, taken["id"]);
            seen = taken.Id;
        }
        await PostAsync(model, "while you were away");

        using var again = await EventReader.OpenAsync(_server, token, seen, "/api/v1/models/feed-live/feed/events");
        Assert.Equal("while you were away", (await again.FindAsync("post"))["content"]);
    }

    [Fact, Trait("Spec", "SE-1")]
    public async Task What_is_no_post_or_no_page_is_refused()
    {
        var model = await _server.Model("feed-bad");

        Assert.Equal(201, (await PostAsync(model, new string('x', 140))).Status);
        (await PostAsync(model, new string('x', 141))).ShouldRefuse(400, "INVALID_MOOD_MESSAGE");
        (await PostAsync(model, "")).ShouldRefuse(400, "INVALID_MOOD_MESSAGE");
        var toSomebody = """{"message_type":"public_micro","user_id":"bo","content":"x"}""";
        (await model.Post("/mood-message/send", toSomebody)).ShouldRefuse(400, "INVALID_MOOD_MESSAGE");
        (await model.Get("/api/v1/models/nobody/feed")).ShouldRefuse(404, "MODEL_NOT_FOUND");
        (await model.Get("/api/v1/models/nobody/feed/events")).ShouldRefuse(404, "MODEL_NOT_FOUND");
        (await model.Get("/api/v1/models/feed-bad/feed?cursor=x")).ShouldRefuse(400, "INVALID_MOOD_MESSAGE_QUERY");
        (await model.Get("/api/v1/models/feed-bad/feed?limit=0")).ShouldRefuse(400, "INVALID_PAGE");
        (await model.Get("/api/v1/models/feed-bad/feed/events?lastEventId=x1")).ShouldRefuse(400, "INVALID_EVENT_ID");
    }

    private static Task<Answer> PostAsync(ApiClient model, string content) =>
        model.Post("/mood-message/send", JsonSerializer.Serialize(new { message_type = "public_micro", content }));

    // It follows the message within moments.
    private Task FeedAsync(string modelId, string content) =>
        Eventually.TrueAsync(async () =>
            Contents((await _server.As("user").Get($"/api/v1/models/{modelId}/feed")).ShouldBe(200)).Contains(content)
        );

    private static string[] Contents(Answer page) =>
        [
            .. page
                .Json.GetProperty("posts")
                .EnumerateArray()
                .Select(static one => one.GetProperty("content").GetString()!),
        ];
}
