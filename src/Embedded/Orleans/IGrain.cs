namespace Orleans
{
    /// <summary>Every grain interface is one; its methods return a task, a value task or an async stream.</summary>
    public interface IGrain : IAddressable;

    public interface IGrainWithStringKey : IGrain;

    public interface IGrainWithGuidKey : IGrain;

    public interface IGrainWithIntegerKey : IGrain;

    /// <summary>An ordinary object that grains may call once it has a reference.</summary>
    public interface IGrainObserver : IAddressable;

    /// <summary>What the engine needs of a grain class.</summary>
    public interface IGrainBase
    {
        IGrainContext GrainContext { get; }

        /// <summary>Runs before the first request; a failure fails the requests that wait and ends the activation.</summary>
        Task OnActivateAsync(CancellationToken token) => Task.CompletedTask;

        /// <summary>Runs after the last request, best effort: a process may die without it.</summary>
        Task OnDeactivateAsync(DeactivationReason reason, CancellationToken token) => Task.CompletedTask;
    }
}

namespace Orleans.Runtime
{
    /// <summary>Something that calls can be addressed to.</summary>
    public interface IAddressable;
}
