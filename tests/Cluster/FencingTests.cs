using Actors.GrainInterfaces.Durability;
using Actors.Grains.Hosting;
using Actors.Grains.Tests.Durability;
using Actors.TestKit;

namespace Actors.Cluster.Tests;

/// <summary>
/// Two clusters that know nothing of each other on the same data: each has its own activation of one grain, which is what
/// a network split makes of one cluster.
/// </summary>
[Trait("Spec", "SE-3")]
public sealed class FencingTests(Azurite azurite)
{
    [Theory]
    [InlineData(ClusterStorage.Blob)]
    [InlineData(ClusterStorage.Table)]
    public async Task A_stale_activation_writes_nothing_and_reads_the_truth_when_it_is_asked_again(
        ClusterStorage storage
    )
    {
        var service = $"fence-{storage}-{Environment.ProcessId}-{Environment.TickCount64}".ToLowerInvariant();
        var time = new ShiftedTime();
        await using var here = await ClusterGrainEngine.StartAsync(azurite.ConnectionString, service, storage, time);
        await using var there = await ClusterGrainEngine.StartAsync(azurite.ConnectionString, service, storage, time);
        var stale = here.Grains.GetGrain<ICounterGrain>("split");
        var fresh = there.Grains.GetGrain<ICounterGrain>("split");
        Assert.Equal(1, await stale.Add(1));
        Assert.Equal(11, await fresh.Add(10));

        await Assert.ThrowsAsync<OutcomeUnknownException>(() => stale.Add(100));

        Assert.Equal(11, await stale.Get());
        Assert.Equal(1011, await stale.Add(1000));
    }
}
