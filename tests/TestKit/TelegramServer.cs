using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Actors.TestKit;

/// <summary>
/// Stands in for Telegram's Bot API, on a real socket: takes messages, edits and answers to pressed buttons, refuses what Telegram
/// refuses (an unknown token, buttons of more than 64 bytes, an edit that changes nothing), and makes the updates it would send.
/// </summary>
public sealed class TelegramServer : IAsyncDisposable
{
    public const string Token = "123456789:AAF-stand-in-token-of-the-tests";
    public const string Secret = "secret-of-the-telegram-webhook";
    public const string BotName = "actors_test_bot";

    private const int MostButtonBytes = 64;

    private readonly WebApplication _app;
    private readonly ConcurrentQueue<TelegramCall> _calls = new();
    private readonly ConcurrentDictionary<(long Chat, int Message), string> _shown = new();
    private int _messages;
    private int _updates = 1_000;

    private TelegramServer(WebApplication app) => _app = app;

    public Uri Address { get; private set; } = null!;

    /// <summary>Everything that was asked and taken, in order.</summary>
    public IReadOnlyList<TelegramCall> Calls => [.. _calls];

    /// <summary>Whether every call fails with 502, as when Telegram is away.</summary>
    public bool IsAway { get; set; }

    public static async Task<TelegramServer> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(static options => options.Listen(IPAddress.Loopback, 0));
        var server = new TelegramServer(builder.Build());
        server._app.MapPost("/bot{token}/{method}", server.TakeAsync);
        await server._app.StartAsync();
        var addresses = server._app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!;
        server.Address = new Uri(addresses.Addresses.Single());
        return server;
    }

    /// <summary>The newest screen of a chat.</summary>
    public TelegramCall Screen(long chat) =>
        Calls.Last(call => call.Chat == chat && call.Method is ("sendMessage" or "editMessageText"));

    /// <summary>An update as Telegram sends it when somebody writes.</summary>
    public string Write(long chat, string text, string language = "en", string type = "private") =>
        Update(
            "message",
            new JsonObject
            {
                ["message_id"] = Interlocked.Increment(ref _messages),
                ["date"] = 1_780_000_000,
                ["chat"] = new JsonObject { ["id"] = chat, ["type"] = type },
                ["from"] = Person(chat, language),
                ["text"] = text,
            }
        );

    /// <summary>An update as Telegram sends it when somebody presses a button of the newest screen.</summary>
    public string Press(long chat, string button, string language = "en") =>
        Update(
            "callback_query",
            new JsonObject
            {
                ["id"] = $"query-{_updates}",
                ["from"] = Person(chat, language),
                ["chat_instance"] = "1",
                ["data"] = button,
                ["message"] = new JsonObject
                {
                    ["message_id"] = Screen(chat).Message,
                    ["date"] = 1_780_000_000,
                    ["chat"] = new JsonObject { ["id"] = chat, ["type"] = "private" },
                    ["text"] = Screen(chat).Text,
                },
            }
        );

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    private static JsonObject Person(long id, string language) =>
        new()
        {
            ["id"] = id,
            ["is_bot"] = false,
            ["first_name"] = "Bo",
            ["language_code"] = language,
        };

    private string Update(string kind, JsonObject what) =>
        new JsonObject { ["update_id"] = Interlocked.Increment(ref _updates), [kind] = what }.ToJsonString();

    private async Task TakeAsync(HttpContext http)
    {
        var body = (await JsonNode.ParseAsync(http.Request.Body))!.AsObject();
        var method = (string)http.Request.RouteValues["method"]!;
        var (status, answer) =
            IsAway ? (502, Refuse(502, "Bad Gateway"))
            : (string)http.Request.RouteValues["token"]! != Token ? (401, Refuse(401, "Unauthorized"))
            : Answer(method, body);
        http.Response.StatusCode = status;
        http.Response.ContentType = "application/json";
        await http.Response.WriteAsync(answer.ToJsonString());
    }

    private (int Status, JsonObject Body) Answer(string method, JsonObject body)
    {
        if (method == "answerCallbackQuery")
        {
            _calls.Enqueue(new TelegramCall(method, 0, 0, "", []));
            return (200, new JsonObject { ["ok"] = true, ["result"] = true });
        }
        var chat = long.Parse(body["chat_id"]!.ToString(), CultureInfo.InvariantCulture);
        var text = (string?)body["text"] ?? "";
        TelegramButton[] buttons =
        [
            .. (body["reply_markup"]?["inline_keyboard"]?.AsArray() ?? [])
                .SelectMany(static row => row!.AsArray())
                .Select(static one => new TelegramButton((string)one!["text"]!, (string)one["callback_data"]!)),
        ];
        if (buttons.Any(static one => System.Text.Encoding.UTF8.GetByteCount(one.Id) > MostButtonBytes))
        {
            return (400, Refuse(400, "Bad Request: BUTTON_DATA_INVALID"));
        }
        if (text.Length == 0)
        {
            return (400, Refuse(400, "Bad Request: message text is empty"));
        }
        var number = method == "editMessageText" ? (int)body["message_id"]! : Interlocked.Increment(ref _messages);
        var shown = $"{text}\n{string.Join('\n', buttons.AsEnumerable())}";
        if (method == "editMessageText" && _shown.TryGetValue((chat, number), out var before) && before == shown)
        {
            return (400, Refuse(400, "Bad Request: message is not modified"));
        }
        _shown[(chat, number)] = shown;
        _calls.Enqueue(new TelegramCall(method, chat, number, text, buttons));
        var message = new JsonObject
        {
            ["message_id"] = number,
            ["date"] = 1_780_000_000,
            ["chat"] = new JsonObject { ["id"] = chat, ["type"] = "private" },
            ["text"] = text,
        };
        return (200, new JsonObject { ["ok"] = true, ["result"] = message });
    }

    private static JsonObject Refuse(int code, string description) =>
        new()
        {
            ["ok"] = false,
            ["error_code"] = code,
            ["description"] = description,
        };
}

/// <summary>What our bot asked of Telegram.</summary>
public sealed record TelegramCall(
    string Method,
    long Chat,
    int Message,
    string Text,
    IReadOnlyList<TelegramButton> Buttons
);

public sealed record TelegramButton(string Label, string Id);
