namespace Actors.TestKit;

/// <summary>
/// What a grain test may know of the engine it runs on: one process with a simulated disk, or a cluster of silos on
/// Azure Storage. A test that is written against this runs on both.
/// </summary>
public interface IGrainEngine : IAsyncDisposable
{
    IGrainFactory Grains { get; }

    TimeProvider Time { get; }

    /// <summary>Lets time pass for grains, timers and reminders. What they do then is asynchronous: see <see cref="Eventually"/>.</summary>
    Task AdvanceAsync(TimeSpan by);

    /// <summary>Ends every activation in good order, so that the next call reads what was stored.</summary>
    Task DeactivateAllAsync();

    /// <summary>Kills everything that runs, without a goodbye, and starts again on what was durable.</summary>
    Task CrashAsync();
}
