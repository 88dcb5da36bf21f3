using Actors.Bench.Hosts;
using Actors.Bench.Load;
using Actors.Bench.Scenarios;

namespace Actors.Bench.Purchases;

/// <summary>What one purchase costs beside time, acknowledgements and the wallet's part included; by the host's own counters.</summary>
internal sealed record PurchaseCosts(
    double JournalBytes,
    double Appends,
    double Syncs,
    double AllocatedBytes,
    double PauseMicroseconds,
    string Collections
)
{
    private const int Connections = 128;

    /// <summary>Every user buys some ten times: what is written once at the end weighs as little as in use.</summary>
    private const int Turns = 10;

    /// <summary>A grain at rest writes down after half a minute what was acknowledged; that is part of the cost.</summary>
    private static readonly TimeSpan AllNoted = TimeSpan.FromSeconds(35);

    public static async Task<PurchaseCosts> MeasureAsync(BenchHost host, Target target)
    {
        var requests = target.Bytes();
        var before = await HostMetrics.ReadAsync(host);
        for (var turn = 0; turn < Turns; turn++)
        {
            BenchHost.ThrowOnFault(
                await ClosedLoop.SendAllAsync(host.EndPoint, requests, Connections, stamp: target.Stamp)
            );
        }
        await Task.Delay(AllNoted, TimeProvider.System);
        var after = await HostMetrics.ReadAsync(host);
        return new PurchaseCosts(
            Each("journal_bytes_total"),
            Each("journal_appends_total"),
            Each("journal_syncs_total"),
            Each("dotnet_gc_heap_total_allocated_bytes_total"),
            Each("dotnet_gc_pause_time_seconds_total") * 1e6,
            string.Join(" / ", Enumerable.Range(0, 3).Select(Collections))
        );

        double Collections(int generation) =>
            after.Sum($"dotnet_gc_collections_total{{gc_heap_generation=\"gen{generation}\"}}")
            - before.Sum($"dotnet_gc_collections_total{{gc_heap_generation=\"gen{generation}\"}}");

        double Each(string counter) => (after.Sum(counter) - before.Sum(counter)) / (Turns * requests.Length);
    }
}
