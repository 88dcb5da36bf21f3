using Actors.Embedded.Tests.Grains;

namespace Actors.Embedded.Tests;

public sealed class CallTests : IAsyncDisposable
{
    private readonly Silo _silo = new();

    [Fact]
    public async Task A_grain_is_activated_by_its_first_call_and_keeps_its_state()
    {
        var counter = _silo.Grain<ICounter>();
        Assert.Empty(_silo.Journal.Lines);
        Assert.Equal(2, await counter.Add(2));
        Assert.Equal(5, await counter.Add(3));
        Assert.Equal(5, await _silo.Grain<ICounter>().Read());
        Assert.Equal(["activate a"], _silo.Journal.Lines);
    }

    [Fact]
    public async Task Grains_with_different_keys_share_nothing()
    {
        await _silo.Grain<ICounter>("a").Add(1);
        Assert.Equal(0, await _silo.Grain<ICounter>("b").Read());
    }

    [Fact]
    public async Task A_thousand_first_calls_at_once_make_one_activation()
    {
        var calls = Enumerable.Range(0, 1000).Select(_ => Task.Run(() => _silo.Grain<ICounter>().Add(1)));
        var sums = await Task.WhenAll(calls);
        Assert.Equal(Enumerable.Range(1, 1000), sums.Order());
        Assert.Equal(["activate a"], _silo.Journal.Lines);
    }

    public ValueTask DisposeAsync() => _silo.DisposeAsync();
}
