namespace Actors.Embedded;

/// <summary>
/// The one place where grains get threads. Registered as a service it replaces the thread pool; a scheduler that runs
/// items one at a time in an order of its choosing, together with a virtual <see cref="TimeProvider"/>, makes a run
/// repeatable.
/// </summary>
public interface ITurnScheduler
{
    /// <summary>Runs the item once, soon, and not on the caller's stack. Called from any thread.</summary>
    void Schedule(IThreadPoolWorkItem workItem);
}
