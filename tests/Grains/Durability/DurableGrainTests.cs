using Actors.TestKit;

namespace Actors.Grains.Tests.Durability;

/// <summary>The promises of durable grains as far as they can be seen from outside, on any engine.</summary>
[Trait("Spec", "SE-3")]
public sealed class DurableGrainTests(GrainEngineFixture fixture) : IClassFixture<GrainEngineFixture>
{
    private readonly IGrainEngine _engine = fixture.Engine;

    [Fact]
    public async Task What_was_acknowledged_is_there_after_a_deactivation_and_after_a_crash()
    {
        await Counter("kept").Add(3);
        await _engine.DeactivateAllAsync();
        Assert.Equal(7, await Counter("kept").Add(4));
        await _engine.CrashAsync();

        Assert.Equal(7, await Counter("kept").Get());
        Assert.Equal(2, await Counter("kept").Version());
    }

    [Fact]
    public async Task A_thousand_commands_at_once_are_each_counted_once()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 1000).Select(_ => Counter("busy").Add(1)));
        await _engine.CrashAsync();

        Assert.Equal(1000, await Counter("busy").Get());
        Assert.Equal(1000, answers.Max());
    }

    [Fact]
    public async Task An_effect_arrives_once_through_deactivations_and_crashes()
    {
        for (var round = 1; round <= 6; round++)
        {
            await Counter("teller").AddAndTell(round, "ear");
            await (round % 2 == 0 ? _engine.CrashAsync() : _engine.DeactivateAllAsync());
        }

        await _engine.EventuallyAsync(() => Listener("ear").Heard().AsTask(), static heard => heard >= 21);
        await _engine.CrashAsync();
        await _engine.AdvanceAsync(TimeSpan.FromMinutes(3));
        Assert.Equal(21, await Listener("ear").Heard());
    }

    [Fact]
    public async Task A_due_time_is_served_while_the_grain_is_active()
    {
        await Counter("due").Add(5);
        await Counter("due").ResetAt(_engine.Time.GetUtcNow().AddSeconds(90));

        await _engine.AdvanceAsync(TimeSpan.FromSeconds(89));
        Assert.Equal(5, await Counter("due").Get());
        await _engine.AdvanceAsync(TimeSpan.FromSeconds(2));

        await _engine.EventuallyAsync(() => Counter("due").Get().AsTask(), static sum => sum == 0);
        Assert.Equal(3, await Counter("due").Version());
    }

    [Fact]
    public async Task A_due_time_that_passed_while_nothing_ran_is_served_once_by_the_first_activation()
    {
        await Counter("late").Add(5);
        await Counter("late").ResetAt(_engine.Time.GetUtcNow().AddMinutes(10));
        await _engine.CrashAsync();
        await _engine.AdvanceAsync(TimeSpan.FromHours(1));
        await _engine.CrashAsync();

        Assert.Equal(0, await Counter("late").Get());
        await _engine.DeactivateAllAsync();
        Assert.Equal(3, await Counter("late").Version());
    }

    [Fact]
    public async Task A_long_history_comes_back_through_its_snapshot()
    {
        for (var round = 0; round < 40; round++)
        {
            await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => Counter("long").Add(1)));
        }
        await _engine.DeactivateAllAsync();
        Assert.Equal(4000, await Counter("long").Get());
        await Counter("long").Add(1);
        await _engine.CrashAsync();

        Assert.Equal(4001, await Counter("long").Get());
        Assert.Equal(4001, await Counter("long").Version());
    }

    private ICounterGrain Counter(string key) => _engine.Grains.GetGrain<ICounterGrain>(key);

    private IListenerGrain Listener(string key) => _engine.Grains.GetGrain<IListenerGrain>(key);
}
