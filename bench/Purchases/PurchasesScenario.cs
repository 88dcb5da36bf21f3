using Actors.Bench.Hosts;
using Actors.Bench.Load;
using Actors.Bench.Postgres;
using Actors.Bench.Scenarios;

namespace Actors.Bench.Purchases;

/// <summary>
/// Purchases over HTTP beside a no-op endpoint and beside PostgreSQL that does the same work, all on one machine in one run;
/// then latencies beside the disk's, what a purchase costs, and the grains without HTTP.
/// </summary>
internal static class PurchasesScenario
{
    private static readonly int[] PostgresClients = [32, 64];

    /// <summary>Wallets are told within a fifth of a second; the next load shall not pay for that.</summary>
    private static readonly TimeSpan Settled = TimeSpan.FromSeconds(3);

    public static async Task<int> RunAsync(BenchArguments arguments)
    {
        var (users, models) = (arguments.Number("users", 10_000), arguments.Number("models", 1_000));
        var (rounds, duration) = (arguments.Number("rounds", 5), arguments.Seconds("seconds", 4));
        await using var host = await BenchHost.StartAsync(arguments);
        Machine.Print(host.DataDirectory);
        var market = await Market.OpenAsync(host, users, models);
        var client = new OwnClient(host, arguments.Number("connections", 128), duration);
        await using var postgres =
            arguments.Text("peers") == "none"
                ? null
                : await PostgresCluster.StartAsync(Path.GetDirectoryName(host.DataDirectory)!);

        var noop = new Series(market.Noop.Name, () => client.RunAsync(market.Noop));
        var uniform = new Series(market.Uniform.Name, () => BuyAsync(client, market.Uniform));
        var hot = new Series(market.Hot.Name, () => BuyAsync(client, market.Hot));
        Series[] peers = postgres is null ? [] : await PeersAsync(postgres, users, models, duration);
        Series[] all = [noop, uniform, hot, .. peers];
        await Series.RunAsync(all, rounds);
        Console.WriteLine(
            $"Client: {client.Name}, {users:N0} users, {models:N0} models; {rounds} rounds; CPU is time per request, kernel included."
        );
        Console.WriteLine();
        Print(all, noop);

        var latencies = new Latencies(host, market.Noop, market.Uniform, uniform.PerSecond / 2, duration);
        await latencies.MeasureAsync(rounds);
        var costs = await PurchaseCosts.MeasureAsync(host, market.Uniform);
        var conserved = await market.ProveAsync();
        Console.WriteLine();

        var aims = new PurchaseAims();
        aims.AddThroughput(noop, uniform, hot, peers);
        aims.AddLatencies(latencies);
        aims.AddCosts(costs);
        var parent = Path.GetDirectoryName(host.DataDirectory)!;
        aims.AddGrains(await GrainsScenario.RunAsync(parent, users, models, client.Connections, duration));
        if (arguments.Number("idle", 50_000) is var idle and > 0)
        {
            aims.Add(await IdleAccounts.MeasureAsync(parent, idle));
        }
        aims.Print();
        return conserved && all.Sum(static one => one.Faults) == 0 ? 0 : 1;
    }

    public static Task SettleAsync() => Task.Delay(Settled, TimeProvider.System);

    private static async Task<LoadRun> BuyAsync(LoadClient client, Target target)
    {
        var run = await client.RunAsync(target);
        await SettleAsync();
        return run;
    }

    private static async Task<Series[]> PeersAsync(PostgresCluster postgres, int users, int models, TimeSpan duration)
    {
        var market = new PostgresMarket(postgres, users, models, duration);
        await market.OpenAsync();
        return
        [
            .. PostgresClients.Select(clients => new Series(
                $"PostgreSQL, uniform, {clients} clients",
                () => market.RunAsync(clients, models)
            )),
            .. PostgresClients.Select(clients => new Series(
                $"PostgreSQL, one hot model, {clients} clients",
                () => market.RunAsync(clients, amongModels: 1)
            )),
        ];
    }

    private static void Print(Series[] all, Series noop)
    {
        var table = new Table(
            "load",
            "per second",
            "p50",
            "p95",
            "p99",
            "host CPU",
            "client CPU",
            "of no-op POST",
            "faults"
        );
        foreach (var one in all)
        {
            table.Add([.. one.Figures(), $"{one.RatioTo(noop):P0}", $"{one.Faults}"]);
        }
        table.Print();
    }
}
