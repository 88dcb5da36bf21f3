using System.Text.Json;
using Actors.Contract.Tests.Live;
using Actors.Contract.Tests.Server;
using Actors.TestKit;

namespace Actors.Contract.Tests.MoodMessages;

public sealed class MoodMessageContractTests(SharedServer shared)
{
    private static readonly string[] Members =
    [
        "message_id",
        "user_id",
        "model_id",
        "message_type",
        "sender",
        "detected_mood",
        "mood_confidence",
        "template_id",
        "content",
        "user_tier",
        "priority",
        "status",
        "created_at",
        "sent_at",
        "delivered_at",
        "read_at",
        "failed_at",
        "retry_count",
        "failure_reason",
        "conversation_id",
        "is_automated",
    ];

    private readonly ApiServer _server = shared.Server;

    [Fact, Trait("Spec", "MM-1"), Trait("Spec", "MM-3")]
    public async Task A_user_tells_a_model_and_both_see_what_becomes_of_it()
    {
        var model = await _server.Model("mm-ana");
        var user = await UserAsync("mm-bo", "vip");

        var sent = await SendAsync(user, "mm-ana", "I am so happy today!");

        sent.ShouldBe(201);
        Assert.Equal([.. Members, "estimated_delivery_at"], sent.Members);
        Assert.Equal(
            ("mm-bo", "mm-ana", "private_custom", "user", "happy", "I am so happy today!", "vip", "10", "pending"),
            (
                sent["user_id"],
                sent["model_id"],
                sent["message_type"],
                sent["sender"],
                sent["detected_mood"],
                sent["content"],
                sent["user_tier"],
                sent["priority"],
                sent["status"]
            )
        );
        Assert.Equal(
            ("model.mm-ana.mm-bo", "False", "0", sent["created_at"]),
            (sent["conversation_id"], sent["is_automated"], sent["retry_count"], sent["estimated_delivery_at"])
        );
        Assert.InRange(sent.Json.GetProperty("mood_confidence").GetInt32(), 1, 100);
        var id = sent["message_id"];
        var delivered = await StatusAsync(user, id, "delivered");
        Assert.Equal(Members, delivered.Members);
        Assert.NotEqual("", delivered["sent_at"]);
        Assert.NotEqual("", delivered["delivered_at"]);
        var there = await model.Get("/api/v1/conversations/mm-bo/messages?search=happy");
        Assert.Equal("1", there["total"]);

        var read = await model.Send(HttpMethod.Patch, $"/mood-message/{id}/read");
        Assert.Equal("read", read.ShouldBe(200)["status"]);
        Assert.Equal(read["read_at"], (await StatusAsync(user, id, "read"))["read_at"]);
        var again = await model.Send(HttpMethod.Patch, $"/mood-message/{id}/read");
        Assert.Equal(read.Text, again.Text);
    }

    [Theory, Trait("Spec", "MM-2")]
    [InlineData("premium", 8, 1)]
    [InlineData("basic", 5, 5)]
    [InlineData("free", 3, 30)]
    public async Task Membership_says_when_it_is_delivered(string membership, int priority, int seconds)
    {
        await _server.Model($"mm-{membership}-m");
        var user = await UserAsync($"mm-{membership}-u", membership);

        var sent = (await SendAsync(user, $"mm-{membership}-m", "hello")).ShouldBe(201);

        var (at, due) = (sent.Json.GetProperty("created_at"), sent.Json.GetProperty("estimated_delivery_at"));
        Assert.Equal(TimeSpan.FromSeconds(seconds), due.GetDateTimeOffset() - at.GetDateTimeOffset());
        Assert.Equal(($"{priority}", membership), (sent["priority"], sent["user_tier"]));
        Assert.Equal("pending", (await user.Get($"/mood-message/{sent["message_id"]}/status"))["status"]);
    }

    [Fact, Trait("Spec", "MM-1")]
    public async Task Delivery_and_receipt_are_live_for_both()
    {
        var model = await _server.Model("mm-live-m");
        var user = await UserAsync("mm-live-u", "vip");
        using var events = await EventReader.OpenAsync(_server, _server.Token("user", "mm-live-u"));
        using var socket = await SocketReader.OpenAsync(_server, _server.Token("model", "mm-live-m"));

        var id = (await SendAsync(user, "mm-live-m", "hello"))["message_id"];

        var heard = await socket.FindAsync("mood_message");
        Assert.Equal((id, "hello"), (heard["messageId"], heard["content"]));
        await Eventually.TrueAsync(async () =>
            (await model.Get("/api/v1/notifications"))
                .ShouldBe(200)
                .Text.Contains("mm-live-u sent you a mood message.", StringComparison.Ordinal)
        );
        await model.Send(HttpMethod.Patch, $"/mood-message/{id}/read");
        var seen = await events.FindAsync("mood_message");
        while (seen["status"] != "read")
        {
            seen = await events.FindAsync("mood_message");
        }
        Assert.Equal(id, seen["messageId"]);
    }

    [Fact, Trait("Spec", "SE-3")]
    public async Task A_message_with_a_key_is_sent_once()
    {
        await _server.Model("mm-key-m");
        var user = await UserAsync("mm-key-u", "vip");

        var first = await SendAsync(user, "mm-key-m", "hello", "k-1");
        var again = await SendAsync(user, "mm-key-m", "hello", "k-1");

        Assert.Equal(first.ShouldBe(201).Text, again.ShouldBe(201).Text);
        (await SendAsync(user, "mm-key-m", "other", "k-1")).ShouldRefuse(422, "IDEMPOTENCY_KEY_REUSED");
        (await SendAsync(user, "mm-key-m", "hello", new string('k', 256))).ShouldRefuse(
            400,
            "IDEMPOTENCY_KEY_REQUIRED"
        );
        Assert.NotEqual(first["message_id"], (await SendAsync(user, "mm-key-m", "hello"))["message_id"]);
    }

    [Fact, Trait("Spec", "MM-1")]
    public async Task Who_may_send_what_to_whom_is_checked()
    {
        var model = await _server.Model("mm-who-m");
        var user = await UserAsync("mm-who-u", "vip");

        (await SendAsync(user, "nobody", "hello")).ShouldRefuse(404, "MODEL_NOT_FOUND");
        (await SendAsync(user, "no.body", "hello")).ShouldRefuse(404, "MODEL_NOT_FOUND");
        var early = """{"message_type":"private_custom","user_id":"mm-who-u","content":"psst"}""";
        (await model.Post("/mood-message/send", early)).ShouldRefuse(404, "CONVERSATION_NOT_FOUND");
        var id = (await SendAsync(user, "mm-who-m", "hello"))["message_id"];
        await StatusAsync(user, id, "delivered");
        (await model.Post("/mood-message/send", early)).ShouldBe(201);
        (await user.Post("/api/v1/conversations/mm-who-m/block")).ShouldBe(200);
        (await SendAsync(user, "mm-who-m", "hello")).ShouldRefuse(403, "CONVERSATION_BLOCKED");
        (await model.Post("/mood-message/send", early)).ShouldRefuse(403, "CONVERSATION_BLOCKED");

        var other = await UserAsync("mm-who-v", "vip");
        (await other.Get($"/mood-message/{id}/status")).ShouldRefuse(404, "MOOD_MESSAGE_NOT_FOUND");
        (await other.Send(HttpMethod.Patch, $"/mood-message/{id}/read")).ShouldRefuse(404, "MOOD_MESSAGE_NOT_FOUND");
        (await user.Send(HttpMethod.Patch, $"/mood-message/{id}/read")).ShouldRefuse(403, "FORBIDDEN");
        (await user.Get("/mood-message/nothing/status")).ShouldRefuse(404, "MOOD_MESSAGE_NOT_FOUND");
        var seen = await _server.As("admin", "root").Get($"/mood-message/{id}/status");
        Assert.Equal(("delivered", ""), (seen.ShouldBe(200)["status"], seen["content"]));
    }

    [Theory, Trait("Spec", "SE-1")]
    [InlineData("{}")]
    [InlineData("""{"message_type":"love","model_id":"mm-junk-m","content":"x"}""")]
    [InlineData("""{"message_type":7,"model_id":"mm-junk-m","content":"x"}""")]
    [InlineData("""{"message_type":"public_micro","model_id":"mm-junk-m","content":"x"}""")]
    [InlineData("""{"message_type":"escalation_auto","model_id":"mm-junk-m","content":"x"}""")]
    [InlineData("""{"message_type":"private_custom","content":"x"}""")]
    [InlineData("""{"message_type":"private_custom","model_id":["mm-junk-m"],"content":"x"}""")]
    [InlineData("""{"message_type":"private_custom","model_id":"mm-junk-m","user_id":"somebody","content":"x"}""")]
    [InlineData("""{"message_type":"private_custom","model_id":"mm-junk-m"}""")]
    [InlineData("""{"message_type":"private_custom","model_id":"mm-junk-m","content":"   "}""")]
    [InlineData("""{"message_type":"private_custom","model_id":"mm-junk-m","content":5}""")]
    [InlineData("""{"message_type":"private_custom","model_id":"mm-junk-m","template_id":"t"}""")]
    public async Task A_message_that_is_none_is_refused(string body)
    {
        await _server.Model("mm-junk-m");
        var user = await UserAsync("mm-junk-u", "vip");

        (await user.Post("/mood-message/send", body)).ShouldRefuse(400, "INVALID_MOOD_MESSAGE");
    }

    [Fact, Trait("Spec", "MM-1")]
    public async Task History_lists_what_was_sent_and_received_by_pages_and_filters()
    {
        var model = await _server.Model("mm-list-m");
        var user = await UserAsync("mm-list-u", "vip");
        string[] texts = ["I am so happy today!", "I am so sad and lonely", "I am so happy today!"];
        foreach (var text in texts)
        {
            await StatusAsync(user, (await SendAsync(user, "mm-list-m", text))["message_id"], "delivered");
        }

        foreach (var client in (ApiClient[])[user, model])
        {
            var all = await HistoryAsync(client, "?limit=2", 3);
            Assert.Equal(["messages", "total", "limit", "offset", "has_more", "next"], all.Members);
            Assert.Equal([texts[2], texts[1]], Contents(all));
            var rest = await HistoryAsync(client, $"?limit=2&cursor={all["next"]}", 3);
            Assert.Equal([texts[0]], Contents(rest));
            Assert.Equal("False", rest["has_more"]);
            Assert.Equal([texts[0]], Contents(await HistoryAsync(client, "?offset=2", 3)));
            Assert.Equal([texts[1]], Contents(await HistoryAsync(client, "?detected_mood=sad", 1)));
            Assert.Empty(Contents(await HistoryAsync(client, "?message_type=public_micro", 0)));
            Assert.Equal(
                2,
                Contents(await HistoryAsync(client, "?message_type=private_custom&detected_mood=happy", 2)).Length
            );
        }
        string[] wrong = ["message_type=x", "detected_mood=glad", "offset=1001", "cursor=x", "cursor=5&offset=1"];
        foreach (var query in wrong)
        {
            (await user.Get($"/mood-message/history?{query}")).ShouldRefuse(400, "INVALID_MOOD_MESSAGE_QUERY");
        }
        (await user.Get("/mood-message/history?limit=101")).ShouldRefuse(400, "INVALID_PAGE");
    }

    [Fact, Trait("Spec", "MM-4")]
    public async Task Analytics_sum_up_the_days_of_a_range()
    {
        await using var server = await ApiServer.Start();
        await server.Model("ana");
        var admin = server.As("admin", "root");
        await admin.Put("/api/v1/admin/users/bo", """{"membership":"vip"}""");
        var user = server.As("user", "bo");
        string[] texts = ["I am so happy today!", "I am so sad and lonely", "I am so happy today!"];
        foreach (var text in texts)
        {
            (await SendAsync(user, "ana", text)).ShouldBe(201);
        }
        await admin.Put("/api/v1/admin/users/bo", """{"membership":"free"}""");
        (await SendAsync(user, "ana", "still on its way")).ShouldBe(201);

        var report = await Eventually.GetAsync(
            async () => (await admin.Get("/mood-message/analytics")).ShouldBe(200),
            static found =>
                found.Json.GetProperty("by_status").GetProperty("delivered").GetInt64() == 3
                && found["total_messages"] == "4"
        );

        Assert.Equal(
            ["from", "to", "total_messages", "by_type", "by_mood", "by_tier", "by_status", "delivery_success_rate"],
            report.Members
        );
        Assert.Equal("""{"public_micro":0,"private_custom":4,"escalation_auto":0}""", report["by_type"]);
        Assert.Equal("""{"free":1,"basic":0,"premium":0,"vip":3}""", report["by_tier"]);
        Assert.Equal("""{"pending":1,"sent":0,"delivered":3,"read":0,"failed":0}""", report["by_status"]);
        Assert.Equal(
            (2, 1, 1),
            (
                report.Json.GetProperty("by_mood").GetProperty("happy").GetInt32(),
                report.Json.GetProperty("by_mood").GetProperty("sad").GetInt32(),
                report.Json.GetProperty("delivery_success_rate").GetInt32()
            )
        );
        var before = await admin.Get("/mood-message/analytics?from=2026-01-01&to=2026-01-31");
        Assert.Equal("0", before.ShouldBe(200)["total_messages"]);
        foreach (
            var query in (string[])["from=2026-02-02&to=2026-02-01", "from=yesterday", "from=2020-01-01&to=2026-01-01"]
        )
        {
            (await admin.Get($"/mood-message/analytics?{query}")).ShouldRefuse(400, "INVALID_DATE_RANGE");
        }
    }

    private async Task<ApiClient> UserAsync(string id, string membership)
    {
        var set = await _server
            .As("admin", "root")
            .Put($"/api/v1/admin/users/{id}", $$"""{"membership":"{{membership}}"}""");
        set.ShouldBe(200);
        return _server.As("user", id);
    }

    private static Task<Answer> SendAsync(ApiClient client, string model, string content, string? key = null) =>
        client.Send(
            HttpMethod.Post,
            "/mood-message/send",
            JsonSerializer.Serialize(
                new
                {
                    message_type = "private_custom",
                    model_id = model,
                    content,
                }
            ),
            change: request =>
            {
                if (key is not null)
                {
                    request.Headers.Add("Idempotency-Key", key);
                }
            }
        );

    private static Task<Answer> StatusAsync(ApiClient client, string? id, string status) =>
        Eventually.GetAsync(
            async () => (await client.Get($"/mood-message/{id}/status")).ShouldBe(200),
            found => found["status"] == status
        );

    // It follows the messages within moments.
    private static Task<Answer> HistoryAsync(ApiClient client, string query, int total) =>
        Eventually.GetAsync(
            async () => (await client.Get($"/mood-message/history{query}")).ShouldBe(200),
            found => found["total"] == $"{total}"
        );

    private static string[] Contents(Answer page) =>
        [
            .. page
                .Json.GetProperty("messages")
                .EnumerateArray()
                .Select(static one => one.GetProperty("content").GetString()!),
        ];
}
