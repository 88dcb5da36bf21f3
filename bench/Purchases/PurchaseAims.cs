using System.Globalization;
using Actors.Bench.Hosts;
using Actors.Bench.Scenarios;

namespace Actors.Bench.Purchases;

/// <summary>What was aimed at, and what was reached.</summary>
internal sealed class PurchaseAims
{
    private const long MostBytes = 7_000;

    private static readonly TimeSpan PacedOverSync = TimeSpan.FromMilliseconds(15);
    private static readonly TimeSpan AloneOverSync = TimeSpan.FromMilliseconds(0.3);

    private static readonly CultureInfo Culture = CultureInfo.InvariantCulture;

    private readonly Table _table = new("figure", "reached", "aim", "met");

    /// <param name="peers">Empty when PostgreSQL is not installed; else first uniform, then hot.</param>
    public void AddThroughput(Series noop, Series uniform, Series hot, Series[] peers)
    {
        AddRatio("uniform, of the no-op POST", uniform.RatioTo(noop), 0.45, "P0");
        Add("the same by processor time", $"{noop.Microseconds / uniform.Microseconds:P0}");
        if (peers.Length > 0)
        {
            AddPeers("uniform", uniform, peers[..(peers.Length / 2)], 3.5);
            AddPeers("hot", hot, peers[(peers.Length / 2)..], 13);
        }
        else
        {
            Console.WriteLine("No PostgreSQL: nothing to compare with.");
        }
        AddRatio("hot, of uniform", hot.RatioTo(uniform), 0.9, "P0");
    }

    public void AddLatencies(Latencies latencies)
    {
        AddTime(
            $"p99 at half the load, {latencies.PerSecond:N0}/s, over raw fdatasync",
            latencies.Paced.Percentile(99),
            latencies.Sync.Percentile(99),
            PacedOverSync
        );
        Add("p99 of no-op POSTs at the same pace", Table.Milliseconds(latencies.Noop.Percentile(99)));
        AddTime(
            "p50 of one client over raw fdatasync",
            latencies.Alone.Percentile(50),
            latencies.Sync.Percentile(50),
            AloneOverSync
        );
    }

    public void AddCosts(PurchaseCosts costs)
    {
        Add("journal bytes per purchase", $"{costs.JournalBytes:N0}");
        Add("journal appends and syncs per purchase", $"{costs.Appends:N2} and {costs.Syncs:N2}");
        Add(
            "bytes allocated per purchase",
            $"{costs.AllocatedBytes:N0}",
            $"≤ {MostBytes.ToString("N0", Culture)}",
            costs.AllocatedBytes <= MostBytes
        );
        Add("collections in all, and pause per purchase", $"{costs.Collections}, {costs.PauseMicroseconds:N1} µs");
    }

    public void AddGrains(IReadOnlyList<(string Name, GrainRun Run)> runs)
    {
        foreach (var (name, run) in runs)
        {
            Add(
                $"grains without HTTP, {name}",
                $"{run.PerSecond:N0}/s, {run.Microseconds:N1} µs CPU, {run.AllocatedBytes:N0} B, p99 {Table.Milliseconds(run.P99)}"
            );
        }
    }

    public void Add(Memory memory) =>
        Add(
            $"memory per idle account, of {memory.Accounts:N0}",
            $"{memory.WorkingSet:N0} B, managed {memory.Heap:N0} B; put away {memory.HeapWhenPutAway:N0} B"
        );

    public void Print() => _table.Print();

    private void AddPeers(string name, Series ours, Series[] peers, double aim)
    {
        var best = peers.MaxBy(static peer => peer.PerSecond)!;
        AddRatio($"{name}, times PostgreSQL at its best", ours.RatioTo(best), aim, "N1");
        Add("the same by processor time", $"{best.Microseconds / ours.Microseconds:N1}");
    }

    private void AddRatio(string name, double reached, double aim, string format) =>
        Add(name, reached.ToString(format, Culture), $"≥ {aim.ToString(format, Culture)}", reached >= aim);

    private void AddTime(string name, TimeSpan reached, TimeSpan sync, TimeSpan over) =>
        Add(
            name,
            $"{Table.Milliseconds(reached)} over {Table.Milliseconds(sync)}",
            $"≤ + {Table.Milliseconds(over)}",
            reached <= sync + over
        );

    private void Add(string name, string reached) => _table.Add(name, reached, "", "");

    private void Add(string name, string reached, string aim, bool met) =>
        _table.Add(name, reached, aim, met ? "yes" : "no");
}
