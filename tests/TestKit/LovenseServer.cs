using System.Collections.Concurrent;
using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Actors.TestKit;

/// <summary>
/// Stands in for Lovense's server API, on a real socket: answers with its codes, refuses what it refuses, and knows what
/// each accepted command does to the toys.
/// </summary>
public sealed partial class LovenseServer : IAsyncDisposable
{
    public const string Token = "developer/token+of=the platform";

    private static readonly Dictionary<string, int> Strongest = new()
    {
        ["Vibrate"] = 20,
        ["Rotate"] = 20,
        ["Pump"] = 3,
        ["Thrusting"] = 20,
        ["Fingering"] = 20,
        ["Suction"] = 20,
    };

    private readonly WebApplication _app;
    private readonly ConcurrentQueue<LovenseRequest> _requests = new();
    private readonly ConcurrentDictionary<string, bool> _users = new();

    private LovenseServer(WebApplication app) => _app = app;

    public Uri Address { get; private set; } = null!;

    /// <summary>Everything that was asked, accepted or not.</summary>
    public IReadOnlyList<LovenseRequest> Requests => [.. _requests];

    /// <summary>What is done instead of answering; null for the service in good order.</summary>
    public Func<HttpContext, Task>? Trouble { get; set; }

    public static async Task<LovenseServer> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(static options => options.Listen(IPAddress.Loopback, 0));
        var server = new LovenseServer(builder.Build());
        server._app.MapPost("/api/lan/getQrCode", http => server.TakeAsync(http, server.Pair));
        server._app.MapPost("/api/lan/v2/command", http => server.TakeAsync(http, server.Command));
        await server._app.StartAsync();
        var addresses = server._app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!;
        server.Address = new Uri(addresses.Addresses.Single());
        return server;
    }

    /// <summary>The user has scanned the code.</summary>
    public void Connect(string uid, bool online = true) => _users[uid] = online;

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task TakeAsync(HttpContext http, Func<JsonObject, JsonObject> answer)
    {
        var body = (await JsonNode.ParseAsync(http.Request.Body))!.AsObject();
        _requests.Enqueue(new LovenseRequest(http.Request.Path, http.Request.ContentType, body));
        if (Trouble is { } trouble)
        {
            await trouble(http);
            return;
        }
        // Errors come with status 200, too.
        http.Response.ContentType = "application/json;charset=UTF-8";
        await http.Response.WriteAsync(answer(body).ToJsonString());
    }

    private JsonObject Pair(JsonObject body) =>
        Text(body, "token") != Token ? Answer(501, "Invalid token")
        : string.IsNullOrEmpty(Text(body, "uid")) || body["v"]?.GetValue<int>() != 2 ? Answer(404, "Invalid Parameter")
        : new JsonObject
        {
            ["code"] = 0,
            ["message"] = "Success",
            ["result"] = true,
            ["data"] = new JsonObject { ["qr"] = "https://service.example/qr/1.jpg", ["code"] = "abc123" },
        };

    private JsonObject Command(JsonObject body)
    {
        var (code, message) = CodeOf(body);
        return Answer(code, message);
    }

    private (int Code, string Message) CodeOf(JsonObject body)
    {
        if (Text(body, "token") != Token)
        {
            return (501, "Invalid token");
        }
        if (!_users.TryGetValue(Text(body, "uid") ?? "", out var online))
        {
            return (503, "Invalid User ID");
        }
        if (Text(body, "command") is not ("Function" or "Preset" or "Pattern"))
        {
            return (400, "Invalid command");
        }
        return !IsSound(body) ? (404, "Invalid Parameter")
            : online ? (200, "Success")
            : (507, "Lovense APP is offline");
    }

    private static bool IsSound(JsonObject body)
    {
        // 0 is taken: it means without end.
        var seconds = body["timeSec"]?.GetValue<double>() ?? -1;
        var isTimed = seconds is 0 or > 1;
        var does = Text(body, "command") switch
        {
            "Preset" => Text(body, "name") is "pulse" or "wave" or "fireworks" or "earthquake",
            "Pattern" => Rule().IsMatch(Text(body, "rule") ?? "") && AreSteps(Text(body, "strength") ?? ""),
            _ => Text(body, "action") is { } action && action.Split(',').All(IsInRange),
        };
        return isTimed && does && body["apiVer"]?.GetValue<int>() == 1;
    }

    private static bool AreSteps(string strength) =>
        strength.Split(';') is { Length: <= 50 } steps
        && Array.TrueForAll(steps, static step => int.TryParse(step, out var value) && value is >= 0 and <= 20);

    [GeneratedRegex("^V:1;F:[vrptfs](,[vrptfs])*;S:[1-9][0-9]{2,}#$")]
    private static partial Regex Rule();

    private static bool IsInRange(string action) =>
        action.Split(':') is [var name, var strength]
        && Strongest.TryGetValue(name, out var strongest)
        && int.TryParse(strength, out var value)
        && value >= 0
        && value <= strongest;

    private static JsonObject Answer(int code, string message) =>
        new()
        {
            ["result"] = code == 200,
            ["code"] = code,
            ["message"] = message,
        };

    private static string? Text(JsonObject body, string name) =>
        body[name] is JsonValue value && value.GetValueKind() == JsonValueKind.String ? value.GetValue<string>() : null;
}

public sealed record LovenseRequest(string Path, string? ContentType, JsonObject Body)
{
    public string? this[string name] => Body[name]?.ToString();
}
