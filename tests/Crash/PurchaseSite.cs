using System.Net;
using System.Text.Json;
using Actors.TestKit;
using Actors.TestKit.Processes;

namespace Actors.Crash.Tests;

/// <summary>Models with menus and queues, users with tokens who buy from them, and what the hosts make of it.</summary>
internal sealed class PurchaseSite() : HostSite(("Queues:MaxLength", "1000"))
{
    private const int Models = 2;
    private const int BuyersPerModel = 3;
    private const int PageSize = 100;
    private const long FirstTokens = 1_000_000_000;

    private readonly List<Buyer> _buyers = [];
    private readonly List<Performer> _performers = [];

    public IReadOnlyList<Buyer> Buyers => _buyers;

    public IReadOnlyList<Performer> Performers => _performers;

    /// <summary>How often the ledger was added up.</summary>
    public int Proofs { get; private set; }

    public async Task OpenAsync(IPEndPoint endPoint)
    {
        using var client = await WireClient.ConnectAsync(endPoint);
        var offers = new List<Offer>();
        for (var number = 1; number <= Models; number++)
        {
            var model = $"model-{number}";
            var token = Token(model, "model");
            await AskAsync(client, "PUT", $"/api/v1/admin/models/{model}", Root, $$"""{"displayName":"{{model}}"}""");
            offers.Add(await OpenMenuAsync(client, model, token, price: 3, isQueued: false));
            offers.Add(await OpenMenuAsync(client, model, token, price: 7, isQueued: true));
            _performers.Add(new Performer(model, token));
        }
        for (var number = 1; number <= Models * BuyersPerModel; number++)
        {
            var user = $"user-{number}";
            var body = $$"""{"tokens":{{FirstTokens}},"reason":"Top-up","idempotency_key":"first {{user}}"}""";
            await AskAsync(client, "PUT", $"/api/v1/admin/users/{user}", Root, "{}");
            await AskAsync(client, "POST", $"/api/v1/admin/balances/{user}/credit", Root, body);
            _buyers.Add(new Buyer(user, Token(user, "user"), offers));
        }
    }

    /// <summary>Everything that was acknowledged is there once, and nothing that nobody asked for.</summary>
    public async Task CheckPurchasesAsync(IPEndPoint endPoint)
    {
        await ProveAsync(endPoint);
        using var client = await WireClient.ConnectAsync(endPoint);
        foreach (var buyer in Buyers)
        {
            Assert.Empty(buyer.Refused);
            var ids = (await HistoryAsync(client, buyer)).Select(static purchase => purchase.Id).ToArray();
            Assert.Equal(ids.Length, ids.Distinct().Count());
            Assert.Empty(buyer.Acknowledged.Except(ids));
            Assert.InRange(ids.Length, buyer.AcknowledgedCount, buyer.AcknowledgedCount + buyer.UnansweredCount);
            foreach (var id in buyer.Acknowledged.TakeLast(2))
            {
                var status = await AskAsync(client, "GET", $"/menu/purchase/{id}/status", buyer.Token);
                Assert.Equal(id, status.GetProperty("purchase_id").GetString());
            }
            await buyer.RepeatAsync(endPoint);
            Assert.Equal(buyer.AcknowledgedCount, (await HistoryAsync(client, buyer)).Count);
        }
    }

    /// <summary>Everything of these purchases is there, and no token is lost.</summary>
    public async Task CheckHeldAsync(IPEndPoint endPoint, IReadOnlyDictionary<string, IReadOnlyList<string>> told)
    {
        await ProveAsync(endPoint);
        using var client = await WireClient.ConnectAsync(endPoint);
        foreach (var buyer in Buyers)
        {
            var ids = (await HistoryAsync(client, buyer)).Select(static purchase => purchase.Id).ToArray();
            Assert.Empty(told[buyer.User].Except(ids));
            Assert.Equal(ids.Length, ids.Distinct().Count());
        }
    }

    /// <summary>Once everything has been performed, wallets hold exactly what was sold and balances what is left.</summary>
    public async Task CheckTokensAsync(IPEndPoint endPoint)
    {
        using var client = await WireClient.ConnectAsync(endPoint);
        var sold = new Dictionary<string, long>();
        foreach (var buyer in Buyers)
        {
            var history = await Eventually.GetAsync(
                () => HistoryAsync(client, buyer),
                static purchases => purchases.All(static purchase => purchase.Status == "completed")
            );
            foreach (var purchase in history)
            {
                sold[purchase.Model] = sold.GetValueOrDefault(purchase.Model) + purchase.Captured;
            }
            var balance = await AskAsync(client, "GET", "/api/v1/balance", buyer.Token);
            var spent = history.Sum(static purchase => purchase.Captured);
            Assert.Equal(FirstTokens - spent, balance.GetProperty("available").GetInt64());
            Assert.Equal(0, balance.GetProperty("held").GetInt64());
        }
        foreach (var performer in Performers)
        {
            await Eventually.GetAsync(
                async () =>
                    (await AskAsync(client, "GET", "/api/v1/wallet", performer.Token)).GetProperty("tokens").GetInt64(),
                tokens => tokens == sold[performer.Model]
            );
        }
        Assert.Equal(0, (await ProveAsync(client)).GetProperty("inTransit").GetInt64());
    }

    /// <summary>Adds up the ledger again and again until the connection breaks.</summary>
    public async Task AuditAsync(IPEndPoint endPoint)
    {
        try
        {
            using var client = await WireClient.ConnectAsync(endPoint);
            while (true)
            {
                await ProveAsync(client);
            }
        }
        catch (Exception fault) when (fault is System.Net.Sockets.SocketException or EndOfStreamException)
        {
            // As meant.
        }
    }

    private string Root => Token("root", "admin");

    private async Task ProveAsync(IPEndPoint endPoint)
    {
        using var client = await WireClient.ConnectAsync(endPoint);
        await ProveAsync(client);
    }

    private async Task<JsonElement> ProveAsync(WireClient client)
    {
        var proof = await AskAsync(client, "GET", "/api/v1/admin/ledger/proof", Root);
        Assert.True(proof.GetProperty("conserved").GetBoolean(), proof.ToString());
        Proofs++;
        return proof;
    }

    private static async Task<Offer> OpenMenuAsync(
        WireClient client,
        string model,
        string token,
        long price,
        bool isQueued
    )
    {
        var mode = isQueued ? "ON" : "OFF";
        var menu = await AskAsync(client, "POST", "/menu", token, $$"""{"name":"Menu","queue_mode":"{{mode}}"}""");
        var menuId = menu.GetProperty("_id").GetString()!;
        var body = $$"""{"name":"Item","token_value":{{price}},"bonus_loyalty_points":1}""";
        var item = await AskAsync(client, "POST", $"/menu/{menuId}/items", token, body);
        return new Offer(model, menuId, item.GetProperty("_id").GetString()!, price, isQueued);
    }

    private static async Task<IReadOnlyList<Bought>> HistoryAsync(WireClient client, Buyer buyer)
    {
        List<Bought> all = [];
        long total;
        do
        {
            var path = $"/menu/purchase/history?limit={PageSize}&offset={all.Count}";
            var page = await AskAsync(client, "GET", path, buyer.Token);
            total = page.GetProperty("total").GetInt64();
            all.AddRange(page.GetProperty("purchases").EnumerateArray().Select(Bought.From));
        } while (all.Count < total);
        return all;
    }

    private static async Task<JsonElement> AskAsync(
        WireClient client,
        string method,
        string path,
        string token,
        string body = ""
    )
    {
        var answer = await client.SendAsync(method, path, token, body);
        Assert.True(answer.Status == HttpStatusCode.OK, $"{method} {path}: {answer.Status} {answer.Body}");
        using var json = JsonDocument.Parse(answer.Body);
        return json.RootElement.Clone();
    }

    private sealed record Bought(string Id, string Model, string Status, long Captured)
    {
        public static Bought From(JsonElement json) =>
            new(
                json.GetProperty("purchase_id").GetString()!,
                json.GetProperty("model_id").GetString()!,
                json.GetProperty("status").GetString()!,
                json.GetProperty("captured_tokens").GetInt64()
            );
    }
}
