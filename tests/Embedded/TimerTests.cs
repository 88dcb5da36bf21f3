using Actors.Embedded.Tests.Grains;

namespace Actors.Embedded.Tests;

public sealed class TimerTests : IAsyncDisposable
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private readonly SteppedTurns _turns = new();
    private readonly Silo _silo;

    public TimerTests() => _silo = new Silo(turns: _turns);

    private IReadOnlyList<string> Lines => _silo.Journal.Lines;

    [Fact]
    public void A_timer_ticks_when_due_and_then_every_period()
    {
        Start(5 * Second, 2 * Second);
        Advance(4, []);
        Advance(1, ["tick 1 at 5"]);
        Advance(2, ["tick 1 at 5", "tick 2 at 7"]);
        Advance(2, ["tick 1 at 5", "tick 2 at 7", "tick 3 at 9"]);
    }

    [Fact]
    public void A_timer_that_is_due_now_ticks_now()
    {
        Start(TimeSpan.Zero, Timeout.InfiniteTimeSpan);
        Assert.Equal(["tick 1 at 0"], Lines);
    }

    [Fact]
    public void A_timer_without_period_ticks_once()
    {
        Start(Second, Timeout.InfiniteTimeSpan);
        Advance(1, ["tick 1 at 1"]);
        Advance(100, ["tick 1 at 1"]);
    }

    [Fact]
    public void The_period_counts_from_the_end_of_a_tick_so_that_ticks_never_overlap()
    {
        Start(Second, Second, gate: "g");
        Advance(1, ["tick 1 at 1"]);
        Advance(10, ["tick 1 at 1"]);
        Open("g1");
        Assert.Equal(["tick 1 at 1", "tock 1"], Lines);
        Advance(1, ["tick 1 at 1", "tock 1", "tick 2 at 12"]);
    }

    [Fact]
    public void A_tick_waits_for_a_running_request()
    {
        Start(Second, Second);
        Run(x => x.Hold("h"));
        Advance(1, ["hold"]);
        Open("h");
        Assert.Equal(["hold", "release", "tick 1 at 1"], Lines);
    }

    [Fact]
    public void A_tick_that_interleaves_does_not_wait()
    {
        Start(Second, Second, interleave: true);
        Run(x => x.Hold("h"));
        Advance(1, ["hold", "tick 1 at 1"]);
    }

    [Fact]
    public void A_request_waits_for_a_tick_that_does_not_interleave()
    {
        Start(Second, Second, gate: "g");
        Advance(1, ["tick 1 at 1"]);
        Open("h");
        Run(x => x.Hold("h"));
        Assert.Equal(["tick 1 at 1"], Lines);
        Open("g1");
        Assert.Equal(["tick 1 at 1", "tock 1", "hold", "release"], Lines);
    }

    [Fact]
    public void A_tick_that_fails_is_logged_and_the_timer_goes_on()
    {
        Run(x => x.StartFailing(Second));
        Advance(1, ["tick 1"]);
        Advance(1, ["tick 1", "tick 2"]);
        Assert.Contains(_silo.Logs.Lines, x => x.Contains("tick failed", StringComparison.Ordinal));
    }

    [Fact]
    public void A_change_during_a_tick_counts_from_its_end()
    {
        Run(x => x.StartChanging(Second, Second, next: 10 * Second));
        Advance(1, ["tick at 1"]);
        Advance(9, ["tick at 1"]);
        Advance(1, ["tick at 1", "tick at 11"]);
    }

    [Fact]
    public void A_disposed_timer_ticks_no_more()
    {
        Start(Second, Second);
        Advance(1, ["tick 1 at 1"]);
        Run(x => x.Stop());
        Advance(10, ["tick 1 at 1"]);
    }

    [Fact]
    public void A_timer_dies_with_its_activation()
    {
        Start(Second, Second);
        Advance(1, ["tick 1 at 1"]);
        Run(x => x.Leave());
        Assert.Equal(0, _silo.Engine.Statistics.ActivationCount);
        Advance(10, ["tick 1 at 1"]);
    }

    [Fact]
    public void The_token_of_a_tick_is_cancelled_when_its_timer_is_disposed()
    {
        Start(Second, Second, gate: "g", interleave: true);
        Advance(1, ["tick 1 at 1"]);
        Run(x => x.Stop());
        Assert.Contains(_silo.Logs.Lines, x => x.Contains("A timer of timed/a failed", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(false, 0)]
    [InlineData(true, 1)]
    public void Ticks_keep_an_activation_only_if_asked_to(bool keepAlive, int activations)
    {
        Start(TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(1), keepAlive: keepAlive);
        for (var minute = 1; minute <= 20; minute++)
        {
            _silo.Time.Advance(TimeSpan.FromMinutes(1));
            _turns.RunAll();
        }
        Assert.Equal(activations, _silo.Engine.Statistics.ActivationCount);
    }

    [Fact]
    public async Task Impossible_times_are_refused()
    {
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => Start(TimeSpan.FromSeconds(-5), Second));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => Start(Second, TimeSpan.FromDays(1000)));
    }

    [Fact]
    public async Task A_timer_can_only_be_registered_in_the_turns_of_its_grain()
    {
        var escaped = Run(x => x.Escape());
        await Assert.ThrowsAsync<InvalidOperationException>(() => escaped);
    }

    private Task Start(
        TimeSpan due,
        TimeSpan period,
        string? gate = null,
        bool interleave = false,
        bool keepAlive = false
    ) => Run(x => x.Start(due, period, gate, interleave, keepAlive));

    private Task Run(Func<ITimed, Task> call)
    {
        var task = call(_silo.Grain<ITimed>());
        _turns.RunAll();
        return task;
    }

    private void Open(string gate)
    {
        _silo.Journal.Open(gate);
        _turns.RunAll();
    }

    private void Advance(int seconds, string[] expected)
    {
        _silo.Time.Advance(seconds * Second);
        _turns.RunAll();
        Assert.Equal(expected, Lines);
    }

    public ValueTask DisposeAsync() => _silo.DisposeAsync();
}
