using Actors.Bench.Hosts;

namespace Actors.Bench.Purchases;

/// <summary>Purchases on the grains of this process, without HTTP: the part that a profiler should look at.</summary>
internal static class GrainsScenario
{
    public static async Task<int> RunAsync(BenchArguments arguments)
    {
        var (users, models) = (arguments.Number("users", 10_000), arguments.Number("models", 1_000));
        var (buyers, duration) = (arguments.Number("buyers", 128), arguments.Seconds("seconds", 4));
        var parent = arguments.Text("data") ?? Path.GetTempPath();
        var table = new Table("purchases", "per second", "p50", "p99", "CPU", "allocated", "paused", "collections");
        foreach (
            var (name, run) in await RunAsync(
                parent,
                users,
                models,
                buyers,
                duration,
                arguments.Text("types") is not null
            )
        )
        {
            table.Add(
                name,
                $"{run.PerSecond:N0}",
                Table.Milliseconds(run.P50),
                Table.Milliseconds(run.P99),
                $"{run.Microseconds:N1} µs",
                $"{run.AllocatedBytes:N0} B",
                $"{run.PausedShare:P1}",
                string.Join(" / ", run.Collections)
            );
        }
        table.Print();
        return 0;
    }

    public static async Task<IReadOnlyList<(string Name, GrainRun Run)>> RunAsync(
        string parent,
        int users,
        int models,
        int buyers,
        TimeSpan duration,
        bool types = false
    )
    {
        await using var host = await GrainHost.StartAsync(parent);
        var market = new GrainMarket(host.Grains, users, models);
        await market.OpenAsync();
        await market.CreditAsync(0, users);
        var runs = new List<(string, GrainRun)>();
        foreach (var (name, among) in ((string, int)[])[("uniform", models), ("hot", 1)])
        {
            await market.BuyAsync(buyers, among, duration);
            using var allocations = types ? new AllocationSampler() : null;
            var run = await market.BuyAsync(buyers, among, duration);
            allocations?.Print((long)(run.PerSecond * duration.TotalSeconds));
            runs.Add((name, run));
        }
        return runs;
    }
}
