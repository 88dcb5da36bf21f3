using Actors.Embedded.Tests.Grains;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Actors.Embedded.Tests;

public sealed class StopTests : IAsyncDisposable
{
    private readonly Silo _silo = new(services: x => x.AddScoped<Scoped>());

    private IReadOnlyList<string> Lines => _silo.Journal.Lines;

    [Fact]
    public async Task A_stop_deactivates_every_grain()
    {
        await Task.WhenAll(Enumerable.Range(0, 100).Select(x => _silo.Grain<ICounter>($"{x}").Add(1)));
        await _silo.Engine.StopAsync(CancellationToken.None);
        Assert.Equal(100, Lines.Count(x => x.EndsWith("ShuttingDown", StringComparison.Ordinal)));
        Assert.Equal(0, _silo.Engine.Statistics.ActivationCount);
    }

    [Fact]
    public async Task Accepted_calls_end_before_grains_do_and_new_ones_from_outside_are_refused()
    {
        var accepted = _silo.Grain<ICounter>().AddSlowly(1, "gate");
        await Notes.Until(() => Lines.Contains("begin 1"));
        var queued = _silo.Grain<ICounter>().Add(1);
        var stop = _silo.Engine.StopAsync(CancellationToken.None);
        await Assert.ThrowsAsync<EngineStoppedException>(() => _silo.Grain<ICounter>("b").Add(1));
        Assert.False(stop.IsCompleted);
        _silo.Journal.Open("gate");
        Assert.Equal(1, await accepted);
        Assert.Equal(2, await queued);
        await stop;
        Assert.Equal(["activate a", "begin 1", "end 1", "deactivate a ShuttingDown"], Lines);
        await Assert.ThrowsAsync<EngineStoppedException>(() => _silo.Grain<ICounter>().Add(1));
    }

    [Fact]
    public async Task Grains_may_call_each_other_until_the_last_has_ended()
    {
        var chain = _silo.Grain<IStrictRelay>("a").WaitThenPass("gate", ["b", "c"]);
        await _silo.Grain<IFarewell>("leaver").Touch();
        var stop = _silo.Engine.StopAsync(CancellationToken.None);
        _silo.Journal.Open("gate");
        Assert.Equal("end", await chain);
        await stop;
        Assert.Contains("farewell taken", Lines);
        Assert.Equal(0, _silo.Engine.Statistics.ActivationCount);
    }

    [Fact]
    public async Task A_stop_gives_up_after_its_time_limit()
    {
        var stuck = _silo.Grain<ICounter>().AddSlowly(1, "gate");
        await Notes.Until(() => Lines.Contains("begin 1"));
        var stop = _silo.Engine.StopAsync(CancellationToken.None);
        _silo.Time.Advance(TimeSpan.FromSeconds(29));
        Assert.False(stop.IsCompleted);
        _silo.Time.Advance(TimeSpan.FromSeconds(2));
        await stop.WaitAsync(TimeSpan.FromSeconds(10), TimeProvider.System);
        await Assert.ThrowsAnyAsync<Exception>(() => stuck);
    }

    [Fact]
    public async Task A_crash_runs_nothing_more_and_answers_nobody()
    {
        var call = _silo.Grain<ICounter>().AddSlowly(1, "gate");
        await Notes.Until(() => Lines.Contains("begin 1"));
        _silo.Engine.Abandon();
        _silo.Journal.Open("gate");
        _silo.Time.Advance(TimeSpan.FromHours(1));
        await Assert.ThrowsAsync<EngineStoppedException>(() => _silo.Grain<ICounter>("b").Add(1));
        Assert.False(call.IsCompleted);
        Assert.Equal(["activate a", "begin 1"], Lines);
    }

    [Fact]
    public async Task The_host_starts_and_stops_the_engine_once()
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        var store = new MemoryReminderStore();
        await store.UpsertAsync(
            new StoredReminder(
                GrainId.Create("reminded", "x"),
                "r",
                TimeProvider.System.GetUtcNow(),
                TimeSpan.FromMinutes(1)
            )
        );
        var notes = new Notes();
        builder.Services.AddSingleton(notes).AddSingleton<IReminderStore>(store).AddSingleton(TimeProvider.System);
        builder.Services.AddEmbeddedGrains(x => x.GrainAssemblies.Add(typeof(Silo).Assembly));
        builder.Services.AddEmbeddedGrains(x => x.ResponseTimeout = TimeSpan.FromSeconds(9));
        using var host = builder.Build();
        await host.StartAsync();
        await Notes.Until(() => notes.Lines.Any(x => x.StartsWith("r of x", StringComparison.Ordinal)));
        await host.Services.GetRequiredService<IClusterClient>().GetGrain<ICounter>("a").Add(1);
        await host.StopAsync();
        Assert.Contains("deactivate a ShuttingDown", notes.Lines);
        Assert.Single(notes.Lines, x => x.StartsWith("r of x", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Disposing_the_services_stops_the_engine_gracefully()
    {
        var notes = new Notes();
        await using (
            var services = new ServiceCollection()
                .AddSingleton(notes)
                .AddEmbeddedGrains(x => x.GrainAssemblies.Add(typeof(Silo).Assembly))
                .BuildServiceProvider()
        )
        {
            await services.GetRequiredService<IGrainFactory>().GetGrain<ICounter>("a").Add(1);
        }
        Assert.Equal(["activate a", "deactivate a ShuttingDown"], notes.Lines);
    }

    public ValueTask DisposeAsync() => _silo.DisposeAsync();
}
