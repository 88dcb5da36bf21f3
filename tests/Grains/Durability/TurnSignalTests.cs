using Actors.Grains.Durability;

namespace Actors.Grains.Tests.Durability;

public sealed class TurnSignalTests
{
    private readonly Signal _signal = new();

    [Fact]
    public void Those_who_wait_continue_inside_the_completion_in_their_order()
    {
        List<string> seen = [];
        _ = WaitAsync("first");
        _ = WaitAsync("second");
        _ = WaitAsync("third");
        Assert.Empty(seen);

        _signal.End();

        Assert.Equal(["first", "second", "third"], seen);

        async Task WaitAsync(string name)
        {
            await _signal.Over;
            seen.Add(name);
        }
    }

    [Fact]
    public void Each_continues_in_the_context_that_it_waited_in_and_the_completing_turn_keeps_its_own()
    {
        var (mine, others, completing) = (new Context(), new Context(), new Context());
        List<SynchronizationContext?> seen = [];
        In(mine, () => _ = WaitAsync());
        In(others, () => _ = WaitAsync());
        In(
            completing,
            () =>
            {
                _signal.End();
                Assert.Same(completing, SynchronizationContext.Current);
            }
        );
        Assert.Equal([mine, others], seen);

        async Task WaitAsync()
        {
            await _signal.Over;
            seen.Add(SynchronizationContext.Current);
        }
    }

    [Fact]
    public void A_caller_s_values_come_along_and_stay_away_from_the_completing_turn()
    {
        var ambient = new AsyncLocal<string>();
        string? seen = null;
        ambient.Value = "the caller's";
        _ = WaitAsync();
        ambient.Value = "the completing turn's";

        _signal.End();

        Assert.Equal("the caller's", seen);
        Assert.Equal("the completing turn's", ambient.Value);

        async Task WaitAsync()
        {
            await _signal.Over;
            seen = ambient.Value;
            ambient.Value = "changed";
        }
    }

    [Fact]
    public async Task A_failure_reaches_all_who_wait_and_those_who_ask_later()
    {
        var (first, second) = (_signal.Over.AsTask(), _signal.Over.AsTask());

        _signal.End(new TimeoutException("The disk."));

        foreach (var waiting in new[] { first, second, _signal.Over.AsTask() })
        {
            Assert.Equal("The disk.", (await Assert.ThrowsAsync<TimeoutException>(() => waiting)).Message);
        }
    }

    [Fact]
    public void What_is_over_is_not_waited_for_and_what_is_not_cannot_be_blocked_on()
    {
        Assert.False(_signal.Over.IsCompleted);
        Assert.Throws<InvalidOperationException>(() => _signal.Over.GetAwaiter().GetResult());

        _signal.End();

        Assert.True(_signal.Over.IsCompletedSuccessfully);
    }

    [Fact]
    public void Who_waits_once_more_while_continuing_is_not_called_twice()
    {
        var times = 0;
        _ = WaitTwiceAsync();

        _signal.End();

        Assert.Equal(1, times);

        async Task WaitTwiceAsync()
        {
            await _signal.Over;
            await _signal.Over;
            times++;
        }
    }

    private static void In(SynchronizationContext context, Action action)
    {
        var before = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(context);
        try
        {
            action();
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(before);
        }
    }

    /// <summary>Continuations that were posted would never run.</summary>
    private sealed class Context : SynchronizationContext
    {
        public override void Post(SendOrPostCallback d, object? state) =>
            throw new InvalidOperationException("A turn continues where it is completed.");
    }

    private sealed class Signal : TurnSignal
    {
        public ValueTask Over => Completion;

        public void End(Exception? failure = null) => Complete(failure);
    }
}
