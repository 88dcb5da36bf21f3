using Actors.Embedded.Tests.Grains;

namespace Actors.Embedded.Tests;

public sealed class AllocationTests
{
    private const int Calls = 1_000_000;
    private const int FewerCalls = 200_000;

    [Fact]
    public async Task A_million_warm_calls_allocate_little_more_than_their_frames()
    {
        await using var silo = new Silo(realTime: true);
        var counter = silo.Grain<ICounter>();
        await counter.Read();
        // A frame is one object of 56 bytes; the rest is slack for what the runtime does now and then.
        Assert.InRange(AllocatedBy(Calls, () => counter.Read()), 0, 64 * Calls);
    }

    [Fact]
    public async Task Warm_calls_of_a_reentrant_grain_allocate_nothing()
    {
        await using var silo = new Silo(realTime: true);
        var grain = silo.Grain<IOverlap>();
        await grain.Count();
        Assert.InRange(AllocatedBy(FewerCalls, () => grain.Count()), 0, FewerCalls);
    }

    [Fact]
    public async Task A_reference_to_a_grain_in_memory_is_found_without_allocating()
    {
        await using var silo = new Silo(realTime: true);
        await silo.Grain<IOverlap>().Count();
        Assert.InRange(AllocatedBy(FewerCalls, () => silo.Grain<IOverlap>().Count()), 0, FewerCalls);
    }

    private static long AllocatedBy(int calls, Func<ValueTask<int>> call)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < calls; i++)
        {
            var pending = call();
            if (!pending.IsCompletedSuccessfully)
            {
                pending.AsTask().Wait();
            }
        }
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }
}
