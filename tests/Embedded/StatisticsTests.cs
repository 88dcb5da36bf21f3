using Actors.Embedded.Tests.Grains;
using Microsoft.Extensions.DependencyInjection;

namespace Actors.Embedded.Tests;

public sealed class StatisticsTests : IAsyncDisposable
{
    private readonly SteppedTurns _turns = new();
    private readonly Silo _silo;

    public StatisticsTests() => _silo = new Silo(turns: _turns);

    private EngineStatistics Statistics => _silo.Services.GetRequiredService<EngineStatistics>();

    [Fact]
    public void Calls_errors_and_latency_are_counted_for_each_method()
    {
        for (var i = 1; i <= 100; i++)
        {
            var call = _silo.Grain<ICounter>($"{i}").AddSlowly(i, $"gate{i}");
            _turns.RunAll();
            _silo.Time.Advance(TimeSpan.FromMilliseconds(10 * i));
            _silo.Journal.Open($"gate{i}");
            _turns.RunAll();
            Assert.True(call.IsCompletedSuccessfully);
        }
        _ = _silo.Grain<ICounter>("1").FailAtOnce("x").AsTask();
        _turns.RunAll();

        var slow = Read("AddSlowly");
        Assert.Equal((100, 0), (slow.Calls, slow.Errors));
        Assert.Equal(TimeSpan.FromMilliseconds(50_500), slow.TotalTime);
        Assert.Equal(TimeSpan.FromMilliseconds(505), slow.MeanTime);
        Assert.Equal(TimeSpan.FromSeconds(1), slow.MaxTime);
        AssertAbout(0.5, slow.Percentile(0.5));
        AssertAbout(0.95, slow.Percentile(0.95));
        AssertAbout(0.99, slow.Percentile(0.99));
        Assert.Equal(typeof(CounterGrain).FullName, slow.GrainType);
        Assert.Equal(typeof(ICounter).FullName, slow.InterfaceName);
        Assert.Equal((1, 1), (Read("FailAtOnce").Calls, Read("FailAtOnce").Errors));
        Assert.DoesNotContain(Statistics.ReadMethods(), x => x.MethodName == "Read");
    }

    [Fact]
    public async Task A_call_that_runs_on_its_callers_thread_is_counted_too()
    {
        await using var silo = new Silo(realTime: true);
        for (var i = 0; i < 1000; i++)
        {
            await silo.Grain<ICounter>().Add(1);
        }
        await Assert.ThrowsAsync<CustomException>(() => silo.Grain<ICounter>().FailAtOnce("x").AsTask());
        var methods = silo.Engine.Statistics.ReadMethods();
        Assert.Equal(1000, methods.Single(x => x.MethodName == "Add").Calls);
        Assert.Equal(1000, methods.Single(x => x.MethodName == "Add").Histogram.Sum(x => x.Calls));
        Assert.Equal(1, methods.Single(x => x.MethodName == "FailAtOnce").Errors);
    }

    [Fact]
    public void Time_outs_count_as_errors()
    {
        _ = _silo.Grain<ICounter>().AddSlowly(1, "gate");
        _turns.RunAll();
        Assert.Equal(1, Statistics.PendingCalls);
        Assert.False(Statistics.IsQuiet);
        _silo.Time.Advance(TimeSpan.FromSeconds(30));
        _turns.RunAll();
        Assert.Equal((1, 1), (Read("AddSlowly").Calls, Read("AddSlowly").Errors));
        Assert.Equal(0, Statistics.PendingCalls);
        // The late end of the request is not counted a second time.
        _silo.Journal.Open("gate");
        _turns.RunAll();
        Assert.Equal(1, Read("AddSlowly").Calls);
        Assert.True(Statistics.IsQuiet);
    }

    [Fact]
    public async Task The_management_grain_counts_activations()
    {
        await using var silo = new Silo();
        await silo.Grain<ICounter>("a").Read();
        await silo.Grain<ICounter>("b").Read();
        await silo.Grain<IPatient>().Touch();
        Assert.Equal(4, await silo.Management.GetTotalActivationCount());
        var statistics = await silo.Management.GetSimpleGrainStatistics();
        Assert.Equal(2, statistics.Single(x => x.GrainType == typeof(CounterGrain).FullName).ActivationCount);
        var host = Assert.Single(await silo.Management.GetHosts(onlyActive: true));
        Assert.Equal(SiloStatus.Active, host.Value);
        Assert.All(statistics, x => Assert.Equal(host.Key, x.SiloAddress));
        await silo.Management.ForceActivationCollection(TimeSpan.FromMinutes(5));
        Assert.Equal(4, await silo.Management.GetTotalActivationCount());
        silo.Time.Advance(TimeSpan.FromMinutes(5));
        await silo.Management.ForceActivationCollection(TimeSpan.FromMinutes(5));
        Assert.Equal(1, await silo.Management.GetTotalActivationCount());
    }

    private static void AssertAbout(double seconds, TimeSpan actual) =>
        Assert.InRange(actual.TotalSeconds, seconds, seconds * 1.25);

    private MethodStatistics Read(string method) => Statistics.ReadMethods().Single(x => x.MethodName == method);

    public ValueTask DisposeAsync() => _silo.DisposeAsync();
}
