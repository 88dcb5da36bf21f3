using Actors.ApiHost.Calls;
using Actors.ApiHost.Tests.Live;
using Microsoft.Extensions.Time.Testing;
using Orleans.Serialization.Invocation;

namespace Actors.ApiHost.Tests.Calls;

[Trait("Spec", "SE-3")]
public sealed class CallPatienceTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly TaskCompletionSource _silent = new();

    [Fact]
    public async Task A_request_waits_for_all_its_grains_together_no_longer_than_its_patience()
    {
        CallDeadline.Current = new CallDeadline(_time);
        _time.Advance(CallDeadline.Patience - TimeSpan.FromSeconds(1));
        var second = Wait(ownLimit: null);
        _time.Advance(TimeSpan.FromSeconds(0.9));
        Assert.False(second.IsCompleted);
        _time.Advance(TimeSpan.FromSeconds(0.2));
        Assert.True(second.IsFaulted);
        await Assert.ThrowsAsync<TimeoutException>(() => second);
        await Assert.ThrowsAsync<TimeoutException>(() => Wait(ownLimit: null));
    }

    [Fact]
    public async Task A_method_that_says_how_long_it_takes_is_waited_for_as_long()
    {
        CallDeadline.Current = new CallDeadline(_time);
        var call = Wait(TimeSpan.FromSeconds(10));
        _time.Advance(TimeSpan.FromSeconds(9));
        Assert.False(call.IsCompleted);
        _time.Advance(TimeSpan.FromSeconds(2));
        Assert.True(call.IsFaulted);
        await Assert.ThrowsAsync<TimeoutException>(() => call);
    }

    [Fact]
    public void Where_no_request_waits_a_call_takes_as_long_as_Orleans_lets_it()
    {
        var call = Wait(ownLimit: null);
        _time.Advance(TimeSpan.FromMinutes(1));
        Assert.False(call.IsCompleted);
    }

    private Task Wait(TimeSpan? ownLimit)
    {
        var request = Answering.Create<IInvokable>(
            (method, _) => method.Name == nameof(IInvokable.GetDefaultResponseTimeout) ? ownLimit! : method.Name
        );
        var context = Answering.Create<IOutgoingGrainCallContext>(
            (method, _) => method.Name == "get_Request" ? request : _silent.Task
        );
        return new CallPatience(_time).Invoke(context);
    }
}
