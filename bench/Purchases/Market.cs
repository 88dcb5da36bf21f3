using System.Net.Http.Json;
using System.Text.Json;
using Actors.Bench.Hosts;
using Actors.Bench.Load;
using Actors.Bench.Scenarios;

namespace Actors.Bench.Purchases;

/// <summary>
/// Models with a menu of one item each, users with tokens, and the purchases between them, ready to go over the wire.
/// Everything is set up through the API.
/// </summary>
internal sealed class Market
{
    public const long Price = 5;
    public const long TokensPerUser = 1_000_000_000;

    private const int Drawn = 40_000;
    private const int Seed = 1;
    private const int CreditsAtOnce = 50_000;
    private const int Connections = 64;

    private readonly BenchHost _host;
    private readonly int _users;
    private readonly (string Menu, string Item)[] _offers;
    private readonly Dictionary<int, string> _tokens = [];
    private readonly KeyStamp _stamp = new();

    private Market(BenchHost host, int users, (string Menu, string Item)[] offers)
    {
        _host = host;
        _users = users;
        _offers = offers;
        Uniform = Purchases("purchase, uniform", offers.Length);
        Hot = Purchases("purchase, one hot model", 1);
        Noop = new Target("no-op POST", "POST", MoodRequests.NoopPath, Uniform.Tokens, static _ => NoopBody);
    }

    /// <summary>As long as the body of a purchase.</summary>
    private static string NoopBody { get; } =
        $$"""{"moodState":"positive","customMessage":"{{new string('x', 65)}}","autoRespond":true,"responseDelay":30}""";

    /// <summary>Any user buys from any model.</summary>
    public Target Uniform { get; }

    /// <summary>Any user buys from the first model.</summary>
    public Target Hot { get; }

    /// <summary>The same callers, who want nothing.</summary>
    public Target Noop { get; }

    public static async Task<Market> OpenAsync(BenchHost host, int users, int models)
    {
        await host.RegisterAsync([.. Enumerable.Range(0, models).Select(ModelOf)]);
        var offers = new (string, string)[models];
        using var http = host.Http("bench-admin", "admin");
        await Parallel.ForAsync(
            0,
            models,
            async (number, _) => offers[number] = await MakeMenuAsync(http, ModelOf(number))
        );
        for (var first = 0; first < users; first += CreditsAtOnce)
        {
            var count = Math.Min(CreditsAtOnce, users - first);
            foreach (var requests in new[] { Introductions(host, first, count), Credits(host, first, count) })
            {
                BenchHost.ThrowOnFault(await ClosedLoop.SendAllAsync(host.EndPoint, requests, Connections));
            }
        }
        return new Market(host, users, offers);
    }

    /// <summary>Whether no token was lost and none came from nowhere; says what it found.</summary>
    public async Task<bool> ProveAsync()
    {
        using var http = _host.Http("bench-admin", "admin");
        var proof = await http.GetFromJsonAsync<JsonElement>("/api/v1/admin/ledger/proof?positions=0");
        var conserved = proof.GetProperty("conserved").GetBoolean();
        Console.WriteLine(
            $"Conservation {(conserved ? "holds" : "is BROKEN")}: issued {proof.GetProperty("issued")}, in balances "
                + $"{proof.GetProperty("available")}, in wallets {proof.GetProperty("wallets")}, on the way "
                + $"{proof.GetProperty("inTransit")}, over {proof.GetProperty("accounts")} accounts"
        );
        return conserved;
    }

    private static string ModelOf(int number) => $"model-{number:D6}";

    private static string UserOf(int number) => $"user-{number:D7}";

    private static async Task<(string Menu, string Item)> MakeMenuAsync(HttpClient http, string model)
    {
        var menu = await IdOfAsync(http, "/menu", $$"""{"model_id":"{{model}}","name":"Bench","queue_mode":"OFF"}""");
        var item = $$"""{"name":"Song request","token_value":{{Price}},"bonus_loyalty_points":2}""";
        return (menu, await IdOfAsync(http, $"/menu/{menu}/items", item));
    }

    private static async Task<string> IdOfAsync(HttpClient http, string path, string json)
    {
        using var content = new StringContent(
            json,
            new System.Net.Http.Headers.MediaTypeHeaderValue("application/json")
        );
        using var answer = await http.PostAsync(path, content);
        answer.EnsureSuccessStatusCode();
        var made = await answer.Content.ReadFromJsonAsync<JsonElement>();
        return made.GetProperty("_id").GetString()!;
    }

    private static ReadOnlyMemory<byte>[] Introductions(BenchHost host, int first, int count)
    {
        var admin = host.Token("bench-admin", "admin");
        return
        [
            .. Enumerable
                .Range(first, count)
                .Select(number => RequestBytes.WithBody("PUT", $"/api/v1/admin/users/{UserOf(number)}", admin, "{}")),
        ];
    }

    private static ReadOnlyMemory<byte>[] Credits(BenchHost host, int first, int count)
    {
        var admin = host.Token("bench-admin", "admin");
        return
        [
            .. Enumerable
                .Range(first, count)
                .Select(number =>
                    RequestBytes.WithBody(
                        "POST",
                        $"/api/v1/admin/balances/{UserOf(number)}/credit",
                        admin,
                        $$"""{"tokens":{{TokensPerUser}},"reason":"Welcome","idempotency_key":"{{number}}"}"""
                    )
                ),
        ];
    }

    private Target Purchases(string name, int models)
    {
        var chance = new Random(Seed);
        var draws = Enumerable.Range(0, Drawn).Select(_ => (User: chance.Next(_users), Model: chance.Next(models)));
        var drawn = draws.ToArray();
        return new Target(
            name,
            "POST",
            "/menu/purchase",
            [.. drawn.Select(draw => TokenOf(draw.User))],
            number => BodyOf(_offers[drawn[number].Model])
        )
        {
            Stamp = _stamp,
        };
    }

    private string TokenOf(int user) =>
        _tokens.TryGetValue(user, out var token) ? token : _tokens[user] = _host.Token(UserOf(user), "user");

    private static string BodyOf((string Menu, string Item) offer) =>
        $$"""{"menu_id":"{{offer.Menu}}","menu_item_id":"{{offer.Item}}","idempotency_key":"bench-{{KeyStamp.End}}""";
}
