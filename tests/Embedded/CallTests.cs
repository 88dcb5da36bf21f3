using Actors.Embedded.Tests.Grains;
using Microsoft.Extensions.DependencyInjection;

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

    [Fact]
    public async Task An_exception_reaches_the_caller_as_it_was_thrown()
    {
        var counter = _silo.Grain<ICounter>();
        Assert.Equal(42, (await Assert.ThrowsAsync<CustomException>(() => counter.Fail("later"))).Code);
        var pending = counter.FailAtOnce("now");
        Assert.Equal(43, (await Assert.ThrowsAsync<CustomException>(() => pending.AsTask())).Code);
        Assert.Equal(0, await counter.Read());
    }

    [Fact]
    public async Task A_one_way_call_completes_at_once_and_its_fault_is_only_logged()
    {
        await _silo.Grain<ICounter>().Drop("dropped");
        await Notes.Until(() => _silo.Logs.Lines.Any(x => x.Contains("nobody hears this", StringComparison.Ordinal)));
        Assert.Equal(["activate a", "dropped"], _silo.Journal.Lines);
    }

    [Fact]
    public async Task A_caller_that_cancels_waits_no_longer_and_the_method_sees_its_token()
    {
        using var source = new CancellationTokenSource();
        var counter = _silo.Grain<ICounter>();
        var call = counter.Cancellable("gate", source.Token);
        await Notes.Until(() => _silo.Journal.Lines.Contains("started"));
        await source.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        // The grain is free again, for its method was cancelled too.
        Assert.Equal(1, await counter.Add(1));
    }

    [Fact]
    public async Task A_call_with_a_cancelled_token_is_not_made()
    {
        using var source = new CancellationTokenSource();
        await source.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            _silo.Grain<ICounter>().Cancellable("gate", source.Token)
        );
        Assert.Empty(_silo.Journal.Lines);
    }

    [Fact]
    public async Task Grains_know_their_type_and_key()
    {
        Assert.Equal("counter/a", await _silo.Grain<ICounter>().Identity());
        Assert.Equal("named.by-attribute/x", (await _silo.Grain<INamed>("x").Id()).ToString());
        var guid = new Guid("00112233-4455-6677-8899-aabbccddeeff");
        Assert.Equal((guid, 0), await _silo.Grains.GetGrain<IGuidKeyed>(guid).Key());
        Assert.Equal((Guid.Empty, -7), await _silo.Grains.GetGrain<IIntegerKeyed>(-7).Key());
    }

    [Fact]
    public async Task A_reference_can_be_made_from_an_id_or_from_another_reference()
    {
        await _silo.Grain<ICounter>().Add(4);
        Assert.Equal(4, await _silo.Grains.GetGrain<ICounter>(GrainId.Parse("counter/a")).Read());
        Assert.Equal(4, await _silo.Grain<ICounter>().AsReference<ICounter>().Read());
        Assert.Equal("counter/a", _silo.Grain<ICounter>().GetGrainId().ToString());
        Assert.Equal("a", _silo.Grain<ICounter>().GetPrimaryKeyString());
        Assert.Equal(_silo.Grain<ICounter>(), _silo.Grain<ICounter>());
        Assert.NotEqual(_silo.Grain<ICounter>("a"), _silo.Grain<ICounter>("b"));
    }

    [Fact]
    public async Task An_interface_inherits_the_methods_of_its_bases()
    {
        var derived = _silo.Grain<IDerived>();
        Assert.Equal("base derived", await derived.FromBase() + " " + await derived.FromDerived());
        Assert.Equal("base", await derived.AsReference<IBase>().FromBase());
    }

    [Fact]
    public void A_reference_that_nobody_could_serve_is_refused()
    {
        Assert.Throws<ArgumentException>(() => _silo.Grain<IUnserved>());
        Assert.Throws<ArgumentException>(() => _silo.Grain<ICounter>(" "));
        Assert.Throws<ArgumentNullException>(() => _silo.Grain<ICounter>(null!));
        Assert.Throws<ArgumentException>(() => _silo.Grains.GetGrain<ICounter>(GrainId.Parse("unknown/a")));
        Assert.Throws<ArgumentException>(() => _silo.Grain<IBase>().AsReference<ICounter>());
        Assert.Throws<ArgumentException>(() => GrainId.Parse("no-slash"));
    }

    [Fact]
    public async Task Of_several_classes_the_prefix_chooses()
    {
        Assert.Throws<ArgumentException>(() => _silo.Grain<IShape>());
        Assert.Equal("round", await _silo.Grains.GetGrain<IShape>("a", typeof(CircleGrain).FullName).Name());
        Assert.Equal("square", await _silo.Grains.GetGrain<IShape>("a", typeof(SquareGrain).FullName).Name());
    }

    [Fact]
    public async Task An_observer_is_called_until_it_is_deleted()
    {
        var observer = new Observer();
        var reference = _silo.Grains.CreateObjectReference<IObserver>(observer);
        await _silo.Grain<INotifier>().Notify(reference, "hello");
        Assert.Equal(["hello"], observer.Heard);
        _silo.Grains.DeleteObjectReference<IObserver>(reference);
        await Assert.ThrowsAsync<InvalidOperationException>(() => _silo.Grain<INotifier>().Notify(reference, "again"));
    }

    [Fact]
    public async Task Ambient_values_of_the_caller_do_not_reach_the_grain_nor_its_own_the_caller()
    {
        AmbientGrain.Ambient.Value = "caller's";
        var grain = _silo.Grain<IAmbient>();
        Assert.Null(await grain.Swap("grain's"));
        Assert.Equal("caller's", AmbientGrain.Ambient.Value);
        // Once more: the first call came through the queue, this one runs on this thread.
        Assert.Null(await grain.Swap("grain's"));
        Assert.Equal("caller's", AmbientGrain.Ambient.Value);
        using (ExecutionContext.SuppressFlow())
        {
            Assert.True(ExecutionContext.IsFlowSuppressed());
            _ = grain.Swap("grain's");
        }
        Assert.Equal("caller's", AmbientGrain.Ambient.Value);
    }

    [Fact]
    public async Task Options_that_make_no_sense_stop_the_start_and_name_themselves()
    {
        await using var services = new ServiceCollection()
            .AddEmbeddedGrains(x => x.ResponseTimeout = TimeSpan.Zero)
            .BuildServiceProvider();
        var failure = Assert.ThrowsAny<Exception>(() => services.GetRequiredService<EmbeddedEngine>());
        Assert.Contains("ResponseTimeout", failure.Message, StringComparison.Ordinal);
        Assert.Contains("GrainAssemblies", failure.Message, StringComparison.Ordinal);
    }

    public ValueTask DisposeAsync() => _silo.DisposeAsync();
}
