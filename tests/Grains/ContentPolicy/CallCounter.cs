using System.Collections.Concurrent;

namespace Actors.Grains.Tests.ContentPolicy;

/// <summary>How often grains were called, by the method.</summary>
internal sealed class CallCounter : IIncomingGrainCallFilter
{
    private readonly ConcurrentDictionary<string, int> _calls = [];

    public int Of(string method) => _calls.GetValueOrDefault(method);

    public Task Invoke(IIncomingGrainCallContext context)
    {
        _calls.AddOrUpdate(context.MethodName, 1, static (_, count) => count + 1);
        return context.Invoke();
    }
}
