using Actors.Embedded.Generated;

namespace Actors.Embedded;

/// <summary>One grain class seen through one of its interfaces. Only generated code and the engine use it.</summary>
public sealed class GrainBinding
{
    internal GrainBinding(GrainClass grainClass, GrainInterface grainInterface)
    {
        Class = grainClass;
        Interface = grainInterface;
        Meters = [.. grainInterface.Methods.Select(x => grainClass.Engine.Statistics.MeterOf(grainClass, x))];
    }

    internal GrainClass Class { get; }

    internal GrainInterface Interface { get; }

    /// <summary>By the index of the method.</summary>
    internal MethodMeter[] Meters { get; }

    internal GrainReference ReferenceTo(string key) =>
        Class.TryFind(key, out var activation) ? ReferenceTo(activation) : Interface.Create(this, key);

    internal GrainReference ReferenceTo(Activation activation)
    {
        if (activation.CachedReference is { } cached && cached.Binding == this)
        {
            return cached;
        }
        var fresh = Interface.Create(this, activation.Key);
        fresh.AimAt(activation);
        activation.CachedReference = fresh;
        return fresh;
    }
}
