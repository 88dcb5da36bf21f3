namespace Actors.Embedded;

/// <summary>Completes a task where the scheduler says, so that whoever waits for it continues outside of any turn.</summary>
internal sealed class Signal(TaskCompletionSource source) : IThreadPoolWorkItem
{
    public void Execute() => source.TrySetResult();
}
