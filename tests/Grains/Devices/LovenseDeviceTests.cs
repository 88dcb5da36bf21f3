using System.Net;
using System.Net.Sockets;
using Actors.GrainInterfaces.Devices;
using Actors.GrainInterfaces.Menus;
using Actors.Grains.Devices;
using Actors.Grains.Devices.Lovense;
using Actors.TestKit;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging.Abstractions;

namespace Actors.Grains.Tests.Devices;

[Trait("Spec", "PM-11")]
public sealed class LovenseDeviceTests : IAsyncLifetime
{
    private LovenseServer _service = null!;
    private LovenseDevice _device = null!;

    public async ValueTask InitializeAsync()
    {
        _service = await LovenseServer.StartAsync();
        _service.Connect("mia");
        _device = Device(Options());
    }

    public ValueTask DisposeAsync()
    {
        _device.Dispose();
        return _service.DisposeAsync();
    }

    [Fact]
    public async Task An_even_intensity_is_a_function_for_its_time_that_ends_nobody_elses()
    {
        Assert.Null(await RunAsync(new DeviceActivation(0, 15, 16, null)));

        var request = Assert.Single(_service.Requests);
        Assert.Equal(("/api/lan/v2/command", "application/json"), (request.Path, request.ContentType));
        Assert.Equal(
            ("Function", "Vibrate:16", "15", "0", "1"),
            (request["command"], request["action"], request["timeSec"], request["stopPrevious"], request["apiVer"])
        );
        Assert.Equal(("mia", LovenseServer.Token), (request["uid"], request["token"]));
        Assert.False(request.Body.ContainsKey("toy") || request.Body.ContainsKey("name"));
    }

    [Theory]
    [InlineData("pulse")]
    [InlineData("wave")]
    [InlineData("fireworks")]
    [InlineData("earthquake")]
    public async Task A_pattern_is_a_preset(string pattern)
    {
        Assert.Null(await RunAsync(new DeviceActivation(0, 30, 0, pattern)));

        var request = Assert.Single(_service.Requests);
        Assert.Equal(
            ("Preset", pattern, "30", "0", "1"),
            (request["command"], request["name"], request["timeSec"], request["stopPrevious"], request["apiVer"])
        );
        Assert.False(request.Body.ContainsKey("action"));
    }

    [Theory]
    [InlineData("pulse", 16, "16;0")]
    [InlineData("wave", 20, "2;6;10;15;20;15;10;6")]
    [InlineData("earthquake", 1, "1;1;1;1;1;1;1;1")]
    public async Task A_pattern_with_an_intensity_is_as_strong_as_was_bought(
        string pattern,
        int intensity,
        string steps
    )
    {
        Assert.Null(await RunAsync(new DeviceActivation(0, 30, intensity, pattern)));

        var request = Assert.Single(_service.Requests);
        Assert.Equal(
            ("Pattern", "V:1;F:v;S:500#", steps, "30", "0"),
            (request["command"], request["rule"], request["strength"], request["timeSec"], request["stopPrevious"])
        );
        Assert.False(request.Body.ContainsKey("name") || request.Body.ContainsKey("action"));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(1)]
    public async Task A_time_that_would_never_end_or_be_refused_is_never_sent(int duration)
    {
        Assert.Null(await RunAsync(new DeviceActivation(0, duration, 5, null)));
        Assert.Null(await RunAsync(new DeviceActivation(0, duration, 5, "wave")));

        Assert.All(_service.Requests, static request => Assert.Equal("2", request["timeSec"]));
    }

    [Fact]
    public async Task Nothing_that_would_silence_another_purchase_is_sent()
    {
        Assert.Null(await RunAsync(new DeviceActivation(0, 10, 0, null)));
        Assert.Empty(_service.Requests);
    }

    [Theory]
    [InlineData("Vibrate", 20, "Vibrate:20")]
    [InlineData("Vibrate", 99, "Vibrate:20")]
    [InlineData("Pump", 20, "Pump:3")]
    [InlineData("Pump", 10, "Pump:2")]
    [InlineData("Pump", 1, "Pump:1")]
    [InlineData("Pump, Rotate", 13, "Rotate:13,Pump:2")]
    public async Task Each_function_has_a_range_of_its_own(string functions, int intensity, string action)
    {
        using var device = Device(Options() with { LovenseFunctions = functions });

        Assert.Null(await device.CommandAsync(Command(new DeviceActivation(0, 5, intensity, null))));
        Assert.Equal(action, Assert.Single(_service.Requests)["action"]);
    }

    [Fact]
    public async Task Every_code_of_the_service_is_a_failure_in_our_words()
    {
        using var stranger = Device(Options() with { LovenseToken = "another" });
        Assert.Contains("token", await stranger.CommandAsync(Command(Orders.Gentle)), StringComparison.Ordinal);
        _service.Connect("mia", online: false);
        Assert.Contains("offline", await RunAsync(Orders.Gentle), StringComparison.Ordinal);
        Assert.Contains("no device is paired", await RunAsync(Orders.Gentle, "ana"), StringComparison.Ordinal);
        Assert.Contains("value", await RunAsync(Orders.Gentle with { Pattern = "storm" }), StringComparison.Ordinal);
        foreach (var code in new[] { 400, 502, 599 })
        {
            _service.Trouble = http =>
                http.Response.WriteAsync($$"""{"result":false,"code":{{code}},"message":"no"}""");
            Assert.NotNull(await RunAsync(Orders.Gentle));
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("<html>")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"code":"x"}""")]
    [InlineData("""{"code":0,"result":true}""")]
    [InlineData("""{"code":200,"result":false}""")]
    [InlineData("""{"result":true}""")]
    public async Task An_answer_that_does_not_say_yes_is_a_failure(string answer)
    {
        _service.Trouble = http => http.Response.WriteAsync(answer);

        Assert.NotNull(await RunAsync(Orders.Gentle));
        Assert.Equal(DeviceRefusals.DeviceServiceUnavailable, (await _device.PairAsync("mia", "Mia")).Refusal);
    }

    [Theory]
    [InlineData(301)]
    [InlineData(401)]
    [InlineData(429)]
    [InlineData(500)]
    public async Task A_status_other_than_success_is_a_failure_and_no_redirect_is_followed(int status)
    {
        _service.Trouble = http =>
        {
            http.Response.StatusCode = status;
            http.Response.Headers.Location = "/api/lan/v2/command";
            return http.Response.WriteAsync("""{"result":true,"code":200}""");
        };

        Assert.Contains($"{status}", await RunAsync(Orders.Gentle), StringComparison.Ordinal);
        Assert.Single(_service.Requests);
    }

    [Fact]
    public async Task An_answer_that_does_not_end_is_a_failure_and_fills_no_memory()
    {
        _service.Trouble = http => http.Response.WriteAsync(new string(' ', 200_000));

        Assert.NotNull(await RunAsync(Orders.Gentle));
    }

    [Fact]
    public async Task A_service_that_is_silent_or_gone_is_a_failure_in_time()
    {
        using var hasty = Device(Options() with { TimeoutSeconds = 0.2 });
        _service.Trouble = static http => new TaskCompletionSource().Task.WaitAsync(http.RequestAborted);
        Assert.Contains("in time", await hasty.CommandAsync(Command(Orders.Gentle)), StringComparison.Ordinal);

        _service.Trouble = static http =>
        {
            http.Abort();
            return Task.CompletedTask;
        };
        Assert.Contains("not known", await RunAsync(Orders.Gentle), StringComparison.Ordinal);

        using var lost = Device(Options() with { LovenseAddress = Nowhere() });
        Assert.Contains("reached", await lost.CommandAsync(Command(Orders.Gentle)), StringComparison.Ordinal);
        Assert.NotNull((await lost.PairAsync("mia", "Mia")).Refusal);
    }

    [Fact]
    public async Task A_pairing_asks_for_a_code_with_a_token_by_which_the_callback_is_known()
    {
        var pairing = (await _device.PairAsync("mia", "Mia ñ")).Value!;

        Assert.Equal(("https://service.example/qr/1.jpg", "abc123"), (pairing.QrUrl, pairing.Code));
        Assert.InRange(pairing.ExpiresAt, DateTimeOffset.UnixEpoch.AddHours(4), DateTimeOffset.MaxValue);
        var request = Assert.Single(_service.Requests);
        Assert.Equal("/api/lan/getQrCode", request.Path);
        Assert.Equal(
            ("mia", "Mia ñ", "2", LovenseServer.Token),
            (request["uid"], request["uname"], request["v"], request["token"])
        );
        var token = request["utoken"]!;
        Assert.True(_device.IsOurs("mia", token));
        Assert.False(_device.IsOurs("ana", token));
        Assert.False(_device.IsOurs("mia", token[..^1]));
        Assert.False(_device.IsOurs("mia", token.ToUpperInvariant()));
        Assert.False(_device.IsOurs("mia", ""));
    }

    [Fact]
    public async Task A_pairing_outlives_the_developer_token_when_it_has_a_secret_of_its_own()
    {
        using var before = Device(Options() with { PairingSecret = "a secret of its own" });
        using var after = Device(Options() with { PairingSecret = "a secret of its own", LovenseToken = "replaced" });
        await before.PairAsync("mia", "Mia");

        var token = _service.Requests[0]["utoken"]!;
        Assert.True(after.IsOurs("mia", token));
        Assert.False(_device.IsOurs("mia", token));
    }

    [Theory]
    [InlineData("http://service.example/qr.jpg")]
    [InlineData("javascript:alert(1)")]
    [InlineData("/qr.jpg")]
    public async Task A_code_that_is_not_at_an_https_address_is_not_passed_on(string url)
    {
        _service.Trouble = http =>
            http.Response.WriteAsync($$$"""{"code":0,"result":true,"data":{"qr":"{{{url}}}","code":"a"}}""");

        Assert.Equal(DeviceRefusals.DeviceServiceUnavailable, (await _device.PairAsync("mia", "Mia")).Refusal);
    }

    [Fact]
    public void Neither_settings_nor_requests_show_a_secret_when_they_are_printed()
    {
        var command = new LovenseCommand("hush", "mia", "Function", "Vibrate:1", null, null, null, 2, 0, 1);
        var pairing = new LovensePairing("hush", "mia", "Mia", "hush", 2);
        var options = new DeviceOptions { LovenseToken = "hush", PairingSecret = "hush" };

        Assert.All(
            new object[] { command, pairing, options },
            static printed => Assert.DoesNotContain("hush", printed.ToString(), StringComparison.Ordinal)
        );
    }

    private Task<string?> RunAsync(DeviceActivation activation, string model = "mia") =>
        _device.CommandAsync(Command(activation) with { ModelId = model });

    private static DeviceCommand Command(DeviceActivation activation) => new("mia", Orders.Purchase(1), activation);

    private DeviceOptions Options() =>
        new()
        {
            Service = DeviceService.Lovense,
            LovenseToken = LovenseServer.Token,
            LovenseAddress = _service.Address,
        };

    private static LovenseDevice Device(DeviceOptions options) =>
        new(options, TimeProvider.System, NullLogger<LovenseDevice>.Instance);

    private static Uri Nowhere()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return new Uri($"http://{listener.LocalEndpoint}/");
    }
}
