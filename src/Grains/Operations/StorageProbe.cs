using Actors.GrainInterfaces.Operations;
using Microsoft.Extensions.Logging;

namespace Actors.Grains.Operations;

/// <summary>The least that a commit needs of the storage that is configured, without a commit.</summary>
public interface IStorageRoundTrip
{
    /// <summary>A small write that is durable when the task completes; any exception says that it is not.</summary>
    Task RunAsync(CancellationToken cancellation);
}

/// <summary>
/// Whether the storage takes writes: tried at most once a second however many ask, and never waited for longer than
/// <see cref="Deadline"/>.
/// </summary>
public sealed partial class StorageProbe(IStorageRoundTrip storage, TimeProvider time, ILogger<StorageProbe> logger)
{
    /// <summary>Below the two seconds that <c>/health</c> waits for a check.</summary>
    public static readonly TimeSpan Deadline = TimeSpan.FromSeconds(1.5);

    private static readonly TimeSpan Freshness = TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new();
    private Task _onItsWay = Task.CompletedTask;
    private Task<StorageAnswer>? _latest;
    private long _startedAt;

    public Task<StorageAnswer> AskAsync()
    {
        lock (_gate)
        {
            if (_latest is null || (_latest.IsCompleted && time.GetElapsedTime(_startedAt) >= Freshness))
            {
                _startedAt = time.GetTimestamp();
                // What hangs is not asked again: on a dead disk every attempt would cost a thread.
                _latest = _onItsWay.IsCompleted ? TryAsync() : Task.FromResult(new StorageAnswer(false, Deadline));
            }
            return _latest;
        }
    }

    private async Task<StorageAnswer> TryAsync()
    {
        var started = time.GetTimestamp();
        // Not disposed: what hangs may look at the token when nobody waits any more.
        var deadline = new CancellationTokenSource(Deadline, time);
        try
        {
            _onItsWay = storage.RunAsync(deadline.Token);
            await _onItsWay.WaitAsync(deadline.Token);
            return new StorageAnswer(true, time.GetElapsedTime(started));
        }
        catch (Exception fault)
        {
            LogFailed(logger, fault);
            return new StorageAnswer(false, time.GetElapsedTime(started));
        }
    }

    [LoggerMessage(LogLevel.Warning, "The storage does not take writes")]
    private static partial void LogFailed(ILogger logger, Exception fault);
}
