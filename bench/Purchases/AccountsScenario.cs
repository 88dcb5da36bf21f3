using System.Diagnostics;
using Actors.Bench.Hosts;
using Actors.Bench.Load;
using Actors.Bench.Scenarios;

namespace Actors.Bench.Purchases;

/// <summary>
/// Purchases with ever more accounts behind them: first all in memory, then after a kill, when the first purchase of each
/// has to read it back.
/// </summary>
internal static class AccountsScenario
{
    public static async Task<int> RunAsync(BenchArguments arguments)
    {
        var sizes = (arguments.Text("accounts") ?? "1000,100000,1000000").Split(',').Select(int.Parse);
        var table = new Table(
            "accounts",
            "state",
            "per second",
            "p50",
            "p99",
            "host CPU",
            "faults",
            "host memory",
            "start"
        );
        var sound = true;
        foreach (var accounts in sizes)
        {
            sound &= await RunAsync(arguments, accounts, table);
        }
        table.Print();
        return sound ? 0 : 1;
    }

    private static async Task<bool> RunAsync(BenchArguments arguments, int accounts, Table table)
    {
        await using var host = await BenchHost.StartAsync(arguments);
        var startedAt = Stopwatch.GetTimestamp();
        var market = await Market.OpenAsync(host, accounts, arguments.Number("models", 1_000));
        Console.Error.WriteLine(
            $"{accounts:N0} accounts credited in {Stopwatch.GetElapsedTime(startedAt).TotalSeconds:N0} s"
        );
        await PurchasesScenario.SettleAsync();
        var client = new OwnClient(host, arguments.Number("connections", 128), arguments.Seconds("seconds", 4));
        await client.RunAsync(market.Uniform);
        var warm = await client.RunAsync(market.Uniform);
        Add(table, accounts, "in memory", warm, host, "");
        await host.KillAndStartAsync();
        var cold = await client.RunAsync(market.Uniform);
        Add(table, accounts, "after a kill", cold, host, $"{host.StartTook.TotalSeconds:N2} s");
        return await market.ProveAsync() && warm.Faults + cold.Faults == 0;
    }

    private static void Add(Table table, int accounts, string state, LoadRun run, BenchHost host, string start) =>
        table.Add(
            $"{accounts:N0}",
            state,
            $"{run.PerSecond:N0}",
            Table.Milliseconds(run.P50),
            Table.Milliseconds(run.P99),
            $"{run.HostMicroseconds:N1} µs",
            $"{run.Faults}",
            $"{host.Process.ResidentBytes >> 20:N0} MB",
            start
        );
}
