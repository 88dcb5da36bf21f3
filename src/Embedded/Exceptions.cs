namespace Actors.Embedded;

/// <summary>Grains wait for each other in a circle. On a cluster such a call hangs until its time limit.</summary>
public sealed class GrainCallCycleException(IReadOnlyList<string> chain)
    : OrleansException(
        $"Grains wait for each other: {string.Join(" → ", chain)}. The last call would have to wait for the first one; "
            + "make a grain of the circle [Reentrant], a method [AlwaysInterleave], or do not await the call."
    )
{
    /// <summary>The calls of the circle, the one that closes it last.</summary>
    public IReadOnlyList<string> Chain { get; } = chain;
}

/// <summary>The engine stops or has stopped: the call was not made.</summary>
public sealed class EngineStoppedException() : OrleansException("The grain engine has stopped taking calls.");
