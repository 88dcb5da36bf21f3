namespace Actors.Embedded;

/// <summary>Turns on the thread pool, in the order in which they were asked for.</summary>
internal sealed class ThreadPoolTurns : ITurnScheduler
{
    public void Schedule(IThreadPoolWorkItem workItem) =>
        ThreadPool.UnsafeQueueUserWorkItem(workItem, preferLocal: false);
}
