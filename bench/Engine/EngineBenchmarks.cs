using BenchmarkDotNet.Attributes;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Concurrency;

namespace Actors.Bench.Engine;

/// <summary>What a call costs that needs no queue: the grain is in memory and idle.</summary>
[MemoryDiagnoser]
public class EngineBenchmarks
{
    private const int CallsInGrain = 1000;

    private ServiceProvider _services = null!;
    private IGrainFactory _grains = null!;
    private IWarm _warm = null!;
    private IWarmReentrant _reentrant = null!;
    private IWarmCaller _caller = null!;

    [GlobalSetup]
    public void Start()
    {
        _services = new ServiceCollection()
            .AddEmbeddedGrains(x => x.GrainAssemblies.Add(typeof(EngineBenchmarks).Assembly))
            .BuildServiceProvider();
        _grains = _services.GetRequiredService<IGrainFactory>();
        _warm = _grains.GetGrain<IWarm>("a");
        _reentrant = _grains.GetGrain<IWarmReentrant>("a");
        _caller = _grains.GetGrain<IWarmCaller>("a");
    }

    [GlobalCleanup]
    public ValueTask StopAsync() => _services.DisposeAsync();

    [Benchmark(Baseline = true)]
    public ValueTask<int> Call_returning_ValueTask() => _warm.Value();

    [Benchmark]
    public Task<int> Call_returning_cached_Task() => _warm.Cached();

    [Benchmark]
    public ValueTask<int> Call_of_a_reentrant_grain() => _reentrant.Value();

    [Benchmark]
    public ValueTask<int> GetGrain_and_call() => _grains.GetGrain<IWarm>("a").Value();

    [Benchmark(OperationsPerInvoke = CallsInGrain)]
    public Task<int> Call_from_grain_to_grain() => _caller.Call("b", CallsInGrain);

    [Benchmark]
    public Task Call_that_awaits_and_so_takes_the_queue() => _warm.Yielding();
}

public interface IWarm : IGrainWithStringKey
{
    ValueTask<int> Value();

    Task<int> Cached();

    Task Yielding();
}

public sealed class WarmGrain : Grain, IWarm
{
    private static readonly Task<int> Answer = Task.FromResult(42);

    public ValueTask<int> Value() => new(42);

    public Task<int> Cached() => Answer;

    public async Task Yielding() => await Task.Yield();
}

public interface IWarmReentrant : IGrainWithStringKey
{
    ValueTask<int> Value();
}

[Reentrant]
public sealed class WarmReentrantGrain : Grain, IWarmReentrant
{
    public ValueTask<int> Value() => new(42);
}

public interface IWarmCaller : IGrainWithStringKey
{
    Task<int> Call(string key, int times);
}

public sealed class WarmCallerGrain : Grain, IWarmCaller
{
    public async Task<int> Call(string key, int times)
    {
        var other = GrainFactory.GetGrain<IWarm>(key);
        var sum = 0;
        for (var i = 0; i < times; i++)
        {
            sum += await other.Value();
        }
        return sum;
    }
}
