using System.Diagnostics;

namespace Actors.Bench.Purchases;

/// <summary>
/// What an account costs in memory once nothing happens to it: with it come its place in the directory, the journal's
/// index, and the inbox of the message that tokens came in.
/// </summary>
internal static class IdleAccounts
{
    /// <summary>Acknowledgements are written down after two seconds, and only then is a grain at rest.</summary>
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(4);

    public static async Task<Memory> MeasureAsync(string parent, int accounts)
    {
        await using var host = await GrainHost.StartAsync(parent);
        var market = new GrainMarket(host.Grains, accounts, models: 1);
        // The first ones also pay for what is there only once.
        var first = accounts / 100;
        await market.CreditAsync(0, first);
        var empty = await AtRestAsync();
        await market.CreditAsync(first, accounts - first);
        var full = await AtRestAsync();
        await host.Grains.GetGrain<IManagementGrain>(0).ForceActivationCollection(TimeSpan.Zero);
        var collected = await AtRestAsync();
        var count = accounts - first;
        return new Memory(
            accounts,
            (full.WorkingSet - empty.WorkingSet) / count,
            (full.Heap - empty.Heap) / count,
            (collected.Heap - empty.Heap) / count
        );
    }

    private static async Task<(long WorkingSet, long Heap)> AtRestAsync()
    {
        await Task.Delay(Rest, TimeProvider.System);
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        using var self = Process.GetCurrentProcess();
        return (self.WorkingSet64, GC.GetTotalMemory(forceFullCollection: true));
    }
}

/// <summary>Bytes per account.</summary>
/// <param name="WorkingSet">While its grains are in memory.</param>
/// <param name="Heap">The same, managed memory alone.</param>
/// <param name="HeapWhenPutAway">Once its grains were put away: what the index and the directory keep.</param>
internal sealed record Memory(int Accounts, long WorkingSet, long Heap, long HeapWhenPutAway);
