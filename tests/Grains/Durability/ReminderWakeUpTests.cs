using Actors.Grains.Durability;
using Actors.TestKit;

namespace Actors.Grains.Tests.Durability;

[Trait("Spec", "SE-3")]
public sealed class ReminderWakeUpTests : IAsyncLifetime
{
    private SimulatedGrainEngine _engine = null!;

    public async ValueTask InitializeAsync() =>
        _engine = await SimulatedGrainEngine.StartAsync(
            new SimulatedGrainEngineOptions
            {
                GrainAssemblies = [typeof(CounterGrain).Assembly],
                WakeByReminders = true,
            }
        );

    public ValueTask DisposeAsync() => _engine.DisposeAsync();

    [Fact]
    public async Task A_tick_that_finds_nothing_to_do_leaves_the_reminder_to_a_commit_that_is_on_its_way()
    {
        var counter = _engine.Grains.GetGrain<ICounterGrain>("busy");
        // Registers the reminder; once the listener has heard it, there is nothing more to do.
        await counter.AddAndTell(1, "listener");
        await _engine.EventuallyAsync(
            () => _engine.Grains.GetGrain<IListenerGrain>("listener").Heard().AsTask(),
            static sum => sum == 1
        );
        var appends = _engine.Journal.Appends;
        _engine.Journal.Hold();
        var planning = counter.ResetAt(_engine.Time.GetUtcNow().AddDays(3));
        await _engine.EventuallyAsync(() => Task.FromResult(_engine.Journal.Appends > appends));

        var tick = TickAsync("busy");
        _engine.Journal.Release();
        await Task.WhenAll(planning, tick);

        Assert.True(IsRegistered("busy"));
    }

    [Fact]
    public async Task A_tick_that_finds_nothing_to_do_takes_the_reminder_back()
    {
        var counter = _engine.Grains.GetGrain<ICounterGrain>("done");
        await counter.AddAndTell(1, "other listener");
        await TickAsync("done");
        Assert.True(IsRegistered("done"), "whoever was busy a moment ago will be again");

        await _engine.AdvanceAsync(ReminderWakeUps.KeptIdle);
        await TickAsync("done");

        Assert.False(IsRegistered("done"));
    }

    private Task TickAsync(string key)
    {
        var now = _engine.Time.GetUtcNow().UtcDateTime;
        return _engine
            .Grains.GetGrain<IRemindable>(GrainId.Parse($"test-counter/{key}"))
            .ReceiveReminder(ReminderWakeUps.ReminderName, new TickStatus(now, TimeSpan.FromMinutes(1), now));
    }

    private bool IsRegistered(string key) =>
        _engine.Reminders.Contains($"test-counter/{key} {ReminderWakeUps.ReminderName}");
}
