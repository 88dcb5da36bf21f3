using System.Reflection;
using Actors.GrainInterfaces.Durability;

namespace Actors.Contract.Tests.Server;

/// <summary>Grains of one kind do not answer, as when their storage is gone; all others do.</summary>
internal sealed class UnreachableGrains(IGrainFactory real, Type unreachable) : IGrainFactory
{
    public T GetGrain<T>(string primaryKey, string? grainClassNamePrefix = null)
        where T : IGrainWithStringKey =>
        typeof(T) == unreachable
            ? DispatchProxy.Create<T, Unreachable>()
            : real.GetGrain<T>(primaryKey, grainClassNamePrefix);

    public T GetGrain<T>(Guid primaryKey, string? grainClassNamePrefix = null)
        where T : IGrainWithGuidKey => real.GetGrain<T>(primaryKey, grainClassNamePrefix);

    public T GetGrain<T>(long primaryKey, string? grainClassNamePrefix = null)
        where T : IGrainWithIntegerKey => real.GetGrain<T>(primaryKey, grainClassNamePrefix);

    public T GetGrain<T>(GrainId grainId)
        where T : IAddressable => real.GetGrain<T>(grainId);

    public T CreateObjectReference<T>(IGrainObserver obj)
        where T : IGrainObserver => real.CreateObjectReference<T>(obj);

    public void DeleteObjectReference<T>(IGrainObserver obj)
        where T : IGrainObserver => real.DeleteObjectReference<T>(obj);
}

/// <summary>Public, because proxies derive from it.</summary>
public class Unreachable : DispatchProxy
{
    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) => throw new OutcomeUnknownException();
}
