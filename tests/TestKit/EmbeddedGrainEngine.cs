using System.Reflection;
using Actors.Embedded;
using Actors.Grains.Durability;
using Actors.Grains.Hosting;
using Actors.Journal;
using Actors.TestKit.Disks;
using Actors.TestKit.Journals;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Actors.TestKit;

/// <summary>The embedded engine with the real journal on a simulated disk, under a clock that the test moves.</summary>
public sealed class EmbeddedGrainEngine : IGrainEngine
{
    private static readonly DateTimeOffset Start = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    private static readonly TimeSpan LongestStep = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Breath = TimeSpan.FromMilliseconds(1);
    private static readonly TimeSpan Trickle = TimeSpan.FromMilliseconds(20);

    private readonly SimulatedDisk _disk = new(seed: 1);
    private readonly ManualTime _time = new(Start) { HasThreads = true };
    private readonly EmbeddedGrainEngineOptions _options;
    private readonly ITimer _trickle;
    private FileJournal _file = null!;
    private ServiceProvider _services = null!;

    private EmbeddedGrainEngine(EmbeddedGrainEngineOptions options)
    {
        _options = options;
        // A clock at a standstill would leave whoever waits for a retry waiting for ever.
        _trickle = TimeProvider.System.CreateTimer(_ => _time.Advance(Trickle), null, Trickle, Trickle);
    }

    public IGrainFactory Grains => _services.GetRequiredService<IGrainFactory>();

    public TimeProvider Time => _time;

    /// <summary>The journal that the grains write to; a new one after each crash.</summary>
    public FaultyJournal Journal { get; private set; } = null!;

    /// <summary>Streams that wait for somebody to wake their grain.</summary>
    public int PendingWakeUps => _file.ListPending().Count;

    public static async Task<EmbeddedGrainEngine> StartAsync(EmbeddedGrainEngineOptions? options = null)
    {
        var engine = new EmbeddedGrainEngine(options ?? new EmbeddedGrainEngineOptions());
        await engine.StartProcessAsync();
        return engine;
    }

    public async Task AdvanceAsync(TimeSpan by)
    {
        // What is under way on other threads would set its timers late.
        var statistics = _services.GetRequiredService<EngineStatistics>();
        for (var wait = 0; wait < 500 && !statistics.IsQuiet; wait++)
        {
            await Task.Delay(Breath, TimeProvider.System);
        }
        // Steps shorter than the response timeout, with a breath between them: calls that other threads are busy with
        // must not time out because the clock jumped.
        while (by > TimeSpan.Zero)
        {
            var step = by < LongestStep ? by : LongestStep;
            await Task.Delay(Breath, TimeProvider.System);
            _time.Advance(step);
            by -= step;
        }
    }

    public Task DeactivateAllAsync() => Grains.GetGrain<IManagementGrain>(0).ForceActivationCollection(TimeSpan.Zero);

    public async Task CrashAsync()
    {
        _services.GetRequiredService<EmbeddedEngine>().Abandon();
        _disk.LosePower(UnsyncedFate.Lost);
        await EndAsync();
        await StartProcessAsync();
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var service in _services.GetServices<IHostedService>().Reverse())
        {
            await service.StopAsync(CancellationToken.None);
        }
        await EndAsync();
        await _trickle.DisposeAsync();
    }

    private async Task StartProcessAsync()
    {
        _file = FileJournal.Open(new JournalOptions { Directory = "data" }, _disk, _time);
        Journal = new FaultyJournal(_file);
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddSingleton<TimeProvider>(_time);
        services.AddSingleton<IJournal>(Journal);
        services.AddSingleton<IWakeIndex>(_file);
        if (_options.WakeByReminders)
        {
            services.AddSingleton<IWakeUps, ReminderWakeUps>();
        }
        _options.Configure?.Invoke(services);
        services.AddEmbeddedGrainServices();
        services.Configure<EmbeddedOptions>(options =>
        {
            foreach (var assembly in _options.GrainAssemblies)
            {
                options.GrainAssemblies.Add(assembly);
            }
        });
        _services = services.BuildServiceProvider();
        foreach (var service in _services.GetServices<IHostedService>())
        {
            await service.StartAsync(CancellationToken.None);
        }
        foreach (var service in _services.GetServices<IHostedService>().OfType<IHostedLifecycleService>())
        {
            await service.StartedAsync(CancellationToken.None);
        }
    }

    /// <summary>What is left of a process after its end: nothing of it may reach the next one's disk.</summary>
    private async Task EndAsync()
    {
        try
        {
            await _services.DisposeAsync();
            await _file.DisposeAsync();
        }
        catch (IOException)
        {
            // The machine stopped under it.
        }
    }
}

public sealed record EmbeddedGrainEngineOptions
{
    /// <summary>Assemblies with grains of the test's own.</summary>
    public IReadOnlyList<Assembly> GrainAssemblies { get; init; } = [];

    /// <summary>Wakes grains by reminders, as a cluster does, instead of by the journal's index.</summary>
    public bool WakeByReminders { get; init; }

    public Action<IServiceCollection>? Configure { get; init; }
}
