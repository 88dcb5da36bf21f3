using System.Collections.Concurrent;
using System.Reflection;
using Microsoft.Extensions.DependencyInjection;

namespace Actors.Embedded;

/// <summary>Makes a grain's object: services from its scope, records by <see cref="PersistentStateAttribute"/>.</summary>
internal sealed class GrainFactory
{
    // Compiling a constructor call costs more than everything else that an engine does to start.
    private static readonly ConcurrentDictionary<Type, GrainFactory> Factories = new();

    private readonly ParameterInfo[] _ownParameters;
    private readonly ObjectFactory? _create;

    private GrainFactory(Type type)
    {
        IsForObservers = type == typeof(IGrainObserver);
        _ownParameters = IsForObservers ? [] : [.. ConstructorOf(type).GetParameters().Where(IsOurs)];
        _create = IsForObservers
            ? null
            : ActivatorUtilities.CreateFactory(type, [.. _ownParameters.Select(x => x.ParameterType)]);
    }

    public static GrainFactory Of(Type type) => Factories.GetOrAdd(type, static type => new GrainFactory(type));

    public bool IsForObservers { get; }

    public async ValueTask<object> CreateAsync(Activation activation)
    {
        var own = new object[_ownParameters.Length];
        for (var i = 0; i < own.Length; i++)
        {
            own[i] = _ownParameters[i].GetCustomAttribute<PersistentStateAttribute>() is { } attribute
                ? PersistentState.Create(_ownParameters[i].ParameterType, activation, attribute)
                : activation;
        }
        var instance = _create!(activation.ActivationServices, own);
        foreach (var state in own.OfType<Orleans.Core.IStorage>())
        {
            await state.ReadStateAsync();
        }
        return instance;
    }

    private static bool IsOurs(ParameterInfo parameter) =>
        parameter.IsDefined(typeof(PersistentStateAttribute)) || parameter.ParameterType == typeof(IGrainContext);

    private static ConstructorInfo ConstructorOf(Type type)
    {
        var constructors = type.GetConstructors();
        return constructors.FirstOrDefault(x => x.IsDefined(typeof(ActivatorUtilitiesConstructorAttribute)))
            ?? constructors.MaxBy(x => x.GetParameters().Length)
            ?? throw new InvalidOperationException($"{type} has no public constructor.");
    }
}
