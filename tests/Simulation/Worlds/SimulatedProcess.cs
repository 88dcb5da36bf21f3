using Actors.Embedded;
using Actors.Grains.Devices;
using Actors.Grains.Durability;
using Actors.Grains.Hosting;
using Actors.Grains.Queues;
using Actors.Journal;
using Actors.Journal.Disks;
using Actors.Journal.Tools;
using Actors.Simulation.Tests.Loops;
using Actors.Simulation.Tests.Planted;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Actors.Simulation.Tests.Worlds;

/// <summary>What a process finds when it starts.</summary>
internal sealed record Surroundings(
    SimulationLoop Loop,
    Chance Chance,
    Scenario Scenario,
    IDisk Disk,
    FaultPlan Faults,
    PlantedBug Bug,
    ILoggerFactory Loggers
)
{
    /// <summary>Every command that has ever reached a device.</summary>
    public List<DeviceCommand> DeviceCommands { get; } = [];
}

/// <summary>
/// One life of the product: the real engine, grains and file journal, composed as the product composes them, on simulated
/// time, disk and threads.
/// </summary>
internal sealed class SimulatedProcess(Surroundings surroundings, string name)
{
    public const string Directory = "/data/journal";

    private FileJournal? _journal;
    private ServiceProvider? _services;
    private EmbeddedEngine? _engine;

    public FaultDomain Domain { get; } = new(surroundings.Loop, name);

    public FileJournal Journal => _journal ?? throw new InvalidOperationException($"{name} has no journal yet.");

    public IGrainFactory Grains => _engine ?? throw new InvalidOperationException($"{name} has no engine yet.");

    /// <summary>Called once, when a write or sync has failed.</summary>
    public Action? Fenced { get; set; }

    public async Task StartAsync()
    {
        OpenJournal();
        _services = Compose().BuildServiceProvider();
        _engine = _services.GetRequiredService<EmbeddedEngine>();
        foreach (var service in _services.GetServices<IHostedService>())
        {
            await service.StartAsync(CancellationToken.None);
        }
        foreach (var service in _services.GetServices<IHostedService>().OfType<IHostedLifecycleService>())
        {
            await service.StartedAsync(CancellationToken.None);
        }
    }

    /// <summary>As a host stops: what came last goes first, then the journal is closed.</summary>
    public async Task StopAsync()
    {
        foreach (var service in _services!.GetServices<IHostedService>().Reverse())
        {
            await service.StopAsync(CancellationToken.None);
        }
        await _services!.DisposeAsync();
        await _journal!.DisposeAsync();
    }

    public void OpenJournal()
    {
        _journal = FileJournal.Open(Options(), surroundings.Bug.Around(surroundings.Disk), Domain.Time);
        _journal.Fenced += _ => Fenced?.Invoke();
    }

    /// <summary>Checks the closed journal as an operator does: every record, and the hash chain of every stream.</summary>
    public async Task VerifyJournalAsync(Report report)
    {
        var output = new StringWriter();
        if (await JournalVerifier.RunAsync(Options(), surroundings.Disk, output) != 0)
        {
            report.Violation($"the journal is not whole: {output}");
        }
    }

    /// <summary>Lets go of what outlives the objects. To be called while the disk is stopped, so that none of it reaches it.</summary>
    public void Bury()
    {
        var outer = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(Domain);
        try
        {
            _engine?.Abandon();
            _ = BuryAsync();
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(outer);
        }
    }

    private JournalOptions Options() =>
        new()
        {
            Directory = Directory,
            SegmentBytes = surroundings.Scenario.SegmentBytes,
            CheckpointBytes = surroundings.Scenario.CheckpointBytes,
            MaxPendingBytes = surroundings.Scenario.MaxPendingBytes,
            Drive = JournalDrive.Manual,
            OnWorkPending = () => Domain.ScheduleWrite(() => _journal!.WriteOnce(), surroundings.Faults.DelayOfWrite()),
            RandomBytes = surroundings.Chance.Fill,
        };

    private async Task BuryAsync()
    {
        try
        {
            if (_services is not null)
            {
                await _services.DisposeAsync();
            }
            if (_journal is not null)
            {
                await _journal.DisposeAsync();
            }
        }
        catch (IOException)
        {
            // The disk is stopped.
        }
    }

    private ServiceCollection Compose()
    {
        var services = new ServiceCollection();
        services.AddSingleton(surroundings.Loggers);
        services.AddSingleton(typeof(ILogger<>), typeof(Logger<>));
        services.AddSingleton(Domain.Time);
        services.AddSingleton<ITurnScheduler>(Domain);
        services.AddSingleton(surroundings.Bug.Around((IJournal)Journal));
        if (surroundings.Scenario.WakeUps == WakeUpKind.Reminders)
        {
            services.AddSingleton<IWakeIndex>(new NoWakeIndex());
            services.AddSingleton<IWakeUps, ReminderWakeUps>();
        }
        else
        {
            services.AddSingleton<IWakeIndex>(Journal);
        }
        if (surroundings.Scenario.HasCallFaults)
        {
            services.AddSingleton<IIncomingGrainCallFilter>(new CallFaults(surroundings.Faults, Domain.Time));
        }
        services.AddSingleton(
            new QueueOptions
            {
                EntryTimeoutDays = Scenario.EntryTimeout.Days,
                MaxLength = surroundings.Scenario.QueueLength,
            }
        );
        services.AddSingleton<IDevice>(
            new SimulatedDevice(surroundings.DeviceCommands, surroundings.Faults, Domain.Time)
        );
        services.AddEmbeddedGrainServices();
        services.Configure<EmbeddedOptions>(options =>
        {
            options.CollectionAge = surroundings.Scenario.CollectionAge;
            options.CollectionQuantum = surroundings.Scenario.CollectionQuantum;
        });
        return services;
    }

    /// <summary>A cluster's journal keeps no such index: there, reminders alone have to wake grains.</summary>
    private sealed class NoWakeIndex : IWakeIndex
    {
        public IReadOnlyList<PendingStream> ListPending() => [];
    }
}
