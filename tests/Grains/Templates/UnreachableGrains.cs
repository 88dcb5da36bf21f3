using System.Collections.Concurrent;

namespace Actors.Grains.Tests.Templates;

/// <summary>Calls to the grains named here fail, or never answer.</summary>
internal sealed class UnreachableGrains : IIncomingGrainCallFilter
{
    private readonly ConcurrentDictionary<string, bool> _hangs = [];

    public void Fail<T>() => _hangs[typeof(T).Name] = false;

    public void Hang<T>() => _hangs[typeof(T).Name] = true;

    public Task Invoke(IIncomingGrainCallContext context)
    {
        var name = context.InterfaceName[(context.InterfaceName.LastIndexOf('.') + 1)..];
        if (!_hangs.TryGetValue(name, out var hangs))
        {
            return context.Invoke();
        }
        return hangs ? new TaskCompletionSource().Task : Task.FromException(new TimeoutException("Unreachable."));
    }
}
