using System.Diagnostics.Metrics;
using Actors.GrainInterfaces.Operations;

namespace Actors.Hosting.Storage;

internal enum StorageState
{
    /// <summary>It takes writes, or nobody has looked yet.</summary>
    Answers,

    /// <summary>Silos answer, and say that their storage takes no write.</summary>
    Away,

    /// <summary>No silo answers.</summary>
    Unreachable,
}

/// <summary>
/// Looks by itself whether the storage takes writes: now and then while all is well, often while it is not, and at once when
/// somebody has reason to doubt.
/// </summary>
internal sealed class StorageWatch : BackgroundService
{
    public const string MeterName = "Actors.Storage";

    private static readonly TimeSpan WhileWell = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan WhileAway = TimeSpan.FromSeconds(0.5);

    // Below the two seconds that /health waits for a check, above what a silo waits for its storage.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1.8);

    // An API host reaches several silos by these, so that one that hangs is not taken for storage that does.
    private static readonly string[] Keys = ["0", "1", "2", "3"];

    private readonly IGrainFactory _grains;
    private readonly TimeProvider _time;
    private volatile StorageState _state;
    private volatile TaskCompletionSource _doubt = new();
    private double _seconds;

    public StorageWatch(IGrainFactory grains, TimeProvider time, IMeterFactory meters)
    {
        (_grains, _time) = (grains, time);
        var meter = meters.Create(MeterName);
        meter.CreateObservableGauge(
            "actors.storage.available",
            () => State == StorageState.Answers ? 1 : 0,
            null,
            "1 while the storage takes writes, 0 while it does not or no silo answers."
        );
        meter.CreateObservableGauge(
            "actors.storage.latency",
            () => Volatile.Read(ref _seconds),
            "s",
            "Duration of the last small write by which the storage was tried."
        );
    }

    /// <summary>What the last look found.</summary>
    public StorageState State => _state;

    /// <summary>Something was not answered as it should: looks again soon. Costs next to nothing.</summary>
    public void Doubt() => _doubt.TrySetResult();

    public async Task<StorageState> LookAsync()
    {
        var state = StorageState.Unreachable;
        var started = _time.GetTimestamp();
        await foreach (var answer in Task.WhenEach(Keys.Select(AskAsync)))
        {
            if (await answer is { } found)
            {
                state = found.Answers ? StorageState.Answers : StorageState.Away;
                if (found.Answers)
                {
                    break;
                }
            }
        }
        Volatile.Write(ref _seconds, _time.GetElapsedTime(started).TotalSeconds);
        return _state = state;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            _doubt = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            var state = await LookAsync();
            // No look follows another one at once, however many doubt.
            await Task.Delay(WhileAway, _time, stoppingToken);
            if (state == StorageState.Answers)
            {
                await _doubt
                    .Task.WaitAsync(WhileWell, _time, stoppingToken)
                    .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task<StorageAnswer?> AskAsync(string key)
    {
        try
        {
            return await _grains.GetGrain<IStorageProbeGrain>(key).Probe().WaitAsync(Patience, _time);
        }
        catch (Exception)
        {
            // Whatever it is, this silo does not answer; the others may.
            return null;
        }
    }
}
