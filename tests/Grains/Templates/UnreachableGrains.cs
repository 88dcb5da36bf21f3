using System.Collections.Concurrent;

namespace Actors.Grains.Tests.Templates;

/// <summary>Calls to the grains named here fail, or do not answer before the end.</summary>
internal sealed class UnreachableGrains : IIncomingGrainCallFilter
{
    private readonly ConcurrentDictionary<string, Task> _instead = [];
    private readonly TaskCompletionSource _end = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Fail<T>() => _instead[typeof(T).Name] = Task.FromException(new TimeoutException("Unreachable."));

    public void Hang<T>() => _instead[typeof(T).Name] = _end.Task;

    /// <summary>Lets go of what hangs, so that the engine can stop.</summary>
    public void End() => _end.TrySetException(new TimeoutException("Unreachable."));

    public Task Invoke(IIncomingGrainCallContext context)
    {
        var name = context.InterfaceName[(context.InterfaceName.LastIndexOf('.') + 1)..];
        return _instead.GetValueOrDefault(name) ?? context.Invoke();
    }
}
