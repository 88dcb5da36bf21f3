namespace Actors.TestKit.Loops;

internal enum WorkKind
{
    /// <summary>A grain's turn.</summary>
    Turn,

    /// <summary>The rest of an awaiting method.</summary>
    Continuation,

    /// <summary>A timer that has fallen due.</summary>
    Timer,

    /// <summary>The journal's next batch.</summary>
    Disk,

    /// <summary>A request or an answer that has arrived.</summary>
    Message,
}

/// <summary>Something that is ready to run.</summary>
/// <param name="Scheduler">On which the work runs; null for what happens between grains.</param>
internal readonly record struct Work(
    FaultDomain Domain,
    WorkKind Kind,
    TaskScheduler? Scheduler,
    Action<object?> Callback,
    object? State
);

/// <summary>Something happened that the seed does not decide: the run cannot be repeated, so its result means nothing.</summary>
internal sealed class NonDeterminismException(string message) : Exception(message);
