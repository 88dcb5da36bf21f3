using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Actors.Embedded;

/// <summary>Runs grains in this process. Calls may be made at once; starting it only loads the reminders.</summary>
public sealed class EmbeddedEngine : IClusterClient, IHostedService, IAsyncDisposable, IDisposable
{
    private readonly ITurnScheduler _scheduler;
    private readonly Lazy<Filters> _filters;
    private readonly Lazy<Task> _stop;
    private volatile Phase _phase;
    private volatile bool _takesShortcuts;
    private long _sequence;
    private int _activationCount;

    public EmbeddedEngine(IServiceProvider services, IOptions<EmbeddedOptions> options)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(options);
        ServiceProvider = services;
        Options = options.Value;
        Clock = new Clock(services.GetService<TimeProvider>() ?? TimeProvider.System);
        var loggers = services.GetService<ILoggerFactory>() ?? NullLoggerFactory.Instance;
        Log = new EngineLog(loggers.CreateLogger<EmbeddedEngine>());
        _scheduler = services.GetService<ITurnScheduler>() ?? new ThreadPoolTurns();
        UsesThreadPool = _scheduler is ThreadPoolTurns;
        Pending = new PendingCalls(Clock, UsesThreadPool ? Environment.ProcessorCount : 1);
        Statistics = new EngineStatistics(this);
        Collector = new IdleCollector(this);
        Catalog = new GrainCatalog(this, Options.GrainAssemblies.Append(typeof(EmbeddedEngine).Assembly));
        Reminders = new ReminderService(this, services.GetService<IReminderStore>() ?? new MemoryReminderStore());
        _filters = new Lazy<Filters>(FindFilters);
        _stop = new Lazy<Task>(DrainAsync);
    }

    private enum Phase
    {
        Running,
        Draining,
        Stopped,
    }

    public IServiceProvider ServiceProvider { get; }

    public EngineStatistics Statistics { get; }

    internal EmbeddedOptions Options { get; }

    internal Clock Clock { get; }

    internal EngineLog Log { get; }

    internal GrainCatalog Catalog { get; }

    internal PendingCalls Pending { get; }

    internal CallCycles Cycles { get; } = new();

    internal IdleCollector Collector { get; }

    internal ReminderService Reminders { get; }

    internal bool UsesThreadPool { get; }

    /// <summary>A scheduler of somebody's own decides after each item what runs next.</summary>
    internal int ItemsPerTurn => UsesThreadPool ? 64 : 1;

    /// <summary>Whether a call may run on its caller's thread.</summary>
    internal bool TakesShortcuts => _takesShortcuts;

    internal bool IsAbandoned => _phase == Phase.Stopped;

    internal int ActivationCount => Volatile.Read(ref _activationCount);

    // Found at the first call, for a filter may itself want to call grains.
    internal IIncomingGrainCallFilter[] IncomingFilters => _filters.Value.Incoming;

    internal IOutgoingGrainCallFilter[] OutgoingFilters => _filters.Value.Outgoing;

    public TGrainInterface GetGrain<TGrainInterface>(string primaryKey, string? grainClassNamePrefix = null)
        where TGrainInterface : IGrainWithStringKey
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(primaryKey);
        return Refer<TGrainInterface>(primaryKey, grainClassNamePrefix);
    }

    public TGrainInterface GetGrain<TGrainInterface>(Guid primaryKey, string? grainClassNamePrefix = null)
        where TGrainInterface : IGrainWithGuidKey =>
        Refer<TGrainInterface>(GrainIdKeyExtensions.CreateGuidKey(primaryKey).ToString(), grainClassNamePrefix);

    public TGrainInterface GetGrain<TGrainInterface>(long primaryKey, string? grainClassNamePrefix = null)
        where TGrainInterface : IGrainWithIntegerKey =>
        Refer<TGrainInterface>(GrainIdKeyExtensions.CreateIntegerKey(primaryKey).ToString(), grainClassNamePrefix);

    public TGrainInterface GetGrain<TGrainInterface>(GrainId grainId)
        where TGrainInterface : IAddressable =>
        (TGrainInterface)(object)CreateReference(typeof(TGrainInterface), grainId);

    public TGrainObserverInterface CreateObjectReference<TGrainObserverInterface>(IGrainObserver obj)
        where TGrainObserverInterface : IGrainObserver
    {
        ArgumentNullException.ThrowIfNull(obj);
        var activation = Catalog.Observers.Adopt(obj);
        return GetGrain<TGrainObserverInterface>(activation.GrainId);
    }

    public void DeleteObjectReference<TGrainObserverInterface>(IGrainObserver obj)
        where TGrainObserverInterface : IGrainObserver
    {
        if (Catalog.Observers.TryFind(obj.GetGrainId().Key.ToString(), out var activation))
        {
            activation.Deactivate(new DeactivationReason(DeactivationReasonCode.ApplicationRequested, "Deleted."));
        }
    }

    /// <summary>Loads the reminders.</summary>
    public Task StartAsync(CancellationToken cancellationToken) => Reminders.StartAsync(cancellationToken);

    /// <summary>
    /// Refuses calls from outside, waits for those accepted before, deactivates every grain; all within
    /// <see cref="EmbeddedOptions.StopTimeout"/>.
    /// </summary>
    public Task StopAsync(CancellationToken cancellationToken) => _stop.Value.WaitAsync(cancellationToken);

    /// <summary>
    /// Stops as a crash would: no further turn runs, nothing is deactivated, calls under way are never answered.
    /// </summary>
    public void Abandon()
    {
        _takesShortcuts = false;
        _phase = Phase.Stopped;
        Reminders.Dispose();
        Collector.Dispose();
        Pending.Dispose();
    }

    public void Dispose() => Abandon();

    public async ValueTask DisposeAsync()
    {
        if (!IsAbandoned)
        {
            await StopAsync(CancellationToken.None);
        }
    }

    internal GrainReference CreateReference(Type type, GrainId id) =>
        Catalog.Bind(type, id).ReferenceTo(id.Key.ToString());

    /// <summary>Why a call cannot be made now; null if it can. Grains may call each other until the last one has ended.</summary>
    internal EngineStoppedException? Refuses(CallFrame? caller) =>
        _phase == Phase.Running || (_phase == Phase.Draining && caller is not null)
            ? null
            : new EngineStoppedException();

    internal void Schedule(IThreadPoolWorkItem item)
    {
        if (!IsAbandoned)
        {
            _scheduler.Schedule(item);
        }
    }

    internal long NextSequence() => Interlocked.Increment(ref _sequence);

    internal void Born()
    {
        Interlocked.Increment(ref _activationCount);
        Collector.Arm();
    }

    internal void Died() => Interlocked.Decrement(ref _activationCount);

    /// <summary>Directories are ordered by hash, which differs from run to run; the order of creation does not.</summary>
    internal List<Activation> ActivationsInOrder() =>
        [.. Catalog.Classes.SelectMany(x => x.Activations).OrderBy(x => x.Sequence)];

    private TGrainInterface Refer<TGrainInterface>(string key, string? prefix) =>
        (TGrainInterface)(object)Catalog.Bind<TGrainInterface>(prefix).ReferenceTo(key);

    private Filters FindFilters()
    {
        var filters = new Filters(
            [.. ServiceProvider.GetServices<IIncomingGrainCallFilter>()],
            [.. ServiceProvider.GetServices<IOutgoingGrainCallFilter>()]
        );
        _takesShortcuts =
            UsesThreadPool && _phase == Phase.Running && filters is { Incoming.Length: 0, Outgoing.Length: 0 };
        return filters;
    }

    private async Task DrainAsync()
    {
        _takesShortcuts = false;
        _phase = _phase == Phase.Running ? Phase.Draining : _phase;
        Reminders.Dispose();
        using var limit = Clock.CancelAfter(Options.StopTimeout);
        try
        {
            var quiet = new TaskCompletionSource();
            Pending.WhenQuiet(() => Schedule(new Signal(quiet)));
            await quiet.Task.WaitAsync(limit.Token);
            await DeactivateAllAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            Log.StopTimedOut(ActivationCount);
            Pending.RejectAll(new EngineStoppedException());
        }
        Abandon();
    }

    private async Task DeactivateAllAsync(CancellationToken cancellation)
    {
        // A grain may call, and so activate, another while it ends: hence in rounds.
        while (ActivationsInOrder() is { Count: > 0 } activations)
        {
            foreach (var activation in activations)
            {
                activation.Deactivate(
                    new DeactivationReason(DeactivationReasonCode.ShuttingDown, "The engine is stopping."),
                    CancellationToken.None
                );
            }
            await Task.WhenAll(activations.Select(x => x.Deactivated)).WaitAsync(cancellation);
        }
    }

    private sealed record Filters(IIncomingGrainCallFilter[] Incoming, IOutgoingGrainCallFilter[] Outgoing);
}
