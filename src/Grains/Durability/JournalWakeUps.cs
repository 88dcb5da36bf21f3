using Actors.Journal;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Actors.Grains.Durability;

/// <summary>
/// Wake-ups without any writes of their own: every journal record says when its stream must be looked at again, the
/// journal's index keeps the newest of these, and this service calls the grains whose time has come.
/// </summary>
/// <remarks>
/// After a crash many thousands may have something left to do. They are called once the host serves requests, and only so
/// many at once: callers come first, and a request waits behind a few milliseconds of them at most.
/// </remarks>
public sealed partial class JournalWakeUps : IWakeUps, IHostedLifecycleService, IDisposable
{
    public const int CallsAtOnce = 64;

    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(5);

    private readonly Lock _gate = new();
    private readonly PriorityQueue<StreamId, DateTimeOffset> _queue = new();
    private readonly Dictionary<StreamId, DateTimeOffset> _asleep = [];
    private readonly IWakeIndex _index;
    private readonly IServiceProvider _services;
    private readonly TimeProvider _time;
    private readonly ILogger<JournalWakeUps> _logger;
    private ITimer? _timer;
    private int _underWay;
    private bool _stopped;

    public JournalWakeUps(
        IWakeIndex index,
        IServiceProvider services,
        TimeProvider time,
        ILogger<JournalWakeUps> logger
    )
    {
        _index = index;
        _services = services;
        _time = time;
        _logger = logger;
    }

    /// <summary>How many grains are waiting to be woken.</summary>
    public int Waiting
    {
        get
        {
            lock (_gate)
            {
                return _asleep.Count;
            }
        }
    }

    public ValueTask BeforeCommitAsync(Grain grain, DateTimeOffset wakeAt) => ValueTask.CompletedTask;

    public ValueTask AfterWakeAsync(Grain grain, DateTimeOffset? wakeAt) => ValueTask.CompletedTask;

    public ValueTask OvertakenAsync(Grain grain) => ValueTask.CompletedTask;

    public void Asleep(StreamId stream, DateTimeOffset? wakeAt)
    {
        lock (_gate)
        {
            if (wakeAt is { } due)
            {
                _asleep[stream] = due;
                _queue.Enqueue(stream, due);
                Arm();
            }
            else
            {
                _asleep.Remove(stream);
            }
        }
    }

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Before the first request: from then on streams are pending whose grains are up and need no call.</summary>
    public Task StartAsync(CancellationToken cancellationToken)
    {
        var listed = _index.ListPending();
        lock (_gate)
        {
            foreach (var pending in listed)
            {
                if (_asleep.TryAdd(pending.Stream, pending.WakeAt))
                {
                    _queue.Enqueue(pending.Stream, pending.WakeAt);
                }
            }
            LogPending(_asleep.Count);
        }
        return Task.CompletedTask;
    }

    public Task StartedAsync(CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            _timer = _time.CreateTimer(
                static self => ((JournalWakeUps)self!).CallDue(),
                this,
                Timeout.InfiniteTimeSpan,
                Timeout.InfiniteTimeSpan
            );
            Arm();
        }
        return Task.CompletedTask;
    }

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken)
    {
        Dispose();
        return Task.CompletedTask;
    }

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose()
    {
        lock (_gate)
        {
            _stopped = true;
            _timer?.Dispose();
        }
    }

    private void Arm()
    {
        if (_timer is null || _stopped || _underWay == CallsAtOnce || !_queue.TryPeek(out _, out var due))
        {
            return;
        }
        var wait = due - _time.GetUtcNow();
        // Timers take no more than 49 days; a look too early finds nothing due and arms again.
        var longest = TimeSpan.FromDays(7);
        _timer.Change(
            wait < TimeSpan.Zero ? TimeSpan.Zero
                : wait > longest ? longest
                : wait,
            Timeout.InfiniteTimeSpan
        );
    }

    private void CallDue()
    {
        List<StreamId> due = [];
        lock (_gate)
        {
            var now = _time.GetUtcNow();
            while (_underWay < CallsAtOnce && _queue.TryPeek(out var stream, out var at) && at <= now)
            {
                _queue.Dequeue();
                // An entry that was replaced by another time, or whose grain is up again, is stale.
                if (_asleep.TryGetValue(stream, out var wanted) && wanted == at)
                {
                    _asleep.Remove(stream);
                    _underWay++;
                    due.Add(stream);
                }
            }
            Arm();
        }
        foreach (var stream in due)
        {
            _ = WakeAsync(stream);
        }
    }

    private async Task WakeAsync(StreamId stream)
    {
        try
        {
            var grains = (IGrainFactory)_services.GetService(typeof(IGrainFactory))!;
            await grains.GetGrain<IDurableGrain>(GrainId.Parse(stream.Value)).Wake();
        }
        catch (Exception exception) when (!_stopped)
        {
            LogWakeFailed(exception, stream);
            Asleep(stream, _time.GetUtcNow() + RetryAfter);
        }
        catch (Exception)
        {
            // The host is stopping; the journal's index still knows the stream at the next start.
        }
        lock (_gate)
        {
            // Nobody else sets the timer while all calls are under way.
            if (_underWay-- == CallsAtOnce)
            {
                Arm();
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "{Count} streams have something left to do")]
    private partial void LogPending(int count);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Waking {Stream} failed; trying again")]
    private partial void LogWakeFailed(Exception exception, StreamId stream);
}
