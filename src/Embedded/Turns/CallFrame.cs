using Actors.Embedded.Generated;

namespace Actors.Embedded;

/// <summary>
/// A request while it runs. It is the synchronization context of its own code, so every continuation both returns to
/// its activation and knows which request it belongs to, without a value in the execution context.
/// </summary>
internal sealed class CallFrame(Activation activation, GrainMethod? method, CallFrame? parent) : SynchronizationContext
{
    public static new CallFrame? Current => SynchronizationContext.Current as CallFrame;

    public Activation Activation { get; } = activation;

    public GrainMethod? Method { get; } = method;

    /// <summary>The request that made this one. A finished request waits for nothing, so it is nobody's parent.</summary>
    public CallFrame? Parent { get; private set; } =
        parent is { IsFinished: true } ? parent.Activation.RootFrame : parent;

    /// <summary>What the caller waits for, once the call did not complete at once.</summary>
    public Task? Answer { get; set; }

    public bool IsFinished { get; private set; }

    /// <summary>Others may start beside it.</summary>
    public bool NeverBlocks => ((Method?.Options ?? 0) & GrainMethodOptions.AlwaysInterleave) != 0;

    public CallFrame Finish()
    {
        IsFinished = true;
        Parent = null;
        return this;
    }

    public override void Post(SendOrPostCallback d, object? state) => Activation.Push(new Continuation(this, d, state));

    public override void Send(SendOrPostCallback d, object? state) =>
        throw new NotSupportedException("Waiting for a turn would block it.");

    public override SynchronizationContext CreateCopy() => this;

    public override string ToString() => $"{Activation.GrainId}.{Method?.Name ?? "(lifecycle)"}";
}
