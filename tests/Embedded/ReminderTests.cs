using Actors.Embedded.Tests.Grains;
using Microsoft.Extensions.DependencyInjection;

namespace Actors.Embedded.Tests;

public sealed class ReminderTests : IAsyncDisposable
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private readonly MemoryReminderStore _store = new();
    private readonly List<Silo> _silos = [];
    private SteppedTurns _turns = null!;
    private Silo _silo = null!;

    public ReminderTests() => Restart();

    private IReadOnlyList<string> Lines => _silo.Journal.Lines;

    [Fact]
    public void A_reminder_ticks_when_due_and_then_every_period_and_activates_its_grain()
    {
        Run(x => x.Register("pay", 5 * Minute, 10 * Minute));
        Collect();
        Advance(4, []);
        Advance(1, ["pay of a at +0 every 10"]);
        Collect();
        Advance(10, ["pay of a at +0 every 10", "pay of a at +10 every 10"]);
    }

    [Fact]
    public async Task A_period_of_less_than_a_minute_is_refused()
    {
        await Assert.ThrowsAsync<ArgumentException>(() => Run(x => x.Register("pay", Minute, 0.9 * Minute)));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => Run(x => x.Register("pay", -Minute, Minute)));
        await Assert.ThrowsAsync<ArgumentException>(() => Run(x => x.Register("", Minute, Minute)));
        await Run(x => x.Register("pay", TimeSpan.Zero, Minute));
    }

    [Fact]
    public void A_reminder_survives_the_process()
    {
        Run(x => x.Register("pay", 5 * Minute, 10 * Minute));
        Restart();
        Advance(5, ["pay of a at +0 every 10"]);
    }

    [Fact]
    public void A_tick_missed_while_nothing_ran_comes_soon_after_the_start_and_the_rest_on_time()
    {
        Run(x => x.Register("pay", 5 * Minute, 10 * Minute));
        Restart(after: 18 * Minute);
        Assert.Equal(["pay of a at +13 every 10"], Lines);
        Advance(7, ["pay of a at +13 every 10", "pay of a at +20 every 10"]);
    }

    [Fact]
    public void A_tick_that_fails_waits_for_the_next_period()
    {
        Run(x => x.FailFrom(1));
        Run(x => x.Register("pay", Minute, 2 * Minute));
        Advance(1, ["pay of a at +0 every 2"]);
        Advance(1, ["pay of a at +0 every 2"]);
        Advance(1, ["pay of a at +0 every 2", "pay of a at +2 every 2"]);
        Assert.Contains(
            _silo.Logs.Lines,
            x => x.Contains("Reminder pay of reminded/a failed", StringComparison.Ordinal)
        );
    }

    [Fact]
    public void Registering_again_replaces_the_old_times()
    {
        Run(x => x.Register("pay", Minute, Minute));
        Run(x => x.Register("pay", 3 * Minute, 5 * Minute));
        Advance(2, []);
        Advance(1, ["pay of a at +0 every 5"]);
    }

    [Fact]
    public async Task An_unregistered_reminder_ticks_no_more_not_even_after_a_restart()
    {
        await Run(x => x.Register("pay", Minute, Minute));
        Assert.True(await Run(x => x.Unregister("pay")));
        Assert.False(await Run(x => x.Unregister("pay")));
        Advance(5, []);
        Restart(after: 10 * Minute);
        Advance(5, []);
    }

    [Fact]
    public async Task A_grain_lists_its_own_reminders()
    {
        await Run(x => x.Register("b", Minute, Minute));
        await Run(x => x.Register("a", Minute, Minute));
        await Run(x => x.Register("c", Minute, Minute), "other");
        Assert.Equal(["a", "b"], await Run(x => x.List()));
        Assert.Equal(3, _silo.Engine.Statistics.ReminderCount);
    }

    [Fact]
    public async Task Only_a_grain_that_can_receive_reminders_may_register_one()
    {
        var call = _silo.Grain<INoReminders>().Register();
        _turns.RunAll();
        await Assert.ThrowsAsync<InvalidOperationException>(() => call);
    }

    [Fact]
    public void Very_many_that_are_due_at_once_are_all_served()
    {
        for (var i = 0; i < 200; i++)
        {
            Run(x => x.Register("pay", Minute, Minute), $"g{i}");
        }
        Restart(after: 5 * Minute);
        Assert.Equal(200, Lines.Distinct().Count());
    }

    private Task<T> Run<T>(Func<IReminded, Task<T>> call, string key = "a")
    {
        var task = call(_silo.Grain<IReminded>(key));
        _turns.RunAll();
        return task;
    }

    private void Run(Func<IReminded, Task> call) =>
        Run<int>(async x =>
        {
            await call(x);
            return 0;
        });

    private void Collect()
    {
        _ = _silo.Management.ForceActivationCollection(TimeSpan.Zero);
        _turns.RunAll();
        _ = _silo.Management.ForceActivationCollection(TimeSpan.Zero);
        _turns.RunAll();
    }

    private void Advance(int minutes, string[] expected)
    {
        _silo.Time.Advance(minutes * Minute);
        _turns.RunAll();
        Assert.Equal(expected, Lines);
    }

    /// <summary>Another process over the same store, at the old one's time and later.</summary>
    private void Restart(TimeSpan after = default)
    {
        var now = _silo is null ? TimeSpan.Zero : _silo.Time.GetUtcNow() - new Silo().Time.GetUtcNow();
        _silo?.Engine.Abandon();
        _turns = new SteppedTurns();
        _silo = new Silo(services: x => x.AddSingleton<IReminderStore>(_store), turns: _turns);
        _silos.Add(_silo);
        _silo.Time.Advance(now + after);
        Assert.True(_silo.Engine.StartAsync(CancellationToken.None).IsCompletedSuccessfully);
        _turns.RunAll();
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var silo in _silos)
        {
            await silo.DisposeAsync();
        }
    }
}
