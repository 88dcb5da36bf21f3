using Actors.GrainInterfaces.Templates;
using Actors.Journal;
using Actors.TestKit;

namespace Actors.Grains.Tests.Templates;

public sealed class TemplateUsageGrainTests : IAsyncLifetime
{
    private SimulatedGrainEngine _engine = null!;

    private ITemplateUsageGrain Usage => _engine.Grains.GetGrain<ITemplateUsageGrain>("t1");

    public async ValueTask InitializeAsync() => _engine = await SimulatedGrainEngine.StartAsync();

    public ValueTask DisposeAsync() => _engine.DisposeAsync();

    [Fact, Trait("Spec", "TE-4")]
    public async Task A_thousand_uses_within_five_seconds_are_one_event_that_survives_a_crash()
    {
        await Task.WhenAll(Enumerable.Range(0, 1_000).Select(use => Usage.CountUse(use % 2 == 0 ? "a" : null)));
        await Usage.CountOutcome("a", true);
        Assert.Equal(0, await EventsAsync());

        await _engine.AdvanceAsync(TimeSpan.FromSeconds(5));
        await _engine.EventuallyAsync(async () => await EventsAsync() == 1);
        await _engine.CrashAsync();

        var usage = await Usage.Get();
        Assert.Equal(new UsageCounts(1_000, 1, 0), usage.Total);
        Assert.Equal([new VariantUsage("a", new UsageCounts(500, 1, 0))], usage.Variants);
        Assert.Equal(1, await EventsAsync());
    }

    [Fact, Trait("Spec", "TE-4")]
    public async Task What_is_counted_after_a_writing_down_is_written_down_as_well()
    {
        for (var round = 1; round <= 3; round++)
        {
            await Usage.CountOutcome(null, true);
            var expected = round;
            // The five seconds begin when the writing down before has ended, which no caller sees.
            await _engine.EventuallyAsync(async () =>
            {
                await _engine.AdvanceAsync(TimeSpan.FromSeconds(5));
                return await EventsAsync() == expected;
            });
        }
    }

    [Fact, Trait("Spec", "TE-4")]
    public async Task A_stop_in_good_order_loses_no_count()
    {
        await Usage.CountOutcome("a", false);

        await _engine.DeactivateAllAsync();
        await _engine.CrashAsync();

        Assert.Equal(new UsageCounts(0, 0, 1), (await Usage.Get()).Total);
    }

    [Fact, Trait("Spec", "SE-3")]
    public async Task What_has_been_read_is_never_taken_back()
    {
        await Usage.CountOutcome("a", true);
        var read = (await Usage.Get()).Total;

        await _engine.CrashAsync();

        Assert.Equal(read, (await Usage.Get()).Total);
        Assert.Equal(1, read.Successes);
    }

    private async Task<long> EventsAsync() =>
        (await _engine.Journal.ReadHeadAsync(new StreamId("template-usage", "t1"))).Version;
}
