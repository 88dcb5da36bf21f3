using System.Text.Json;
using Actors.Contract.Tests.Server;
using Actors.TestKit;

namespace Actors.Contract.Tests.MoodMessages;

[Trait("Spec", "MM-1"), Trait("Spec", "MM-3")]
public sealed class EscalationContractTests(SharedServer shared)
{
    private readonly ApiServer _server = shared.Server;

    [Fact]
    public async Task A_user_who_goes_on_sounding_distressed_hears_from_the_system_and_model_and_admins_are_told()
    {
        var model = await _server.Model("esc-m");
        var admin = _server.As("admin", "root");
        (await admin.Put("/api/v1/admin/users/esc-u", """{"membership":"vip"}""")).ShouldBe(200);
        var user = _server.As("user", "esc-u");
        for (var number = 0; number < 3; number++)
        {
            var body = """{"content":"I am so sad and lonely"}""";
            (await user.Post("/api/v1/conversations/esc-m/messages", body)).ShouldBe(201);
        }

        var history = await Eventually.GetAsync(
            async () => (await user.Get("/mood-message/history?message_type=escalation_auto")).ShouldBe(200),
            static found => found["total"] == "1"
        );
        var message = Assert.Single(history.Json.GetProperty("messages").EnumerateArray());
        Assert.Equal(
            ("system", "sad", "True", "delivered", "model.esc-m.esc-u"),
            (
                message.GetProperty("sender").GetString(),
                message.GetProperty("detected_mood").GetString(),
                message.GetProperty("is_automated").ToString(),
                message.GetProperty("status").GetString(),
                message.GetProperty("conversation_id").GetString()
            )
        );
        var there = await user.Get("/api/v1/conversations/esc-m/messages?search=hard time");
        Assert.Equal("system", there.Json.GetProperty("messages")[0].GetProperty("sender").GetString());
        await Eventually.TrueAsync(async () =>
            (await model.Get("/api/v1/notifications")).Text.Contains(
                "The last messages of esc-u sound sad.",
                StringComparison.Ordinal
            )
        );
        var report = await Eventually.GetAsync(
            async () => Reported(await admin.Get("/api/v1/admin/conversations/reports?limit=100")),
            static found => found is not null
        );
        Assert.Equal(
            ("system", "model.esc-m.esc-u", null, "The user's last messages sound sad."),
            (
                report!.Value.GetProperty("reportedBy").GetString(),
                report.Value.GetProperty("messageId").GetString()![..17],
                report.Value.GetProperty("content").GetString(),
                report.Value.GetProperty("reason").GetString()
            )
        );
    }

    private static JsonElement? Reported(Answer list) =>
        list.ShouldBe(200)
            .Json.GetProperty("reports")
            .EnumerateArray()
            .Where(static one => one.GetProperty("peerId").GetString() == "esc-m")
            .Cast<JsonElement?>()
            .FirstOrDefault();
}
