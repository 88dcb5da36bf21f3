using System.Text.Json;
using Actors.Contract.Tests.Server;
using Actors.TestKit;

namespace Actors.Contract.Tests.Conversations;

public sealed class ConversationContractTests(SharedServer shared)
{
    private readonly ApiServer _server = shared.Server;

    [Fact, Trait("Spec", "CH-1")]
    public async Task A_user_and_a_model_write_to_each_other()
    {
        var model = await _server.Model("talk-m");
        var user = await _server.User("talk-u");
        var text = "<3 \"hi\" & more\nlines 👋";

        var sent = (await SendAsync(user, "talk-m", text)).ShouldBe(201);
        (await SendAsync(model, "talk-u", "hello")).ShouldBe(201);

        Assert.Equal(
            [
                "id",
                "userId",
                "modelId",
                "petId",
                "sender",
                "content",
                "timestamp",
                "metadata",
                "isRead",
                "replyTo",
                "editedAt",
                "deletedAt",
                "automated",
                "degraded",
                "attachments",
            ],
            sent.Members
        );
        Assert.Equal(
            ("model.talk-m.talk-u.1", "talk-u", "talk-m", "", "user", text, "False"),
            (
                sent["id"],
                sent["userId"],
                sent["modelId"],
                sent["petId"],
                sent["sender"],
                sent["content"],
                sent["isRead"]
            )
        );
        var seen = (await user.Get("/api/v1/conversations/talk-m/messages")).ShouldBe(200);
        Assert.Equal(["messages", "total", "hasMore", "next", "limit", "offset"], seen.Members);
        Assert.Equal("50", seen["limit"]);
        var contents = seen
            .Json.GetProperty("messages")
            .EnumerateArray()
            .Select(static one => one.GetProperty("content").GetString())
            .ToArray();
        Assert.Contains(text, contents);
        Assert.Contains("hello", contents);
    }

    [Fact, Trait("Spec", "CH-3")]
    public async Task What_the_other_side_has_read_shows()
    {
        var model = await _server.Model("read-m");
        var user = await _server.User("read-u");
        var id = (await SendAsync(user, "read-m", "one"))["id"];
        await SendAsync(user, "read-m", "two");

        await UnreadAsync(model, "2");
        var marked = await model.Put("/api/v1/conversations/read-u/messages", $$"""{"messageIds":["{{id}}"]}""");
        Assert.Equal("1", marked.ShouldBe(200)["updated"]);
        await UnreadAsync(model, "1");
        var unread = await model.Get("/api/v1/conversations/read-u/messages?unreadOnly=true");
        Assert.Equal("two", unread.Json.GetProperty("messages")[0].GetProperty("content").GetString());
        Assert.Equal("1", unread["total"]);
        var mine = await user.Get("/api/v1/conversations/read-m/messages?search=one");
        Assert.True(mine.Json.GetProperty("messages")[0].GetProperty("isRead").GetBoolean());
        var all = await model.Put("/api/v1/conversations/read-u/messages", """{"markAllAsRead":true}""");
        Assert.Equal("1", all["updated"]);
    }

    [Fact, Trait("Spec", "CH-4")]
    public async Task A_message_is_changed_answered_and_taken_back()
    {
        await _server.Model("edit-m");
        var user = await _server.User("edit-u");
        var model = _server.As("model", "edit-m");
        var id = (await SendAsync(user, "edit-m", "helo"))["id"];

        var edited = await PatchAsync(user, $"/api/v1/conversations/edit-m/messages/{id}", """{"content":"hello"}""");
        Assert.Equal("hello", edited.ShouldBe(200)["content"]);
        Assert.NotEqual("", edited["editedAt"]);
        var answer = await model.Post(
            "/api/v1/conversations/edit-u/messages",
            $$"""{"content":"hi","replyTo":"{{id}}"}"""
        );
        Assert.Equal(id, answer.ShouldBe(201)["replyTo"]);
        var foreign = await PatchAsync(model, $"/api/v1/conversations/edit-u/messages/{id}", """{"content":"x"}""");
        foreign.ShouldRefuse(403, "NOT_YOUR_MESSAGE");
        var deleted = await user.Send(HttpMethod.Delete, $"/api/v1/conversations/edit-m/messages?messageId={id}");
        Assert.Equal("1", deleted.ShouldBe(200)["deleted"]);
        var again = await PatchAsync(user, $"/api/v1/conversations/edit-m/messages/{id}", """{"content":"x"}""");
        again.ShouldRefuse(409, "MESSAGE_NOT_EDITABLE");
        var reply = await user.Post(
            "/api/v1/conversations/edit-m/messages",
            $$"""{"content":"x","replyTo":"{{id}}"}"""
        );
        reply.ShouldRefuse(400, "INVALID_MESSAGE");
    }

    [Fact, Trait("Spec", "MM-1")]
    public async Task Whoever_blocks_hears_and_says_nothing_until_it_is_taken_back()
    {
        var model = await _server.Model("block-m");
        var user = await _server.User("block-u");
        await SendAsync(user, "block-m", "hello");

        Assert.Equal("True", (await model.Post("/api/v1/conversations/block-u/block")).ShouldBe(200)["blocked"]);
        (await SendAsync(user, "block-m", "hello?")).ShouldRefuse(403, "CONVERSATION_BLOCKED");
        (await SendAsync(model, "block-u", "no")).ShouldRefuse(403, "CONVERSATION_BLOCKED");
        // The other side's taking back takes nothing back.
        (await user.Send(HttpMethod.Delete, "/api/v1/conversations/block-m/block")).ShouldBe(200);
        (await SendAsync(user, "block-m", "hello?")).ShouldRefuse(403, "CONVERSATION_BLOCKED");
        (await model.Send(HttpMethod.Delete, "/api/v1/conversations/block-u/block")).ShouldBe(200);
        (await SendAsync(user, "block-m", "hello!")).ShouldBe(201);
    }

    [Fact, Trait("Spec", "MM-1")]
    public async Task Admins_see_what_was_reported_and_by_whom()
    {
        var model = await _server.Model("report-m");
        var user = await _server.User("report-u");
        var id = (await SendAsync(user, "report-m", "give me your number"))["id"];

        var report = await model.Post(
            "/api/v1/conversations/report-u/report",
            $$"""{"messageId":"{{id}}","reason":"Pushy"}"""
        );
        report.ShouldBe(200);

        var admin = _server.As("admin", "root");
        var seen = await Eventually.GetAsync(
            async () => Reported(await admin.Get("/api/v1/admin/conversations/reports"), id),
            static found => found.Length > 0
        );
        var one = Assert.Single(seen);
        Assert.Equal(
            ("report-m", "give me your number", "Pushy"),
            (
                one.GetProperty("reportedBy").GetString(),
                one.GetProperty("content").GetString(),
                one.GetProperty("reason").GetString()
            )
        );
    }

    [Fact, Trait("Spec", "SE-3")]
    public async Task A_message_with_a_key_is_sent_once()
    {
        await _server.Model("once-m");
        var user = await _server.User("once-u");

        var first = await SendAsync(user, "once-m", "hello", key: "m-1");
        var again = await SendAsync(user, "once-m", "hello", key: "m-1");

        Assert.Equal(first.ShouldBe(201)["id"], again.ShouldBe(201)["id"]);
        (await SendAsync(user, "once-m", "other", key: "m-1")).ShouldRefuse(422, "IDEMPOTENCY_KEY_REUSED");
    }

    [Theory, Trait("Spec", "SE-1")]
    [InlineData("""{"content":""}""")]
    [InlineData("""{"content":null}""")]
    [InlineData("{}")]
    [InlineData("""{"content":17}""")]
    [InlineData("""{"content":"x","replyTo":"model.other.junk-u.1"}""")]
    [InlineData("""{"content":"x","replyTo":"1"}""")]
    [InlineData("""{"content":"x","replyTo":7}""")]
    [InlineData("""{"content":"x","metadata":{"xpGained":-1}}""")]
    [InlineData("""{"content":"x","metadata":{"xpGained":"many"}}""")]
    [InlineData("""{"content":"x","metadata":"happy"}""")]
    [InlineData("""{"content":"x","attachments":"0123"}""")]
    [InlineData("""{"content":"","attachments":[]}""")]
    public async Task A_message_that_is_none_is_refused(string body)
    {
        await _server.Model("junk-m");
        var user = await _server.User("junk-u");

        (await user.Post("/api/v1/conversations/junk-m/messages", body)).ShouldRefuse(400, "INVALID_MESSAGE");
    }

    [Fact, Trait("Spec", "SE-1")]
    public async Task Whom_there_is_not_nobody_can_write_to()
    {
        var model = await _server.Model("none-m");
        var user = await _server.User("none-u");

        (await SendAsync(user, "who", "hello")).ShouldRefuse(404, "MODEL_NOT_FOUND");
        (await SendAsync(user, "no.body", "hello")).ShouldRefuse(404, "MODEL_NOT_FOUND");
        (await SendAsync(model, "none-u", "psst")).ShouldRefuse(404, "CONVERSATION_NOT_FOUND");
        (await user.Get("/api/v1/conversations/none-m/messages?limit=101")).ShouldRefuse(400, "INVALID_PAGE");
        (await user.Get("/api/v1/conversations/none-m/messages?before=x")).ShouldRefuse(400, "INVALID_MESSAGE");
        (await user.Get("/api/v1/conversations/none-m/messages?search=x")).ShouldRefuse(400, "INVALID_MESSAGE");
        (await user.Send(HttpMethod.Delete, "/api/v1/conversations/none-m/messages")).ShouldRefuse(
            400,
            "INVALID_MESSAGE"
        );
        (await user.Put("/api/v1/conversations/none-m/messages", "{}")).ShouldRefuse(400, "INVALID_MESSAGE");
    }

    [Theory, Trait("Spec", "ID-1")]
    [InlineData("admin")]
    [InlineData("service")]
    public async Task Only_the_two_sides_have_a_conversation(string role)
    {
        var other = _server.As(role);

        (await other.Get("/api/v1/conversations")).ShouldBe(403);
        (await other.Get("/api/v1/conversations/talk-m/messages")).ShouldBe(403);
        (await SendAsync(other, "talk-m", "hello")).ShouldBe(403);
    }

    [Fact, Trait("Spec", "ID-1")]
    public async Task Nobody_reads_the_conversation_of_two_others()
    {
        await _server.Model("private-m");
        var user = await _server.User("private-u");
        var id = (await SendAsync(user, "private-m", "for your eyes only"))["id"];
        var other = await _server.User("private-v");

        var seen = (await other.Get("/api/v1/conversations/private-m/messages")).ShouldBe(200);
        Assert.Equal("0", seen["total"]);
        // Another conversation's message under one's own path.
        (
            await PatchAsync(other, $"/api/v1/conversations/private-m/messages/{id}", """{"content":"x"}""")
        ).ShouldRefuse(404, "MESSAGE_NOT_FOUND");
        (await other.Send(HttpMethod.Delete, $"/api/v1/conversations/private-m/messages?messageId={id}")).ShouldRefuse(
            404,
            "MESSAGE_NOT_FOUND"
        );
        (await _server.As("user", "private-v").Get("/api/v1/admin/conversations/reports")).ShouldBe(403);
    }

    private static Task<Answer> SendAsync(ApiClient client, string peer, string content, string? key = null) =>
        client.Send(
            HttpMethod.Post,
            $"/api/v1/conversations/{peer}/messages",
            JsonSerializer.Serialize(new { content }),
            change: request =>
            {
                if (key is not null)
                {
                    request.Headers.Add("Idempotency-Key", key);
                }
            }
        );

    private static JsonElement[] Reported(Answer list, string? messageId) =>
        [
            .. list.ShouldBe(200)
                .Json.GetProperty("reports")
                .EnumerateArray()
                .Where(one => one.GetProperty("messageId").GetString() == messageId),
        ];

    private static Task<Answer> PatchAsync(ApiClient client, string path, string body) =>
        client.Send(HttpMethod.Patch, path, body);

    // The list follows the conversation within moments.
    private static Task UnreadAsync(ApiClient client, string unread) =>
        Eventually.TrueAsync(async () =>
            (await client.Get("/api/v1/conversations"))
                .ShouldBe(200)
                .Json.GetProperty("conversations")
                .EnumerateArray()
                .Any(one => one.GetProperty("unread").ToString() == unread)
        );
}
