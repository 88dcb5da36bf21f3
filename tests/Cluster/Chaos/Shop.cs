using System.Net;
using System.Text.Json;
using Actors.TestKit.Processes;

namespace Actors.Cluster.Tests.Chaos;

/// <summary>Something that is for sale.</summary>
internal sealed record Offer(string MenuId, string ItemId, long Price);

/// <summary>Models with menus, and users with tokens, at an API host.</summary>
internal sealed class Shop(DeployedCluster cluster)
{
    public const long FirstTokens = 1_000_000_000;

    private const int Models = 4;
    private const int Tries = 30;

    public IReadOnlyList<string> ModelIds { get; } = [.. Enumerable.Range(1, Models).Select(static n => $"model-{n}")];

    public List<Offer> AtOnce { get; } = [];

    public List<Offer> Queued { get; } = [];

    private string Root => cluster.Token("root", "admin");

    public async Task OpenAsync(IEnumerable<string> users)
    {
        using var client = await WireClient.ConnectAsync(cluster.Api);
        foreach (var model in ModelIds)
        {
            await AskAsync(client, "PUT", $"/api/v1/admin/models/{model}", Root, $$"""{"displayName":"{{model}}"}""");
            AtOnce.Add(await OpenMenuAsync(client, model, price: 3, "OFF"));
            Queued.Add(await OpenMenuAsync(client, model, price: 7, "ON"));
        }
        foreach (var user in users)
        {
            var body = $$"""{"tokens":{{FirstTokens}},"reason":"Top-up","idempotency_key":"first {{user}}"}""";
            await AskAsync(client, "PUT", $"/api/v1/admin/users/{user}", Root, "{}");
            await AskAsync(client, "POST", $"/api/v1/admin/balances/{user}/credit", Root, body);
        }
    }

    public async Task<JsonElement> ProveAsync()
    {
        using var client = await WireClient.ConnectAsync(cluster.Api);
        return await AskAsync(client, "GET", "/api/v1/admin/ledger/proof", Root);
    }

    /// <summary>Patient where it is not the subject: a cold cluster on a busy machine may be late.</summary>
    public static async Task<JsonElement> AskAsync(
        WireClient client,
        string method,
        string path,
        string token,
        string body = ""
    )
    {
        var answer = await client.SendAsync(method, path, token, body);
        for (var tried = 1; answer.Status == HttpStatusCode.ServiceUnavailable && tried < Tries; tried++)
        {
            await Task.Delay(TimeSpan.FromSeconds(1), TimeProvider.System);
            answer = await client.SendAsync(method, path, token, body);
        }
        Assert.True(answer.Status == HttpStatusCode.OK, $"{method} {path}: {answer.Status} {answer.Body}");
        using var json = JsonDocument.Parse(answer.Body);
        return json.RootElement.Clone();
    }

    private async Task<Offer> OpenMenuAsync(WireClient client, string model, long price, string queueMode)
    {
        var token = cluster.Token(model, "model");
        var menu = await AskAsync(client, "POST", "/menu", token, $$"""{"name":"Menu","queue_mode":"{{queueMode}}"}""");
        var menuId = menu.GetProperty("_id").GetString()!;
        var body = $$"""{"name":"Item","token_value":{{price}}}""";
        var item = await AskAsync(client, "POST", $"/menu/{menuId}/items", token, body);
        return new Offer(menuId, item.GetProperty("_id").GetString()!, price);
    }
}
