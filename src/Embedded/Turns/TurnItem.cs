using Actors.Embedded.Generated;

namespace Actors.Embedded;

/// <summary>Something to do in a turn of an activation.</summary>
internal abstract class TurnItem
{
    /// <summary>Link of the one list that holds the item at a time: first the mailbox, then perhaps the waiting line.</summary>
    public TurnItem? Next { get; set; }

    public abstract void Run(Activation activation);
}

/// <summary>The rest of an awaiting method.</summary>
internal sealed class Continuation(CallFrame frame, SendOrPostCallback callback, object? state) : TurnItem
{
    public override void Run(Activation activation)
    {
        SynchronizationContext.SetSynchronizationContext(frame);
        callback(state);
    }
}

/// <summary>An order to the activation itself.</summary>
internal sealed class Order(Action<Activation> action) : TurnItem
{
    public override void Run(Activation activation) => action(activation);
}

/// <summary>Work that starts only when the activation's rules admit it: a request, or the tick of a timer.</summary>
internal abstract class GatedItem : TurnItem
{
    public abstract GrainMethodOptions Options { get; }

    /// <summary>What the caller waits for; null when nobody waits.</summary>
    public virtual Task? Answer => null;

    /// <summary>The request on whose behalf this one was made; null for the outside.</summary>
    public virtual CallFrame? Caller => null;

    /// <summary>Nobody waits any more, so it need not start.</summary>
    public abstract bool IsSettled { get; }

    public bool HasStarted { get; set; }

    /// <summary>Starts the work and, when it ends, tells <see cref="Activation.End"/>.</summary>
    public abstract void Begin(Activation activation);

    /// <summary>The work will never start.</summary>
    public abstract void Reject(Exception reason);

    /// <summary>The activation has ended before the work started.</summary>
    public abstract void Reroute();

    public sealed override void Run(Activation activation) => activation.Arrive(this);
}
