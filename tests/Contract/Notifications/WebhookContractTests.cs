using System.Text.Json;
using Actors.Contract.Tests.Server;
using Actors.GrainInterfaces.Notifications.Webhooks;
using Actors.TestKit;

namespace Actors.Contract.Tests.Notifications;

[Trait("Spec", "NO-2")]
public sealed class WebhookContractTests(SharedServer shared)
{
    private const string Webhooks = "/api/v1/admin/webhooks";
    private const string Valid = """{"url":"https://hooks.example.com/a","eventTypes":["mood_changed"]}""";

    private readonly ApiServer _server = shared.Server;

    private ApiClient Admin => _server.As("admin", "root");

    [Fact]
    public async Task A_webhook_is_created_listed_changed_and_removed()
    {
        var created = (await Admin.Put($"{Webhooks}/life", Valid)).ShouldBe(200);
        Assert.True(WebhookSecret.IsValid(created["secret"]!), created["secret"]);

        var shown = (await Admin.Get($"{Webhooks}/life")).ShouldBe(200);
        Assert.Equal(
            ["id", "url", "eventTypes", "status", "createdAt", "updatedAt", "pending", "delivered", "deadLettered"],
            shown.Members
        );
        Assert.Equal(("life", "active"), (shown["id"], shown["status"]));
        Assert.Contains("life", await ListedAsync());
        var changed = Valid.Replace("/a", "/b", StringComparison.Ordinal);
        Assert.Equal(
            "https://hooks.example.com/b",
            (await Admin.Put($"{Webhooks}/life", changed)).ShouldBe(200)["url"]
        );

        Assert.Equal(
            """{"id":"life","removed":true}""",
            (await Admin.Send(HttpMethod.Delete, $"{Webhooks}/life")).ShouldBe(200).Text
        );
        (await Admin.Get($"{Webhooks}/life")).ShouldRefuse(404, "WEBHOOK_NOT_FOUND");
        Assert.DoesNotContain("life", await ListedAsync());
    }

    [Fact]
    public async Task A_secret_is_shown_only_once_and_only_when_it_was_made_here()
    {
        const string Own = """
            {"url":"https://hooks.example.com/a","eventTypes":["mood_changed"],"secret":"whsec_MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY="}
            """;

        Assert.DoesNotContain(
            "secret",
            (await Admin.Put($"{Webhooks}/own", Own)).ShouldBe(200).Text,
            StringComparison.Ordinal
        );
        var made = (await Admin.Put($"{Webhooks}/made", Valid)).ShouldBe(200)["secret"]!;

        Assert.DoesNotContain(
            made,
            (await Admin.Put($"{Webhooks}/made", Valid)).ShouldBe(200).Text,
            StringComparison.Ordinal
        );
        Assert.DoesNotContain("secret\"", (await Admin.Get(Webhooks)).ShouldBe(200).Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"url":"http://hooks.example.com/","eventTypes":["mood_changed"]}""")]
    [InlineData("""{"url":"https://127.0.0.1/","eventTypes":["mood_changed"]}""")]
    [InlineData("""{"url":"https://169.254.169.254/latest/meta-data","eventTypes":["mood_changed"]}""")]
    [InlineData("""{"url":7,"eventTypes":["mood_changed"]}""")]
    [InlineData("""{"url":"https://hooks.example.com/"}""")]
    [InlineData("""{"url":"https://hooks.example.com/","eventTypes":[]}""")]
    [InlineData("""{"url":"https://hooks.example.com/","eventTypes":[null]}""")]
    [InlineData("""{"url":"https://hooks.example.com/","eventTypes":["purchase"]}""")]
    [InlineData("""{"url":"https://hooks.example.com/","eventTypes":["mood_changed"],"secret":"short"}""")]
    public async Task A_webhook_outside_the_rules_is_refused_and_not_created(string body)
    {
        (await Admin.Put($"{Webhooks}/refused", body)).ShouldRefuse(400, "INVALID_WEBHOOK");
        (await Admin.Get($"{Webhooks}/refused")).ShouldRefuse(404, "WEBHOOK_NOT_FOUND");
    }

    [Fact]
    public async Task Only_admins_may_touch_webhooks_and_unknown_ones_are_not_found()
    {
        foreach (var role in new[] { "user", "model", "service" })
        {
            (await _server.As(role).Get(Webhooks)).ShouldRefuse(403, "FORBIDDEN");
            (await _server.As(role).Put($"{Webhooks}/mine", Valid)).ShouldRefuse(403, "FORBIDDEN");
        }
        (await Admin.Post($"{Webhooks}/nowhere/test")).ShouldRefuse(404, "WEBHOOK_NOT_FOUND");
        (await Admin.Get($"{Webhooks}/nowhere/deliveries")).ShouldRefuse(404, "WEBHOOK_NOT_FOUND");
        (await Admin.Get($"{Webhooks}/no.such.id")).ShouldRefuse(404, "WEBHOOK_NOT_FOUND");
        (await Admin.Put($"{Webhooks}/known", Valid)).ShouldBe(200);
        (await Admin.Post($"{Webhooks}/known/deliveries/1/redeliver")).ShouldRefuse(404, "DELIVERY_NOT_FOUND");
        (await Admin.Post($"{Webhooks}/known/deliveries/x/redeliver")).ShouldRefuse(404, "DELIVERY_NOT_FOUND");
    }

    [Fact]
    [Trait("Spec", "MO-9")]
    public async Task A_mood_change_reaches_a_real_app_signed_and_with_exactly_the_agreed_fields()
    {
        await using var app = await HookServer.StartAsync();
        await using var server = await ApiServer.Start(["--Webhooks:AllowInsecure=true"]);
        var admin = server.As("admin", "root");
        var body =
            $$"""{"url":"{{app.Url}}","eventTypes":["mood_changed"],"secret":"whsec_MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY="}""";
        (await admin.Put($"{Webhooks}/crm", body)).ShouldBe(200);
        (await admin.Post($"{Webhooks}/crm/test")).ShouldBe(200);
        var model = await server.Model("ana");

        // The subscription travels for a moment; once the first change arrives, every later one does.
        await Eventually.TrueAsync(async () =>
        {
            await OverrideAsync(admin, "positive");
            await OverrideAsync(admin, "neutral");
            return app.Requests.Count > 1;
        });
        await SetAsync(model, "negative");
        await Eventually.TrueAsync(() =>
            app.Requests.Any(static one => one.Body.Contains("\"negative\"", StringComparison.Ordinal))
        );

        var request = app.Requests.First(static one => one.Body.Contains("\"negative\"", StringComparison.Ordinal));
        request.Verify("whsec_MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=");
        var sent = JsonDocument.Parse(request.Body).RootElement;
        Assert.Equal(
            ["eventType", "modelId", "previousState", "newState", "timestamp"],
            sent.EnumerateObject().Select(static member => member.Name)
        );
        Assert.Equal(
            ("mood_changed", "ana", "neutral", "negative"),
            (Text(sent, "eventType"), Text(sent, "modelId"), Text(sent, "previousState"), Text(sent, "newState"))
        );
        Assert.Equal(app.Requests.Count, app.Requests.Select(static one => one.EventId).Distinct().Count());
        await AssertDeliveredAsync(admin, request.EventId);
    }

    [Fact]
    public async Task A_failing_app_shows_in_the_deliveries_and_a_410_disables_the_webhook()
    {
        await using var app = await HookServer.StartAsync();
        await using var server = await ApiServer.Start(["--Webhooks:AllowInsecure=true"]);
        var admin = server.As("admin", "root");
        app.Answer = static (_, http) => HookServer.Status(http, 503);
        (await admin.Put($"{Webhooks}/app", $$"""{"url":"{{app.Url}}","eventTypes":["mood_changed"]}""")).ShouldBe(200);

        var queued = (await admin.Post($"{Webhooks}/app/test")).ShouldBe(200);
        var failed = await Eventually.GetAsync(
            async () => (await admin.Get($"{Webhooks}/app/deliveries")).Json.GetProperty("deliveries")[0],
            static delivery => Text(delivery, "lastError") is not null
        );
        Assert.Equal(
            [
                "deliveryId",
                "eventId",
                "eventType",
                "status",
                "attempts",
                "queuedAt",
                "lastAttemptAt",
                "nextAttemptAt",
                "statusCode",
                "lastError",
            ],
            failed.EnumerateObject().Select(static member => member.Name)
        );
        Assert.Equal((queued["eventId"], "pending"), (Text(failed, "eventId"), Text(failed, "status")));
        Assert.Equal(
            (1, 503),
            (failed.GetProperty("attempts").GetInt32(), failed.GetProperty("statusCode").GetInt32())
        );

        app.Answer = static (_, http) => HookServer.Status(http, 410);
        (await admin.Post($"{Webhooks}/app/test")).ShouldBe(200);
        await Eventually.TrueAsync(async () => (await admin.Get($"{Webhooks}/app"))["status"] == "disabled");
        (await admin.Post($"{Webhooks}/app/test")).ShouldRefuse(409, "WEBHOOK_DISABLED");
        (await admin.Post($"{Webhooks}/app/deliveries/1/redeliver")).ShouldRefuse(409, "WEBHOOK_DISABLED");
    }

    [Fact]
    public async Task The_hundred_and_first_webhook_is_refused()
    {
        await using var server = await ApiServer.Start();
        var admin = server.As("admin", "root");
        for (var number = 1; number <= 100; number++)
        {
            (await admin.Put($"{Webhooks}/hook-{number}", Valid)).ShouldBe(200);
        }

        (await admin.Put($"{Webhooks}/hook-101", Valid)).ShouldRefuse(409, "TOO_MANY_WEBHOOKS");
    }

    private static async Task AssertDeliveredAsync(ApiClient admin, string eventId) =>
        await Eventually.TrueAsync(async () =>
            (await admin.Get($"{Webhooks}/crm/deliveries"))
                .Json.GetProperty("deliveries")
                .EnumerateArray()
                .Any(delivery => Text(delivery, "eventId") == eventId && Text(delivery, "status") == "delivered")
        );

    private static async Task SetAsync(ApiClient model, string state) =>
        (await model.Post("/api/v1/mood/update", $$"""{"moodState":"{{state}}"}""")).ShouldBe(200);

    /// <summary>Overrides count against no limit.</summary>
    private static async Task OverrideAsync(ApiClient admin, string state)
    {
        var body = $$"""{"moodState":"{{state}}","reason":"Trying the app out"}""";
        (await admin.Post("/api/v1/admin/mood/ana/update", body)).ShouldBe(200);
    }

    private async Task<IEnumerable<string?>> ListedAsync() =>
        (await Admin.Get(Webhooks))
            .ShouldBe(200)
            .Json.GetProperty("webhooks")
            .EnumerateArray()
            .Select(static webhook => Text(webhook, "id"));

    private static string? Text(JsonElement element, string member) => element.GetProperty(member).GetString();
}
