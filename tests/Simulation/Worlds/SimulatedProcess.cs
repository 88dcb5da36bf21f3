using Actors.Grains.Bookings;
using Actors.Grains.Devices;
using Actors.Grains.Hosting;
using Actors.Grains.Notifications.Webhooks;
using Actors.Grains.Payments.Sandbox;
using Actors.Grains.Pets;
using Actors.Grains.Queues;
using Actors.Grains.Sealing;
using Actors.Grains.Transactions;
using Actors.Grains.Transactions.Nodes;
using Actors.Journal;
using Actors.Journal.Disks;
using Actors.Journal.Tools;
using Actors.Simulation.Tests.Planted;
using Actors.TestKit.Loops;
using Actors.TestKit.Runtime;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Actors.Simulation.Tests.Worlds;

/// <summary>What a process finds when it starts.</summary>
internal sealed record Surroundings(
    FaultDomain Outside,
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

    /// <summary>Everything that has ever reached the app.</summary>
    public List<WebhookRequest> Told { get; } = [];

    public ReminderTable Reminders { get; } = new(Outside);

    public required Splits Splits { get; init; }

    public required Action<string> Remark { get; init; }
}

/// <summary>
/// One life of the product: the real grains and file journal, composed as the product composes them, on simulated time, disk
/// and threads.
/// </summary>
internal sealed class SimulatedProcess(Surroundings surroundings, string name)
{
    public const string Directory = "/data/journal";

    /// <summary>Where attachments lie, each in one of its directories.</summary>
    public const string FilesDirectory = "/data/attachments";

    private FileJournal? _journal;
    private SimulatedHost? _host;

    public FaultDomain Domain { get; } = new(surroundings.Outside.Loop, name);

    /// <summary>Where requests from outside are served, as those that come over HTTP.</summary>
    public FaultDomain Front { get; } = new(surroundings.Outside.Loop, $"front of {name}");

    public FileJournal Journal => _journal ?? throw new InvalidOperationException($"{name} has no journal yet.");

    public SimulatedSilo Silo => (_host ?? throw new InvalidOperationException($"{name} has no silo yet.")).Silo;

    public IGrainFactory Grains => Silo.GrainFactory;

    /// <summary>What a host of the API stores files with.</summary>
    public ConversationFiles Files =>
        (_host ?? throw new InvalidOperationException($"{name} has no silo yet.")).Service<ConversationFiles>();

    /// <summary>Called once, when a write or sync has failed.</summary>
    public Action? Fenced { get; set; }

    public Task StartAsync()
    {
        OpenJournal();
        _host = new SimulatedHost(
            SiloSurroundings(),
            Compose(),
            wakesByReminders: surroundings.Scenario.WakeUps == WakeUpKind.Reminders
        );
        return _host.StartAsync();
    }

    /// <summary>As a host stops: what came last goes first, then the journal is closed.</summary>
    public async Task StopAsync()
    {
        await _host!.StopAsync();
        await _host.CloseAsync();
        await _journal!.DisposeAsync();
    }

    public void Die()
    {
        surroundings.Splits.EndAll();
        Front.Die();
        Domain.Die();
    }

    public void OpenJournal()
    {
        _journal = FileJournal.Open(Options(), surroundings.Bug.Around(surroundings.Disk), Domain.Time);
        _journal.Fenced += _ => Fenced?.Invoke();
    }

    /// <summary>Every key that was not destroyed.</summary>
    public IReadOnlyList<SealingKey> ReadKeys()
    {
        var (store, wrap) = (
            SealingHosting.StoreOf(Options(), surroundings.Disk),
            SealingHosting.WrapOf(Options(), surroundings.Disk)
        );
        return
        [
            .. store
                .List()
                .Select(key => wrap.Unwrap(key.Id, key.Record, key.Id.Hex))
                .OfType<byte[]>()
                .Select(static bytes => new SealingKey(bytes)),
        ];
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
    public void Bury() => Domain.Loop.RunAtOnce(Domain, () => _ = BuryAsync());

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
            // In a log of its own as in the product; but clocks leap, and oracles want to see everything.
            Retention = RetentionAges.All.Keys.ToDictionary(static kind => kind, static _ => TimeSpan.FromDays(10_000)),
        };

    private async Task BuryAsync()
    {
        try
        {
            if (_host is not null)
            {
                await _host.CloseAsync();
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

    private SiloSurroundings SiloSurroundings() =>
        new(Domain, surroundings.Outside, surroundings.Chance.Fork(), GrainCatalog.Of([]), surroundings.Reminders)
        {
            Faults = new MessageFaults(surroundings.Faults),
            RoundTrips = surroundings.Scenario.RoundTrips,
            CollectionAge = surroundings.Scenario.CollectionAge,
            CollectionQuantum = surroundings.Scenario.CollectionQuantum,
            Remark = surroundings.Remark,
        };

    private ServiceCollection Compose()
    {
        var services = new ServiceCollection();
        services.AddSingleton(surroundings.Loggers);
        services.AddSingleton(typeof(ILogger<>), typeof(Logger<>));
        services.AddSingleton(surroundings.Bug.Around((IJournal)Journal));
        services.AddSingleton<IWakeIndex>(Journal);
        services.AddSingleton<IJournalCondition>(Journal);
        services.AddSingleton(surroundings.Bug.Around(surroundings.Disk));
        services.AddErasableKeys(Options());
        services.AddAttachments(Options());
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
        services.AddSingleton<IWebhookSender>(new SimulatedApp(surroundings.Told, surroundings.Faults, Domain.Time));
        services.AddSingleton<IChainNode>(new SimulatedNode(surroundings.Chance.Fork(), Domain.Time));
        services.AddSingleton<IPetVoice>(new SimulatedPetVoice(surroundings.Chance.Fork(), Domain.Time));
        // Over before everything else is, so that all has settled in the end.
        services.AddSingleton(new TransactionOptions { LookSeconds = 60, WatchHours = 1 });
        services.AddSingleton(new BookingOptions { ArchiveDays = 1 });
        services.AddSingleton(new SandboxTokens(token => surroundings.Chance.Fill(token)));
        services.AddSingleton<RandomBytes>(surroundings.Chance.Fill);
        return services;
    }
}
