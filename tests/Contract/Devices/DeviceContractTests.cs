using Actors.Contract.Tests.Server;
using Actors.GrainInterfaces.Devices;
using Actors.GrainInterfaces.Durability;
using Actors.GrainInterfaces.Ledger;
using Actors.GrainInterfaces.Menus;
using Actors.TestKit;

namespace Actors.Contract.Tests.Devices;

[Trait("Spec", "PM-11")]
public sealed class DeviceContractTests(SharedServer shared)
{
    private const string Devices = "/api/v1/devices";

    [Fact]
    public async Task The_sandbox_is_paired_and_shows_what_it_was_told()
    {
        var model = await shared.Server.Model("device-sandbox");
        var at = TimeProvider.System.GetUtcNow();
        var purchase = PurchaseId.Of(1, 2);
        await Device("device-sandbox")
            .Activate(
                new Delivery("purchaser/bo", 1),
                new DeviceOrder(purchase, "bo", new DeviceActivation(0, 15, 12, "wave"), at)
            );

        var answer = await Eventually.GetAsync(
            async () => (await model.Get(Devices)).ShouldBe(200),
            static one => one.Json.GetProperty("recent").GetArrayLength() == 1
        );
        Assert.Equal(["modelId", "service", "paired", "devices", "recent"], answer.Members);
        Assert.Equal(("device-sandbox", "sandbox", "True"), (answer["modelId"], answer["service"], answer["paired"]));
        var recent = answer.Json.GetProperty("recent")[0];
        Assert.Equal(
            ["purchaseId", "timingOffset", "duration", "intensity", "pattern", "at", "failure"],
            recent.EnumerateObject().Select(static one => one.Name)
        );
        Assert.Equal(purchase.ToString(), recent.GetProperty("purchaseId").GetString());
        Assert.Equal("wave", recent.GetProperty("pattern").GetString());
        var same = await shared.Server.As("admin", "root").Get("/api/v1/admin/devices/device-sandbox");
        Assert.Equal(answer.Text, same.ShouldBe(200).Text);
    }

    [Fact]
    public async Task The_sandbox_has_nothing_to_scan_and_believes_no_callback()
    {
        var model = await shared.Server.Model("device-scan");

        Assert.Equal("", (await model.Post($"{Devices}/pairing")).ShouldBe(200)["qrUrl"]);
        (await Callback(shared.Server, "device-scan", "")).ShouldRefuse(403, "DEVICE_PAIRING_REFUSED");
    }

    [Fact]
    public async Task A_model_that_is_not_registered_pairs_nothing_and_has_no_device()
    {
        (await shared.Server.As("model", "device-none").Post($"{Devices}/pairing")).ShouldRefuse(
            404,
            "MODEL_NOT_FOUND"
        );
        var admin = shared.Server.As("admin", "root");
        (await admin.Get("/api/v1/admin/devices/device-none")).ShouldRefuse(404, "MODEL_NOT_FOUND");
        (await admin.Get("/api/v1/admin/devices/no%20id")).ShouldRefuse(404, "MODEL_NOT_FOUND");
    }

    [Fact]
    public async Task A_model_scans_a_code_and_the_app_says_what_she_has()
    {
        await using var service = await LovenseServer.StartAsync();
        await using var server = await ApiServer.Start(SettingsFor(service));
        var model = await server.Model("mia");
        Assert.Equal("False", (await model.Get(Devices)).ShouldBe(200)["paired"]);

        var pairing = (await model.Post($"{Devices}/pairing")).ShouldBe(200);
        Assert.Equal(["qrUrl", "code", "expiresAt"], pairing.Members);
        Assert.Equal("https://service.example/qr/1.jpg", pairing["qrUrl"]);
        Assert.DoesNotContain(LovenseServer.Token, pairing.Text, StringComparison.Ordinal);
        var token = service.Requests[0]["utoken"]!;

        Assert.Equal("""{"received":true}""", (await Callback(server, "mia", token)).ShouldBe(200).Text);
        var device = (await model.Get(Devices)).ShouldBe(200);
        Assert.Equal(
            """[{"deviceId":"f1","name":"my lush","online":true},{"deviceId":"f2","name":"nora","online":false}]""",
            device.Json.GetProperty("devices").GetRawText()
        );
        Assert.Equal(("lovense", "True"), (device["service"], device["paired"]));
        Assert.DoesNotContain(token, device.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_callback_with_another_token_another_model_or_none_is_refused()
    {
        await using var service = await LovenseServer.StartAsync();
        await using var server = await ApiServer.Start(SettingsFor(service));
        var model = await server.Model("mia");
        await model.Post($"{Devices}/pairing");
        var token = service.Requests[0]["utoken"]!;

        (await Callback(server, "ana", token)).ShouldRefuse(403, "DEVICE_PAIRING_REFUSED");
        (await Callback(server, "mia", token[1..])).ShouldRefuse(403, "DEVICE_PAIRING_REFUSED");
        (await Callback(server, "no id", token)).ShouldRefuse(403, "DEVICE_PAIRING_REFUSED");
        var callback = $"{Devices}/lovense/callback";
        var nobody = server.AsNobody();
        (await nobody.Post(callback, "{}")).ShouldRefuse(403, "DEVICE_PAIRING_REFUSED");
        (await nobody.Post(callback, """{"uid":7}""")).ShouldRefuse(400, "INVALID_REQUEST");
        (await nobody.Post(callback, """{"toys":[]}""")).ShouldRefuse(400, "INVALID_REQUEST");
        var large = $$"""{"uid":"mia","more":"{{new string('x', 70_000)}}"}""";
        (await nobody.Post(callback, large)).ShouldRefuse(413, "BODY_TOO_LARGE");
        Assert.Equal("False", (await model.Get(Devices)).ShouldBe(200)["paired"]);
    }

    [Fact]
    public async Task A_service_that_gives_no_code_is_told_apart_from_a_fault_of_ours()
    {
        await using var service = await LovenseServer.StartAsync();
        await using var server = await ApiServer.Start([.. SettingsFor(service), "--Devices:LovenseToken=wrong"]);
        var model = await server.Model("mia");

        (await model.Post($"{Devices}/pairing")).ShouldRefuse(503, "DEVICE_SERVICE_UNAVAILABLE");
    }

    [Fact]
    public async Task Switched_off_devices_take_no_callback_either()
    {
        await using var server = await ApiServer.Start();
        (await server.As("admin", "root").Put("/api/v1/admin/features/devices", """{"enabled":false}""")).ShouldBe(200);

        (await Callback(server, "mia", "x")).ShouldRefuse(404, "FEATURE_DISABLED");
        (await server.As("model", "mia").Get(Devices)).ShouldRefuse(404, "FEATURE_DISABLED");
    }

    private IDeviceGrain Device(string model) => shared.Server.Service<IGrainFactory>().GetGrain<IDeviceGrain>(model);

    private static string[] SettingsFor(LovenseServer service) =>
        [
            "--Devices:Service=lovense",
            $"--Devices:LovenseToken={LovenseServer.Token}",
            $"--Devices:LovenseAddress={service.Address}",
        ];

    private static Task<Answer> Callback(ApiServer server, string uid, string token) =>
        server
            .AsNobody()
            .Post(
                $"{Devices}/lovense/callback",
                $$"""
                {
                  "uid": "{{uid}}", "utoken": "{{token}}", "appVersion": "4.0.3", "httpPort": "34567", "version": 101,
                  "toys": {
                    "f1": { "id": "f1", "name": "lush", "nickName": "my lush", "status": 1, "battery": 80 },
                    "f2": { "id": "f2", "name": "nora", "nickName": "", "status": "0" }
                  }
                }
                """
            );
}
