using Actors.Embedded.Tests.Grains;
using Microsoft.Extensions.DependencyInjection;

namespace Actors.Embedded.Tests;

public sealed class FilterTests : IAsyncDisposable
{
    private readonly Recorder _recorder = new();
    private readonly Silo _silo;

    public FilterTests() =>
        _silo = new Silo(services: x =>
            x.AddSingleton<IIncomingGrainCallFilter>(_recorder)
                .AddSingleton<IOutgoingGrainCallFilter>(_recorder)
                .AddSingleton<IIncomingGrainCallFilter, Stamp>()
        );

    [Fact]
    public async Task Filters_see_a_call_at_its_caller_and_at_its_grain()
    {
        Assert.Equal("v/v", await _silo.Grain<IContextual>("a").PassOn("stamp", "b"));
        Assert.Equal(
            [
                "out Actors.Embedded.Tests.Grains.IContextual.PassOn outside → contextual/a (reference)",
                "in Actors.Embedded.Tests.Grains.IContextual.PassOn outside → contextual/a (grain)",
                "out Actors.Embedded.Tests.Grains.IContextual.Read contextual/a → contextual/b (reference)",
                "in Actors.Embedded.Tests.Grains.IContextual.Read contextual/a → contextual/b (grain)",
                "in = v/v",
                "out = v/v",
                "in = v/v",
                "out = v/v",
            ],
            _recorder.Lines
        );
    }

    [Fact]
    public async Task A_filter_may_replace_the_result_or_fail_the_call()
    {
        _recorder.Replacement = "replaced";
        Assert.Equal("replaced", await _silo.Grain<IContextual>().Read("x"));
        _recorder.Failure = new CustomException("refused", 7);
        Assert.Equal(7, (await Assert.ThrowsAsync<CustomException>(() => _silo.Grain<IContextual>().Read("x"))).Code);
        await Assert.ThrowsAsync<CustomException>(() => _silo.Grain<IContextual>().Write("x", "y"));
    }

    [Fact]
    public async Task A_method_without_result_shows_null_to_filters()
    {
        await _silo.Grain<IContextual>().Write("x", "y");
        Assert.Equal(["in = ", "out = "], _recorder.Lines.Where(x => x.Contains('=', StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_fault_passes_through_filters_unchanged()
    {
        await Assert.ThrowsAsync<CustomException>(() => _silo.Grain<ICounter>().Fail("x"));
    }

    [Fact]
    public async Task A_grain_may_filter_its_own_calls()
    {
        Assert.Equal(42, await _silo.Grain<ISelfFilter>().Answer());
        await using var bare = new Silo();
        Assert.Equal(42, await bare.Grain<ISelfFilter>().Answer());
        Assert.Equal(42, await bare.Grain<ISelfFilter>().Answer());
    }

    [Fact]
    public async Task Values_of_the_request_context_travel_down_the_chain_and_never_back()
    {
        await using var silo = new Silo();
        RequestContext.Set("user", "ana");
        Assert.Equal("ana/ana", await silo.Grain<IContextual>("a").Read("user"));
        Assert.Equal("ana/ana", await silo.Grain<IContextual>("a").Read("user"));
        Assert.Equal("ana/ana", await silo.Grain<IContextual>("a").PassOn("user", "b"));
        await silo.Grain<IContextual>("a").Write("user", "eve");
        await silo.Grain<IContextual>("a").Write("user", "eve");
        Assert.Equal("ana", RequestContext.Get("user"));
        Assert.True(RequestContext.Remove("user"));
        Assert.False(RequestContext.Remove("user"));
        Assert.Equal("/", await silo.Grain<IContextual>("a").Read("user"));
        RequestContext.Set("x", 1);
        RequestContext.Set("y", 2);
        Assert.Equal(["x", "y"], RequestContext.Keys.Order());
        Assert.Equal(2, RequestContext.Entries.Count());
        RequestContext.Clear();
        Assert.Empty(RequestContext.Keys);
    }

    public ValueTask DisposeAsync() => _silo.DisposeAsync();

    private sealed class Stamp : IIncomingGrainCallFilter
    {
        public async Task Invoke(IIncomingGrainCallContext context)
        {
            RequestContext.Set("stamp", "v");
            await context.Invoke();
        }
    }

    private sealed class Recorder : IIncomingGrainCallFilter, IOutgoingGrainCallFilter
    {
        private readonly Notes _notes = new();

        public IReadOnlyList<string> Lines => _notes.Lines;

        public object? Replacement { get; set; }

        public Exception? Failure { get; set; }

        public Task Invoke(IIncomingGrainCallContext context) => Record("in", context);

        public Task Invoke(IOutgoingGrainCallContext context) => Record("out", context);

        private async Task Record(string way, IGrainCallContext context)
        {
            var kind = context.Grain is Grain ? "grain" : "reference";
            var source = context.SourceId?.ToString() ?? "outside";
            _notes.Write($"{way} {context.InterfaceName}.{context.MethodName} {source} → {context.TargetId} ({kind})");
            if (Failure is not null)
            {
                throw Failure;
            }
            await context.Invoke();
            context.Result = Replacement ?? context.Result;
            _notes.Write($"{way} = {context.Result}");
        }
    }
}
