namespace Actors.Simulation.Tests.Loops;

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
}

/// <summary>Something that is ready to run.</summary>
internal readonly record struct Work(FaultDomain Domain, WorkKind Kind, SendOrPostCallback Callback, object? State);

/// <summary>Something happened that the seed does not decide: the run cannot be repeated, so its result means nothing.</summary>
internal sealed class NonDeterminismException(string message) : Exception(message);
