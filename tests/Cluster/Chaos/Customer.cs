using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using Actors.TestKit.Processes;

namespace Actors.Cluster.Tests.Chaos;

/// <summary>
/// Buys, tips, looks and repeats, one request at a time, and remembers what it was told. Whatever was not answered it asks for
/// again with the same key, as a client must.
/// </summary>
internal sealed class Customer(string user, string token, IPEndPoint api, Shop shop, Weather weather)
{
    private const int QueuedEvery = 10;
    private const int TipEvery = 4;
    private const int RepeatEvery = 7;
    private const int ReadEvery = 3;
    private const int PageSize = 100;

    private static readonly TimeSpan Breath = TimeSpan.FromMilliseconds(50);

    private readonly List<(Command Command, string Answer)> _acknowledged = [];
    private readonly List<Command> _unanswered = [];
    private WireClient? _client;
    private int _number;

    public int AcknowledgedCount => _acknowledged.Count;

    /// <summary>What no answer may ever be.</summary>
    public List<string> Wrong { get; } = [];

    public async Task GoOnAsync(CancellationToken cancellation)
    {
        while (!cancellation.IsCancellationRequested)
        {
            await OnceAsync(++_number);
            await Task.Delay(Breath, TimeProvider.System, CancellationToken.None);
        }
    }

    /// <summary>Asks for everything again: what was acknowledged answers the same, the rest is done once now.</summary>
    public async Task SettleAsync()
    {
        foreach (var command in _unanswered)
        {
            _acknowledged.Add((command, await AnswerOfAsync(command)));
        }
        _unanswered.Clear();
        foreach (var (command, answer) in _acknowledged)
        {
            Compare(command, answer, await AnswerOfAsync(command));
        }
    }

    /// <summary>Nothing was done twice and nothing was lost: what is left is what was paid less.</summary>
    public async Task CheckAsync()
    {
        using var client = await WireClient.ConnectAsync(api);
        var balance = await Shop.AskAsync(client, "GET", "/api/v1/balance", token);
        var left = balance.GetProperty("available").GetInt64() + balance.GetProperty("held").GetInt64();
        var paid = _acknowledged.Where(static one => !one.Command.IsHeld).Sum(static one => one.Command.Tokens);
        Assert.Equal(Shop.FirstTokens - paid, left);

        var bought = _acknowledged.Where(static one => one.Command.IsPurchase).Select(static one => IdIn(one.Answer));
        Assert.Equal(bought.Order(), (await HistoryAsync(client)).Order());
    }

    private async Task OnceAsync(int number)
    {
        if (number % ReadEvery == 0)
        {
            await TryAsync("GET", number % 2 == 0 ? "/api/v1/balance" : "/menu/purchase/history?limit=5", "");
            return;
        }
        if (number % RepeatEvery == 0 && _acknowledged.Count > 0)
        {
            var (command, answer) = _acknowledged[number * 31 % _acknowledged.Count];
            if (await TryAsync("POST", command.Path, command.Body) is { } again)
            {
                Compare(command, answer, again);
            }
            return;
        }
        var next = NextCommand(number);
        if (await TryAsync("POST", next.Path, next.Body) is { } first)
        {
            _acknowledged.Add((next, first));
        }
        else
        {
            _unanswered.Add(next);
        }
    }

    private Command NextCommand(int number)
    {
        var key = $"{user}:{number}";
        if (number % TipEvery == 0)
        {
            var model = shop.ModelIds[number % shop.ModelIds.Count];
            return new Command(
                "/api/v1/tips",
                $$"""{"modelId":"{{model}}","tokens":2,"idempotency_key":"{{key}}"}""",
                Tokens: 2,
                IsPurchase: false,
                IsHeld: false
            );
        }
        var isQueued = number % QueuedEvery == 0;
        var offers = isQueued ? shop.Queued : shop.AtOnce;
        var offer = offers[number % offers.Count];
        return new Command(
            "/menu/purchase",
            $$"""{"menu_id":"{{offer.MenuId}}","menu_item_id":"{{offer.ItemId}}","idempotency_key":"{{key}}"}""",
            offer.Price,
            IsPurchase: true,
            isQueued
        );
    }

    /// <summary>Null for whatever was not answered as it should be.</summary>
    private async Task<string?> TryAsync(string method, string path, string body)
    {
        var began = Stopwatch.GetTimestamp();
        try
        {
            _client ??= await WireClient.ConnectAsync(api);
            var answer = await _client.SendAsync(method, path, token, body);
            var isOk = answer.Status == HttpStatusCode.OK;
            weather.Note(began, isOk);
            if (!isOk)
            {
                Judge($"{method} {path}", method == "GET", answer);
            }
            return isOk ? answer.Body : null;
        }
        catch (Exception fault) when (fault is SocketException or EndOfStreamException or OperationCanceledException)
        {
            weather.Note(began, isOk: false);
            Wrong.Add($"{method} {path}: {fault.GetType().Name}");
            _client?.Dispose();
            _client = null;
            return null;
        }
    }

    /// <summary>Trouble is answered by 503 with a time to come back, and only for a command may its outcome be unknown.</summary>
    private void Judge(string what, bool isRead, WireAnswer answer)
    {
        var isTrouble = answer.Status == HttpStatusCode.ServiceUnavailable && answer["Retry-After"] is not null;
        if (!isTrouble || (isRead && answer.Body.Contains("OUTCOME_UNKNOWN", StringComparison.Ordinal)))
        {
            Wrong.Add($"{what}: {(int)answer.Status} {answer.Body}");
        }
    }

    private async Task<string> AnswerOfAsync(Command command)
    {
        for (var tried = 0; ; tried++)
        {
            if (await TryAsync("POST", command.Path, command.Body) is { } answer)
            {
                return answer;
            }
            Assert.True(tried < 60, $"{command.Body} is not answered.");
            await Task.Delay(TimeSpan.FromSeconds(1), TimeProvider.System);
        }
    }

    private void Compare(Command command, string first, string again)
    {
        if (first != again)
        {
            Wrong.Add($"{command.Body} answered {first} and then {again}");
        }
    }

    private async Task<IReadOnlyList<string>> HistoryAsync(WireClient client)
    {
        List<string> ids = [];
        long total;
        do
        {
            var path = $"/menu/purchase/history?limit={PageSize}&offset={ids.Count}";
            var page = await Shop.AskAsync(client, "GET", path, token);
            total = page.GetProperty("total").GetInt64();
            ids.AddRange(
                page.GetProperty("purchases")
                    .EnumerateArray()
                    .Select(static one => one.GetProperty("purchase_id").GetString()!)
            );
        } while (ids.Count < total);
        return ids;
    }

    private static string IdIn(string answer)
    {
        using var json = JsonDocument.Parse(answer);
        return json.RootElement.GetProperty("purchase_id").GetString()!;
    }

    private sealed record Command(string Path, string Body, long Tokens, bool IsPurchase, bool IsHeld);
}
