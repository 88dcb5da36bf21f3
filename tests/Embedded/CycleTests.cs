using Actors.Embedded.Tests.Grains;

namespace Actors.Embedded.Tests;

public sealed class CycleTests : IAsyncDisposable
{
    private readonly Silo _silo = new();

    [Fact]
    public async Task A_circle_of_waiting_calls_is_reported_at_once_with_its_whole_chain()
    {
        var failure = await Assert.ThrowsAsync<GrainCallCycleException>(() => Relay("a").Pass(["b", "c", "a"]));
        Assert.Equal(["relay/a.Pass", "relay/b.Pass", "relay/c.Pass", "relay/a.Pass"], failure.Chain);
        Assert.Contains("relay/b.Pass → relay/c.Pass", failure.Message, StringComparison.Ordinal);
        // Everybody is free again.
        Assert.Equal("end", await Relay("a").Pass(["b", "c"]));
    }

    [Fact]
    public async Task It_is_reported_as_well_when_no_call_had_to_wait_before()
    {
        await Task.WhenAll(Relay("a").Pass([]), Relay("b").Pass([]));
        await Assert.ThrowsAsync<GrainCallCycleException>(() => Relay("a").Pass(["b", "a"]));
    }

    [Fact]
    public async Task A_grain_that_waits_for_itself_is_told_so()
    {
        var failure = await Assert.ThrowsAsync<GrainCallCycleException>(() => Relay("a").Pass(["a"]));
        Assert.Equal(["relay/a.Pass", "relay/a.Pass"], failure.Chain);
    }

    [Fact]
    public async Task A_circle_through_an_activation_is_found()
    {
        await Assert.ThrowsAsync<GrainCallCycleException>(() => Relay("a").Pass(["eager:a"]));
        await Assert.ThrowsAsync<GrainCallCycleException>(() => Relay("eager:eager:x").Pass(["eager:eager:x"]));
    }

    [Fact]
    public async Task A_circle_closed_late_is_found()
    {
        var call = Relay("a").WaitThenPass("gate", ["b", "a"]);
        await Relay("b").Pass([]);
        Assert.False(call.IsCompleted);
        _silo.Journal.Open("gate");
        await Assert.ThrowsAsync<GrainCallCycleException>(() => call);
    }

    [Fact]
    public async Task Reentrant_grains_may_call_in_circles()
    {
        Assert.Equal("end", await _silo.Grain<IReentrantRelay>("a").Pass(["b", "r:a", "c", "r:a"]));
    }

    [Fact]
    public async Task A_circle_that_passes_a_reentrant_grain_but_ends_in_a_strict_one_is_found()
    {
        await Assert.ThrowsAsync<GrainCallCycleException>(() => Relay("a").Pass(["r:x", "r:y", "a"]));
    }

    [Fact]
    public async Task A_call_back_that_nobody_awaits_is_served_when_its_turn_comes()
    {
        Assert.Equal("sent", await Relay("a").Pass(["b", "~a"]));
        await Notes.Until(() => _silo.Journal.Lines.Count(x => x == "pass a") == 2);
    }

    [Fact]
    public async Task A_call_that_its_sender_does_not_await_may_come_back_to_him()
    {
        var call = Relay("a").SendAndWait(["b", "a"], "gate");
        await Notes.Until(() => _silo.Journal.Lines.Contains("pass b"));
        // Some turns later there still is nothing to report.
        await Relay("c").Pass(["d"]);
        _silo.Journal.Open("gate");
        Assert.Equal("sent", await call);
        await Notes.Until(() => _silo.Journal.Lines.Contains("pass a"));
    }

    [Fact]
    public async Task Requests_that_have_nothing_to_do_with_each_other_only_wait()
    {
        var first = Relay("a").WaitThenPass("gate", ["b"]);
        var second = Relay("b").Pass(["a"]);
        var third = Relay("a").Pass([]);
        await Relay("c").Pass(["d"]);
        Assert.False(second.IsCompleted || third.IsCompleted);
        _silo.Journal.Open("second may go");
        await Notes.Until(() => _silo.Journal.Lines.Contains("pass b"));
        Assert.False(first.IsCompleted);
        Assert.False(second.IsFaulted);
    }

    [Fact]
    public async Task A_method_that_always_interleaves_may_be_called_back()
    {
        Assert.Equal("end", await Relay("a").PassBeside(["b", "a"]));
    }

    private IStrictRelay Relay(string key) => _silo.Grain<IStrictRelay>(key);

    public ValueTask DisposeAsync() => _silo.DisposeAsync();
}
