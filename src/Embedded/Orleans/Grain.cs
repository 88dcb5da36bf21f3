using Actors.Embedded;

namespace Orleans;

/// <summary>Base of grain classes: an object with an address, one turn at a time.</summary>
public abstract class Grain : IGrainBase, IAddressable
{
    protected Grain()
        : this(CallFrame.Current?.Activation!) { }

    protected Grain(IGrainContext grainContext) => GrainContext = grainContext;

    /// <summary>The activation; null only in an object that the engine did not make.</summary>
    public IGrainContext GrainContext { get; }

    protected IGrainFactory GrainFactory => Activation.Of(this).Engine;

    protected internal IServiceProvider ServiceProvider => GrainContext.ActivationServices;

    public virtual Task OnActivateAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public virtual Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken) =>
        Task.CompletedTask;

    /// <summary>Ends the activation once the requests that it runs have ended.</summary>
    protected void DeactivateOnIdle() => GrainBaseExtensions.DeactivateOnIdle(this);

    /// <summary>
    /// Keeps the activation from being collected for being idle, for this long; zero or less takes that back.
    /// </summary>
    protected void DelayDeactivation(TimeSpan timeSpan) => Activation.Of(this).DelayDeactivation(timeSpan);
}
