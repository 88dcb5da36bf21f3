using Actors.Embedded.Tests.Grains;

namespace Actors.Embedded.Tests;

public sealed class TimeoutTests : IAsyncDisposable
{
    private readonly Silo _silo = new();

    [Fact]
    public async Task A_caller_waits_thirty_seconds_and_no_longer()
    {
        var call = _silo.Grain<ICounter>().AddSlowly(1, "gate");
        _silo.Time.Advance(TimeSpan.FromSeconds(29.9));
        Assert.False(call.IsCompleted);
        _silo.Time.Advance(TimeSpan.FromSeconds(0.2));
        var failure = await Assert.ThrowsAsync<TimeoutException>(() => call);
        Assert.Contains("counter/a.AddSlowly", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_method_may_set_its_own_limit()
    {
        var call = _silo.Grain<ICounter>().WaitBriefly("gate");
        _silo.Time.Advance(TimeSpan.FromSeconds(4.9));
        Assert.False(call.IsCompleted);
        _silo.Time.Advance(TimeSpan.FromSeconds(0.2));
        await Assert.ThrowsAsync<TimeoutException>(() => call);
    }

    [Fact]
    public async Task The_limit_can_be_set_for_all()
    {
        await using var silo = new Silo(x => x.ResponseTimeout = TimeSpan.FromSeconds(2));
        var call = silo.Grain<ICounter>().AddSlowly(1, "gate");
        silo.Time.Advance(TimeSpan.FromSeconds(2));
        await Assert.ThrowsAsync<TimeoutException>(() => call);
    }

    [Fact]
    public async Task A_request_that_has_begun_goes_on_and_one_that_has_not_is_dropped()
    {
        var grain = _silo.Grain<ICounter>();
        var begun = grain.AddSlowly(1, "gate");
        await Notes.Until(() => _silo.Journal.Lines.Contains("begin 1"));
        var waiting = grain.AddSlowly(2, "gate");
        _silo.Time.Advance(TimeSpan.FromSeconds(30));
        await Assert.ThrowsAsync<TimeoutException>(() => begun);
        await Assert.ThrowsAsync<TimeoutException>(() => waiting);
        _silo.Journal.Open("gate");
        Assert.Equal(1, await grain.Read());
        Assert.DoesNotContain("begin 2", _silo.Journal.Lines);
    }

    [Fact]
    public async Task Limits_of_many_calls_are_kept_each_for_itself()
    {
        var early = _silo.Grain<ICounter>("a").AddSlowly(1, "gate");
        _silo.Time.Advance(TimeSpan.FromSeconds(10));
        var late = _silo.Grain<ICounter>("b").AddSlowly(1, "gate");
        var brief = _silo.Grain<ICounter>("c").WaitBriefly("gate");
        _silo.Time.Advance(TimeSpan.FromSeconds(5.1));
        await Assert.ThrowsAsync<TimeoutException>(() => brief);
        Assert.False(early.IsCompleted);
        _silo.Time.Advance(TimeSpan.FromSeconds(15));
        await Assert.ThrowsAsync<TimeoutException>(() => early);
        Assert.False(late.IsCompleted);
        _silo.Journal.Open("gate");
        Assert.Equal(1, await late);
    }

    public ValueTask DisposeAsync() => _silo.DisposeAsync();
}
