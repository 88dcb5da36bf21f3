namespace Actors.TestKit;

/// <summary>
/// What a grain test may know of the engine it runs on: a simulated process with a simulated disk, or a cluster of silos on
/// Azure Storage. A test that is written against this runs on both.
/// </summary>
public interface IGrainEngine : IAsyncDisposable
{
    IGrainFactory Grains { get; }

    TimeProvider Time { get; }

    /// <summary>
    /// Lets time pass for grains, timers and reminders. What they do then may take longer: see
    /// <see cref="EventuallyAsync"/>.
    /// </summary>
    Task AdvanceAsync(TimeSpan by);

    /// <summary>Looks again and again until something has come about by itself, and fails with what it last saw.</summary>
    Task<T> EventuallyAsync<T>(Func<Task<T>> look, Func<T, bool> isThere) => Eventually.GetAsync(look, isThere);

    /// <summary>How often a race is run that is worth <paramref name="many"/> rounds where a round costs next to nothing.</summary>
    int Rounds(int many) => many;

    /// <summary>Ends every activation in good order, so that the next call reads what was stored.</summary>
    Task DeactivateAllAsync();

    /// <summary>Kills everything that runs, without a goodbye, and starts again on what was durable.</summary>
    Task CrashAsync();
}

public static class GrainEngineExtensions
{
    public static Task EventuallyAsync(this IGrainEngine engine, Func<Task<bool>> condition) =>
        engine.EventuallyAsync(condition, static seen => seen);

    public static Task EventuallyAsync(this IGrainEngine engine, Func<bool> condition) =>
        engine.EventuallyAsync(() => Task.FromResult(condition()));
}
