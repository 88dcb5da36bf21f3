using Actors.Bench.Hosts;
using Actors.Bench.Load;
using Actors.Bench.Scenarios;

namespace Actors.Bench.Purchases;

/// <summary>What one purchase costs beside time, acknowledgements and the wallet's part included; by the host's own counters.</summary>
internal sealed record PurchaseCosts(double JournalBytes, double Appends, double Syncs, double AllocatedBytes)
{
    private const int Connections = 128;

    public static async Task<PurchaseCosts> MeasureAsync(BenchHost host, Target target)
    {
        var requests = target.Bytes();
        var before = await HostMetrics.ReadAsync(host);
        BenchHost.ThrowOnFault(
            await ClosedLoop.SendAllAsync(host.EndPoint, requests, Connections, stamp: target.Stamp)
        );
        await PurchasesScenario.SettleAsync();
        var after = await HostMetrics.ReadAsync(host);
        return new PurchaseCosts(
            Each("journal_bytes_bytes_total"),
            Each("journal_appends_total"),
            Each("journal_syncs_total"),
            Each("dotnet_gc_heap_total_allocated_bytes_total")
        );

        double Each(string counter) => (after.Sum(counter) - before.Sum(counter)) / requests.Length;
    }
}
