using Actors.GrainInterfaces.Durability;
using Actors.Grains.Durability;
using Actors.Journal;
using Actors.TestKit;
using Actors.TestKit.Journals;

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

    [Fact]
    public async Task A_stale_activation_leaves_the_reminder_to_the_one_that_still_has_something_to_send()
    {
        await CounterOf("split").Add(1);
        await SplitAsync("split");
        _engine.Journal.Fault = ListenersFail;
        await CounterOf("split").AddAndTell(5, "deaf listener");

        // Meanwhile both are woken again and again, and one of them knows of nothing to do.
        await _engine.AdvanceAsync(ReminderWakeUps.KeptIdle * 2);
        await _engine.CrashAsync();
        await _engine.AdvanceAsync(TimeSpan.FromMinutes(2));

        Assert.Equal(5, await _engine.Grains.GetGrain<IListenerGrain>("deaf listener").Heard());
    }

    [Fact]
    public async Task Whoever_relies_on_a_reminder_that_another_activation_has_taken_back_cannot_commit()
    {
        // Chance has it which of the two activations takes the reminder back: with so many grains it is now this, now that one.
        string[] keys = [.. Enumerable.Range(1, 16).Select(static number => $"fenced{number}")];
        foreach (var key in keys)
        {
            await CounterOf(key).AddAndTell(1, "listener");
        }
        await _engine.AdvanceAsync(TimeSpan.FromMinutes(1));
        foreach (var key in keys)
        {
            await SplitAsync(key);
        }
        // By the one that has not been busy: the other one is still there, and thinks that it will be woken.
        await _engine.AdvanceAsync(TimeSpan.FromMinutes(12));
        Assert.DoesNotContain(keys, IsRegistered);
        _engine.Journal.Fault = ListenersFail;

        var refused = 0;
        foreach (var key in keys)
        {
            while (!await IsDoneAsync(() => CounterOf(key).AddAndTell(1, "deaf listener")))
            {
                refused++;
            }
            Assert.True(IsRegistered(key), $"What {key} acknowledged is to be sent, whoever dies now.");
        }
        Assert.NotEqual(0, refused);
    }

    [Fact]
    public async Task An_activation_that_moved_the_reminder_and_then_failed_puts_it_back_to_soon()
    {
        await CounterOf("moved").Add(1);
        await SplitAsync("moved");
        _engine.Journal.Fault = ListenersFail;
        await CounterOf("moved").AddAndTell(5, "late listener");

        // By the one that does not know of it: its own due time is far away, and its append is refused.
        var far = _engine.Time.GetUtcNow().AddHours(20);
        while (await IsDoneAsync(() => CounterOf("moved").ResetAt(far))) { }
        await _engine.AdvanceAsync(TimeSpan.FromSeconds(10));
        await _engine.CrashAsync();
        await _engine.AdvanceAsync(TimeSpan.FromMinutes(2));

        Assert.Equal(5, await _engine.Grains.GetGrain<IListenerGrain>("late listener").Heard());
    }

    private static AppendFault ListenersFail(Commit commit) =>
        commit.Stream.Category is "test-listener" ? AppendFault.BeforeWriting : AppendFault.None;

    private ICounterGrain CounterOf(string key) => _engine.Grains.GetGrain<ICounterGrain>(key);

    /// <summary>From here on there are two activations, and both know what is there now.</summary>
    private async Task SplitAsync(string key)
    {
        _engine.Split($"test-counter/{key}");
        for (var call = 0; call < 40; call++)
        {
            await CounterOf(key).Get();
        }
    }

    private static async Task<bool> IsDoneAsync(Func<Task> call)
    {
        try
        {
            await call();
            return true;
        }
        catch (OutcomeUnknownException)
        {
            return false;
        }
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
