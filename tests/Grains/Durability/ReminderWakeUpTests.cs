using System.Text;
using Actors.Grains.Durability;
using Actors.Journal;
using Actors.TestKit;

namespace Actors.Grains.Tests.Durability;

[Trait("Spec", "SE-3")]
public sealed class ReminderWakeUpTests : IAsyncLifetime
{
    private EmbeddedGrainEngine _engine = null!;

    public async ValueTask InitializeAsync() =>
        _engine = await EmbeddedGrainEngine.StartAsync(
            new EmbeddedGrainEngineOptions { GrainAssemblies = [typeof(CounterGrain).Assembly], WakeByReminders = true }
        );

    public ValueTask DisposeAsync() => _engine.DisposeAsync();

    [Fact]
    public async Task A_tick_that_finds_nothing_to_do_leaves_the_reminder_to_a_commit_that_is_on_its_way()
    {
        var counter = _engine.Grains.GetGrain<ICounterGrain>("busy");
        // Registers the reminder; once the listener has heard it, there is nothing more to do.
        await counter.AddAndTell(1, "listener");
        await Eventually.GetAsync(
            () => _engine.Grains.GetGrain<IListenerGrain>("listener").Heard().AsTask(),
            static sum => sum == 1
        );
        var appends = _engine.Journal.Appends;
        _engine.Journal.Hold();
        var planning = counter.ResetAt(_engine.Time.GetUtcNow().AddDays(3));
        await Eventually.TrueAsync(() => Task.FromResult(_engine.Journal.Appends > appends));

        var tick = TickAsync("busy");
        _engine.Journal.Release();
        await Task.WhenAll(planning, tick);

        Assert.True(await IsRegisteredAsync());
    }

    [Fact]
    public async Task A_tick_that_finds_nothing_to_do_takes_the_reminder_back()
    {
        var counter = _engine.Grains.GetGrain<ICounterGrain>("done");
        await counter.AddAndTell(1, "other listener");
        Assert.True(await IsRegisteredAsync());

        await Eventually.TrueAsync(async () =>
        {
            await TickAsync("done");
            return !await IsRegisteredAsync();
        });
    }

    private Task TickAsync(string key)
    {
        var now = _engine.Time.GetUtcNow().UtcDateTime;
        return _engine
            .Grains.GetGrain<IRemindable>(GrainId.Parse($"test-counter/{key}"))
            .ReceiveReminder(ReminderWakeUps.ReminderName, new TickStatus(now, TimeSpan.FromMinutes(1), now));
    }

    /// <summary>Whether the newest that happened to a reminder was that it was set.</summary>
    private async Task<bool> IsRegisteredAsync()
    {
        var newest = await _engine.Journal.ReadBackwardAsync(StreamId.Parse("reminders/all"), long.MaxValue, 1);
        return Encoding.UTF8.GetString(newest[0].Json.Span).Contains("reminder.set", StringComparison.Ordinal);
    }
}
