using Microsoft.Extensions.DependencyInjection;
using Orleans.Storage;

namespace Actors.Embedded;

internal static class PersistentState
{
    private const string DefaultStorage = "Default";

    /// <summary>The record that a constructor parameter of type <see cref="IPersistentState{TState}"/> asks for.</summary>
    public static object Create(Type parameterType, Activation activation, PersistentStateAttribute attribute)
    {
        var services = activation.ActivationServices;
        var storage =
            services.GetKeyedService<IGrainStorage>(attribute.StorageName ?? DefaultStorage)
            ?? services.GetService<IGrainStorage>()
            ?? throw new InvalidOperationException(
                $"{activation.Class.ClassType} needs grain storage {attribute.StorageName ?? DefaultStorage}, which is not registered."
            );
        var stateType = parameterType.GetGenericArguments().Single();
        return Activator.CreateInstance(
            typeof(PersistentState<>).MakeGenericType(stateType),
            storage,
            attribute.StateName,
            activation.GrainId
        )!;
    }
}

internal sealed class PersistentState<TState>(IGrainStorage storage, string name, GrainId grain)
    : IPersistentState<TState>
{
    private readonly GrainState<TState> _record = new(Activator.CreateInstance<TState>());

    public TState State
    {
        get => _record.State!;
        set => _record.State = value;
    }

    public string? Etag => _record.ETag;

    public bool RecordExists => _record.RecordExists;

    public Task ReadStateAsync() => storage.ReadStateAsync(name, grain, _record);

    public Task WriteStateAsync() => storage.WriteStateAsync(name, grain, _record);

    public Task ClearStateAsync() => storage.ClearStateAsync(name, grain, _record);
}
