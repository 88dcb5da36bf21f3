using System.Globalization;
using System.Reflection;
using Actors.Grains.Hosting;
using Actors.Journal;
using Actors.Journal.Disks;
using Actors.TestKit.Disks;
using Actors.TestKit.Journals;
using Actors.TestKit.Loops;
using Actors.TestKit.Runtime;
using Microsoft.Extensions.DependencyInjection;

namespace Actors.TestKit;

/// <summary>
/// The grains on a simulated silo, with the real journal on a simulated disk. The order of everything is the seed's, and time
/// passes only while a test waits.
/// </summary>
public sealed class SimulatedGrainEngine : IGrainEngine
{
    /// <summary>Another order of everything in all tests; 1 when it is not set.</summary>
    private const string SeedVariable = "GRAIN_TEST_SEED";

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMilliseconds(100);

    private readonly TestThread _thread = TestThread.Mine;
    private readonly PriorityQueue<TaskCompletionSource, TimeSpan> _waiting = new();
    private readonly SimulatedDisk _disk = new(seed: 1);
    private readonly SimulatedGrainEngineOptions _options;
    private readonly Chance _chance;
    private readonly bool _roundTrips;
    private readonly SimulationLoop _loop;
    private readonly FaultDomain _outside;
    private readonly ReminderTable _reminders;
    private int _working;
    private int _starts;
    private FileJournal _file = null!;
    private FaultDomain _process = null!;
    private SimulatedHost _host = null!;

    private SimulatedGrainEngine(SimulatedGrainEngineOptions options)
    {
        var text = Environment.GetEnvironmentVariable(SeedVariable);
        var seed = text is null ? 1 : ulong.Parse(text, CultureInfo.InvariantCulture);
        (_options, _chance, _roundTrips) = (options, new Chance(seed), seed % 2 == 0);
        _loop = new SimulationLoop(_chance.Fork(), new Trace(null));
        _outside = new FaultDomain(_loop, "outside");
        _reminders = new ReminderTable(_outside);
        _thread.Join(this);
    }

    public IGrainFactory Grains => _host.Grains;

    public TimeProvider Time => _outside.Time;

    /// <summary>The journal that the grains write to; a new one after each crash.</summary>
    public FaultyJournal Journal { get; private set; } = null!;

    /// <summary>Bytes on the disk below a directory of the journal, or beside it.</summary>
    public long BytesBelow(string directory) =>
        _disk
            .Files.Where(file => $"/{file}".Contains($"/{directory}/", StringComparison.Ordinal))
            .Sum(file =>
            {
                using var opened = _disk.OpenFile(file, writable: false);
                return opened.Length;
            });

    /// <summary>Lets the journal delete what has outlived its retention age, as its own timer does in the product.</summary>
    public Task ApplyRetentionAsync() => RunAsync(_file.ApplyRetentionAsync);

    /// <summary>Streams that wait for somebody to wake their grain.</summary>
    public int PendingWakeUps => _file.ListPending().Count;

    /// <summary>The grains and names of all reminders.</summary>
    public IReadOnlyCollection<string> Reminders => _reminders.Names;

    public static async Task<SimulatedGrainEngine> StartAsync(SimulatedGrainEngineOptions? options = null)
    {
        var engine = new SimulatedGrainEngine(options ?? new SimulatedGrainEngineOptions());
        await engine.StartProcessAsync();
        return engine;
    }

    public Task AdvanceAsync(TimeSpan by)
    {
        var passed = new TaskCompletionSource();
        _waiting.Enqueue(passed, _loop.Clock.Elapsed + by);
        return passed.Task;
    }

    public async Task<T> EventuallyAsync<T>(Func<Task<T>> look, Func<T, bool> isThere)
    {
        var giveUpAt = _loop.Clock.Elapsed + Patience;
        var pause = TimeSpan.FromMilliseconds(1);
        while (true)
        {
            var seen = await look();
            if (isThere(seen))
            {
                return seen;
            }
            if (_loop.Clock.Elapsed > giveUpAt)
            {
                throw new TimeoutException($"Waited {Patience}; the last thing seen was {seen}.");
            }
            await AdvanceAsync(pause);
            pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
        }
    }

    public Task DeactivateAllAsync() => RunAsync(_host.Silo.DeactivateAllAsync);

    /// <summary>Until the next crash there may be two activations of the grain, and a call reaches the one or the other.</summary>
    public void Split(string grain) => _host.Silo.Split(GrainId.Parse(grain), TimeSpan.FromDays(1), static () => { });

    public Task CrashAsync()
    {
        _process.Die();
        _disk.LosePower(UnsyncedFate.Lost);
        _host.Silo.Messaging.Abandon();
        return StartProcessAsync();
    }

    public ValueTask DisposeAsync()
    {
        _process.Die();
        _thread.Leave(this);
        return ValueTask.CompletedTask;
    }

    /// <summary>Runs what is ready; else lets time pass, as far as somebody waits for it. False when there is nothing to do.</summary>
    internal bool Step()
    {
        try
        {
            return _loop.RunReady() || LetTimePass();
        }
        catch (Exception exception)
        {
            Break(exception);
            return false;
        }
    }

    private bool LetTimePass()
    {
        if (!_waiting.TryPeek(out var first, out var until))
        {
            return (_working > 0 || _host.Silo.Messaging.AskedFromOutside > 0)
                && _loop.SkipToNextTimer(TimeSpan.MaxValue);
        }
        if (!_loop.SkipToNextTimer(until))
        {
            _loop.Clock.AdvanceTo(until);
            _waiting.Dequeue();
            first.SetResult();
        }
        return true;
    }

    /// <summary>Whoever waits for this simulation fails with what has ended it.</summary>
    private void Break(Exception exception)
    {
        _thread.Leave(this);
        _process.Die();
        _host.Silo.Messaging.Abandon(exception);
        while (_waiting.TryDequeue(out var waiting, out _))
        {
            waiting.SetException(exception);
        }
    }

    private Task StartProcessAsync()
    {
        _process = new FaultDomain(_loop, $"process {++_starts}");
        var options = new JournalOptions
        {
            Directory = "data",
            Drive = JournalDrive.Manual,
            OnWorkPending = () => _process.ScheduleWrite(() => _file.WriteOnce(), TimeSpan.Zero),
            RandomBytes = _chance.Fill,
            Retention = RetentionAges.All,
        };
        if (_options.SegmentBytes is { } bytes)
        {
            options = options with { SegmentBytes = bytes };
        }
        _file = FileJournal.Open(options, _disk, _process.Time);
        Journal = new FaultyJournal(_file);
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddSingleton<IJournal>(Journal);
        services.AddSingleton<IWakeIndex>(_file);
        services.AddSingleton<IDisk>(_disk);
        services.AddErasableKeys(options);
        services.AddAttachments(options);
        _options.Configure?.Invoke(services);
        var surroundings = new SiloSurroundings(
            _process,
            _outside,
            _chance.Fork(),
            GrainCatalog.Of(_options.GrainAssemblies),
            _reminders
        )
        {
            RoundTrips = _roundTrips,
        };
        _host = new SimulatedHost(surroundings, services, _options.WakeByReminders);
        return RunAsync(_host.StartAsync);
    }

    private async Task RunAsync(Func<Task> work)
    {
        _working++;
        try
        {
            await _process.RunAsync(work);
        }
        finally
        {
            _working--;
        }
    }
}

public sealed record SimulatedGrainEngineOptions
{
    /// <summary>Assemblies with grains of the test's own.</summary>
    public IReadOnlyList<Assembly> GrainAssemblies { get; init; } = [];

    /// <summary>Wakes grains by reminders, as a cluster does, instead of by the journal's index.</summary>
    public bool WakeByReminders { get; init; }

    /// <summary>Bytes of a file of the journal; the product's own number unless set.</summary>
    public int? SegmentBytes { get; init; }

    public Action<IServiceCollection>? Configure { get; init; }
}
