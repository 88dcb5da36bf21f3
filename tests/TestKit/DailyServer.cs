using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
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
/// Stands in for Daily's REST API, on a real socket: refuses what it refuses, keeps rooms and tokens, and lets people in or not
/// as their tokens, the room's times and its size say.
/// </summary>
public sealed partial class DailyServer : IAsyncDisposable
{
    public const string Key = "the developer key";

    private static readonly string[] RoomMembers = ["name", "privacy", "properties"];

    private static readonly string[] KnownProperties =
    [
        "nbf",
        "exp",
        "max_participants",
        "eject_at_room_exp",
        "start_video_off",
        "enable_chat",
        "enable_knocking",
    ];

    private readonly Lock _gate = new();
    private readonly WebApplication _app;
    private readonly TimeProvider _time;
    private readonly Dictionary<string, DailyRoomKept> _rooms = [];
    private readonly Dictionary<string, JsonObject> _tokens = [];
    private readonly ConcurrentQueue<DailyRequest> _requests = new();
    private int _issued;

    private DailyServer(WebApplication app, TimeProvider time) => (_app, _time) = (app, time);

    public Uri Address { get; private set; } = null!;

    /// <summary>Everything that was asked, accepted or not.</summary>
    public IReadOnlyList<DailyRequest> Requests => [.. _requests];

    /// <summary>What is done instead of answering; null for the service in good order.</summary>
    public Func<HttpContext, Task>? Trouble { get; set; }

    public IReadOnlyList<string> Rooms
    {
        get
        {
            lock (_gate)
            {
                return [.. _rooms.Keys.Order(StringComparer.Ordinal)];
            }
        }
    }

    public static async Task<DailyServer> StartAsync(TimeProvider? time = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(static options => options.Listen(IPAddress.Loopback, 0));
        var server = new DailyServer(builder.Build(), time ?? TimeProvider.System);
        server._app.Map("/v1/{**path}", server.TakeAsync);
        await server._app.StartAsync();
        var addresses = server._app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!;
        server.Address = new Uri(new Uri(addresses.Addresses.Single()), "v1/");
        return server;
    }

    public JsonObject? PropertiesOf(string room)
    {
        lock (_gate)
        {
            return _rooms.GetValueOrDefault(room)?.Properties;
        }
    }

    /// <summary>Somebody opens a link. Null when she is not let in; else her session.</summary>
    public string? Enter(string link)
    {
        var address = new Uri(link);
        var room = address.AbsolutePath.Trim('/');
        var token = Uri.UnescapeDataString(address.Query.Replace("?t=", "", StringComparison.Ordinal));
        lock (_gate)
        {
            var now = _time.GetUtcNow().ToUnixTimeSeconds();
            if (
                !_rooms.TryGetValue(room, out var kept)
                || !_tokens.TryGetValue(token, out var pass)
                || Text(pass, "room_name") != room
                || !IsWithin(pass, now)
                || !IsWithin(kept.Properties, now)
                || kept.Banned.Contains(Text(pass, "user_id")!)
                || kept.Inside.Count >= (int)kept.Properties["max_participants"]!
            )
            {
                return null;
            }
            var session = string.Create(CultureInfo.InvariantCulture, $"session-{++_issued}");
            kept.Inside[session] = (Text(pass, "user_id")!, _time.GetUtcNow());
            return session;
        }
    }

    public string UserOf(string room, string session)
    {
        lock (_gate)
        {
            return _rooms[room].Inside[session].User;
        }
    }

    public IReadOnlyList<string> SessionsIn(string room)
    {
        lock (_gate)
        {
            return _rooms.TryGetValue(room, out var kept) ? [.. kept.Inside.Keys] : [];
        }
    }

    /// <summary>The headers of a webhook of Daily's.</summary>
    /// <param name="secret">In base64, as Daily gives it.</param>
    public static (string Timestamp, string Signature) Sign(string secret, DateTimeOffset at, string body)
    {
        var timestamp = at.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var signed = Encoding.UTF8.GetBytes($"{timestamp}.{body}");
        return (timestamp, Convert.ToBase64String(HMACSHA256.HashData(Convert.FromBase64String(secret), signed)));
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task TakeAsync(HttpContext http)
    {
        var text = await new StreamReader(http.Request.Body).ReadToEndAsync(http.RequestAborted);
        var path = (string?)http.Request.RouteValues["path"] ?? "";
        var asked = new DailyRequest(
            http.Request.Method,
            path,
            text.Length == 0 ? null : JsonNode.Parse(text)!.AsObject()
        );
        _requests.Enqueue(asked);
        if (Trouble is { } trouble)
        {
            await trouble(http);
            return;
        }
        var (status, answer) =
            http.Request.Headers.Authorization == $"Bearer {Key}"
                ? Answer(asked)
                : (401, Error("authentication-error", "bad key"));
        http.Response.StatusCode = status;
        http.Response.ContentType = "application/json; charset=utf-8";
        await http.Response.WriteAsync(answer.ToJsonString(), http.RequestAborted);
    }

    private (int Status, JsonObject Answer) Answer(DailyRequest asked)
    {
        lock (_gate)
        {
            return (asked.Method, asked.Path.Split('/')) switch
            {
                ("POST", ["rooms"]) => Make(asked.Body!),
                ("GET", ["rooms", var name]) => With(name, kept => (200, kept.Describe())),
                ("DELETE", ["rooms", var name]) => With(name, _ => Delete(name)),
                ("GET", ["rooms", var name, "presence"]) => With(name, kept => (200, PresenceOf(name, kept))),
                ("POST", ["rooms", var name, "eject"]) => With(name, kept => Eject(kept, asked.Body!)),
                ("POST", ["meeting-tokens"]) => Issue(asked.Body!["properties"]!.AsObject()),
                _ => (404, Error("not-found", null)),
            };
        }
    }

    private (int, JsonObject) With(string name, Func<DailyRoomKept, (int, JsonObject)> answer) =>
        _rooms.TryGetValue(name, out var kept) ? answer(kept) : (404, Error("not-found", null));

    private (int, JsonObject) Make(JsonObject body)
    {
        var properties = body["properties"]?.AsObject() ?? [];
        var unknown = body.Select(static one => one.Key)
            .Except(RoomMembers)
            .Concat(properties.Select(static one => one.Key).Except(KnownProperties))
            .FirstOrDefault();
        var name = Text(body, "name") ?? "";
        if (unknown is not null || !Name().IsMatch(name) || Text(body, "privacy") is not ("private" or "public"))
        {
            return (400, Error("invalid-request-error", unknown ?? "name or privacy"));
        }
        if (_rooms.ContainsKey(name))
        {
            return (400, Error("invalid-request-error", $"a room named {name} already exists"));
        }
        var kept = new DailyRoomKept(name, Text(body, "privacy")!, new Uri(Address, $"/{name}"), properties);
        _rooms.Add(name, kept);
        return (200, kept.Describe());
    }

    private (int, JsonObject) Delete(string name)
    {
        _rooms.Remove(name);
        return (200, new JsonObject { ["deleted"] = true, ["name"] = name });
    }

    private (int, JsonObject) Issue(JsonObject properties)
    {
        var token = string.Create(CultureInfo.InvariantCulture, $"token+{++_issued}/=");
        _tokens.Add(token, properties);
        return (200, new JsonObject { ["token"] = token });
    }

    private static (int, JsonObject) Eject(DailyRoomKept kept, JsonObject body)
    {
        var users = body["user_ids"]!.AsArray().Select(static one => (string)one!).ToHashSet();
        var ejected = kept.Inside.Where(one => users.Contains(one.Value.User)).Select(static one => one.Key).ToList();
        ejected.ForEach(session => kept.Inside.Remove(session));
        if ((bool?)body["ban"] == true)
        {
            kept.Banned.UnionWith(users);
        }
        return (
            200,
            new JsonObject { ["ejectedIds"] = new JsonArray([.. ejected.Select(static one => (JsonNode)one)]) }
        );
    }

    private static JsonObject PresenceOf(string name, DailyRoomKept kept) =>
        new()
        {
            ["total_count"] = kept.Inside.Count,
            ["data"] = new JsonArray([
                .. kept.Inside.Select(one =>
                    (JsonNode)
                        new JsonObject
                        {
                            ["room"] = name,
                            ["id"] = one.Key,
                            ["userId"] = one.Value.User,
                            ["userName"] = null,
                            ["joinTime"] = one.Value.Since.ToString("O", CultureInfo.InvariantCulture),
                            ["duration"] = 1,
                        }
                ),
            ]),
        };

    private static bool IsWithin(JsonObject properties, long now) =>
        now >= ((long?)properties["nbf"] ?? long.MinValue) && now < ((long?)properties["exp"] ?? long.MaxValue);

    private static JsonObject Error(string error, string? info) => new() { ["error"] = error, ["info"] = info };

    private static string? Text(JsonObject body, string name) => (string?)body[name];

    [GeneratedRegex("^[A-Za-z0-9_-]{1,128}$")]
    private static partial Regex Name();

    private sealed record DailyRoomKept(string Name, string Privacy, Uri Url, JsonObject Properties)
    {
        public Dictionary<string, (string User, DateTimeOffset Since)> Inside { get; } = [];

        public HashSet<string> Banned { get; } = [];

        public JsonObject Describe() =>
            new()
            {
                ["id"] = "d61cd7b2-a273-42b4-89bd-be763fd562c1",
                ["name"] = Name,
                ["api_created"] = true,
                ["privacy"] = Privacy,
                ["url"] = Url.AbsoluteUri,
                ["config"] = Properties.DeepClone(),
            };
    }
}

public sealed record DailyRequest(string Method, string Path, JsonObject? Body);
