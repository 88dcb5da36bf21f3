using System.Text.Json;
using Actors.Contract.Tests.Purchases;
using Actors.Contract.Tests.Server;
using Actors.GrainInterfaces.Devices;
using Actors.GrainInterfaces.Notifications.Webhooks;
using Actors.GrainInterfaces.Outcomes;
using Actors.Grains.Devices;
using Actors.TestKit;
using Microsoft.Extensions.DependencyInjection;

namespace Actors.Contract.Tests.Notifications;

/// <summary>Every event that an app can subscribe to, from the request that causes it to the app's own socket.</summary>
[Trait("Spec", "NO-2")]
public sealed class WebhookEventTests
{
    private const string Webhooks = "/api/v1/admin/webhooks";
    private const string Secret = "whsec_MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=";
    private const string Wave = """{"name":"Wave","token_value":50,"bonus_loyalty_points":30}""";
    private const string Buzz =
        """{"name":"Buzz","token_value":10,"lovense_activation":{"timing_offset":0,"duration":5,"intensity":10}}""";

    /// <summary>Those of calls, which take their time, are in the tests of bookings.</summary>
    private static readonly string[] Types =
    [
        .. WebhookEventTypes.All.Where(static type => !type.StartsWith("booking_", StringComparison.Ordinal)),
    ];

    [Fact]
    public async Task Every_event_arrives_signed_with_the_fields_that_the_guide_shows()
    {
        await using var app = await HookServer.StartAsync();
        await using var server = await ApiServer.Start(
            ["--Webhooks:AllowInsecure=true"],
            static builder => builder.Services.AddSingleton<IDevice>(new AbsentDevice())
        );
        var admin = server.As("admin", "root");
        await SubscribeAsync(admin, app, Types);
        var now = await ShopScene.Open(server, "ev-now", Wave, "OFF", 1_000);
        var queue = await ShopScene.Open(server, "ev-queue", Wave, "ON", 1_000);
        var device = await ShopScene.Open(server, "ev-device", Buzz, "OFF", 1_000);
        await InEffectAsync(app, queue);

        await BuyAndReturnAsync(now);
        await TipAndReturnAsync(now);
        await DeliverAndRejectAsync(queue);
        await TalkAsync(now);
        (await device.Buy("k")).ShouldBe(200);
        (
            await admin.Post($"/api/v1/admin/mood/{now.ModelId}/update", """{"moodState":"positive","reason":"Try"}""")
        ).ShouldBe(200);

        await Eventually.TrueAsync(() => TypesIn(app).IsSupersetOf(Types));
        var guide = GuideExamples.Read();
        foreach (var request in app.Requests)
        {
            request.Verify(Secret);
            var body = JsonDocument.Parse(request.Body).RootElement;
            var shown = GuideExamples.MembersOf(guide[GuideExamples.TypeOf(body)]).ToList();
            var sent = GuideExamples.MembersOf(body).ToList();
            Assert.Equal(shown.Where(sent.Contains), sent);
            Assert.Empty(
                shown.Except(sent).Except(["queuePosition", "reason", "message", "startedAt", "automated", "replyTo"])
            );
        }
        // Together the requests have shown every field of every example.
        foreach (var (type, example) in guide.Where(static one => Types.Contains(one.Key)))
        {
            var seen = app.Requests.Where(request => TypeOf(request) == type).SelectMany(MembersOf).ToHashSet();
            Assert.Empty(GuideExamples.MembersOf(example).Except(seen));
        }
        Assert.Equal(app.Requests.Count, app.Requests.Select(static request => request.EventId).Distinct().Count());
    }

    [Fact]
    public async Task An_app_gets_what_it_has_asked_for_and_nothing_else()
    {
        await using var app = await HookServer.StartAsync();
        await using var server = await ApiServer.Start(["--Webhooks:AllowInsecure=true"]);
        await SubscribeAsync(server.As("admin", "root"), app, ["purchase_refunded", "queue_paused"]);
        var shop = await ShopScene.Open(server, "ev-some", Wave, "OFF", 1_000);
        await InEffectAsync(app, shop);

        await BuyAndReturnAsync(shop);

        await Eventually.TrueAsync(() => TypesIn(app).Contains("purchase_refunded"));
        Assert.Subset(new HashSet<string> { "purchase_refunded", "queue_paused" }, TypesIn(app));
        var refund = app.Requests.Single(static request => TypeOf(request) == "purchase_refunded");
        var body = JsonDocument.Parse(refund.Body).RootElement;
        Assert.Equal(
            ("ev-some-u", "ev-some-m", 50, "model", "Sorry"),
            (
                body.GetProperty("userId").GetString(),
                body.GetProperty("modelId").GetString(),
                body.GetProperty("tokens").GetInt32(),
                body.GetProperty("cause").GetString(),
                body.GetProperty("reason").GetString()
            )
        );
    }

    [Fact]
    public void The_guide_shows_every_event_type_and_no_other() =>
        Assert.Equal(WebhookEventTypes.All.Order(), GuideExamples.Read().Keys.Order());

    [Fact]
    public async Task An_unknown_event_type_is_refused_and_the_known_ones_are_named()
    {
        await using var server = await ApiServer.Start();
        var admin = server.As("admin", "root");

        var refused = (
            await admin.Put(
                $"{Webhooks}/odd",
                """{"url":"https://hooks.example.com/","eventTypes":["purchase_made","purchase_lost"]}"""
            )
        ).ShouldRefuse(400, "INVALID_WEBHOOK");

        Assert.All(WebhookEventTypes.All, type => Assert.Contains(type, refused["message"]!, StringComparison.Ordinal));
    }

    private static async Task SubscribeAsync(ApiClient admin, HookServer app, IReadOnlyList<string> types)
    {
        var body = JsonSerializer.Serialize(
            new
            {
                url = app.Url,
                eventTypes = types,
                secret = Secret,
            }
        );
        (await admin.Put($"{Webhooks}/crm", body)).ShouldBe(200);
    }

    /// <summary>The subscription travels for a moment; once a pause arrives, it has.</summary>
    private static Task InEffectAsync(HookServer app, ShopScene shop) =>
        Eventually.TrueAsync(async () =>
        {
            (await shop.Model.Post($"/queue/{shop.ModelId}/pause")).ShouldBe(200);
            (await shop.Model.Post($"/queue/{shop.ModelId}/resume")).ShouldBe(200);
            return TypesIn(app).Contains("queue_paused");
        });

    private static async Task BuyAndReturnAsync(ShopScene shop)
    {
        var id = (await shop.Buy("k")).ShouldBe(200)["purchase_id"];
        var refund = """{"reason":"Sorry","idempotency_key":"r"}""";
        (await shop.Model.Post($"/menu/purchase/{id}/refund", refund)).ShouldBe(200);
    }

    private static async Task TipAndReturnAsync(ShopScene shop)
    {
        var tip = $$"""{"modelId":"{{shop.ModelId}}","tokens":25,"message":"Great","idempotency_key":"t"}""";
        var id = (await shop.User.Post("/api/v1/tips", tip)).ShouldBe(200)["tipId"];
        var back = """{"reason":"By mistake","idempotency_key":"b"}""";
        (await shop.Admin.Post($"/api/v1/tips/{id}/refund", back)).ShouldBe(200);
    }

    private static async Task DeliverAndRejectAsync(ShopScene shop)
    {
        foreach (var (key, end) in new[] { ("k1", "complete"), ("k2", "reject") })
        {
            var id = (await shop.Buy(key)).ShouldBe(200)["purchase_id"];
            var entry = $"/queue/{shop.ModelId}/{id}";
            await Eventually.TrueAsync(async () => (await shop.Model.Post($"{entry}/start")).Status == 200);
            var command = $$"""{"reason":"Not today","idempotency_key":"{{end}}"}""";
            var completion = $$"""{"deliver_percent":60,"idempotency_key":"{{end}}"}""";
            (await shop.Model.Post($"{entry}/{end}", end == "complete" ? completion : command)).ShouldBe(200);
        }
    }

    /// <summary>She is greeted for, answers, and reads.</summary>
    private static async Task TalkAsync(ShopScene shop)
    {
        var body = """{"content":"hello"}""";
        var sent = (await shop.User.Post($"/api/v1/conversations/{shop.ModelId}/messages", body)).ShouldBe(201);
        await Eventually.TrueAsync(async () =>
            (await shop.User.Get($"/api/v1/conversations/{shop.ModelId}/messages")).Text.Contains(
                "greeting",
                StringComparison.Ordinal
            )
        );
        var peer = $"/api/v1/conversations/{sent["userId"]}/messages";
        var answer = $$"""{"content":"hi","replyTo":"{{sent["id"]}}"}""";
        (await shop.Model.Post(peer, answer)).ShouldBe(201);
        (await shop.Model.Put(peer, $$"""{"messageIds":["{{sent["id"]}}"]}""")).ShouldBe(200);
    }

    private static HashSet<string> TypesIn(HookServer app) => [.. app.Requests.Select(TypeOf)];

    private static string TypeOf(HookRequest request) =>
        GuideExamples.TypeOf(JsonDocument.Parse(request.Body).RootElement);

    private static IEnumerable<string> MembersOf(HookRequest request) =>
        GuideExamples.MembersOf(JsonDocument.Parse(request.Body).RootElement);

    /// <summary>A device that is never there.</summary>
    private sealed class AbsentDevice : IDevice
    {
        public string Service => "absent";

        public bool IsAlwaysPaired => true;

        public Task<Outcome<DevicePairing>> PairAsync(string modelId, string displayName) =>
            Task.FromResult<Outcome<DevicePairing>>(DeviceRefusals.PairingRefused);

        public bool IsOurs(string modelId, string token) => false;

        public Task<string?> CommandAsync(DeviceCommand command) => Task.FromResult<string?>("The app is offline.");
    }
}
