using System.Collections.Concurrent;
using Orleans.Metadata;
using Orleans.Serialization.TypeSystem;

namespace Actors.Grains.Hosting;

/// <summary>
/// Remembers the names of grain interfaces. Without it every <c>GetGrain</c> derives the name anew from the interface's
/// attributes: 2.4 KB and 6 µs of a purchase's 12 KB and 40 µs.
/// </summary>
internal sealed class KnownInterfaces(IServiceProvider services, TypeConverter names) : IGrainInterfaceTypeProvider
{
    private readonly ConcurrentDictionary<Type, GrainInterfaceType> _known = new();
    private readonly GrainInterfaceTypeResolver _resolver = new(
        [new AttributeGrainInterfaceTypeProvider(services)],
        names
    );

    public bool TryGetGrainInterfaceType(Type type, out GrainInterfaceType grainInterfaceType)
    {
        if (!_known.TryGetValue(type, out grainInterfaceType))
        {
            grainInterfaceType = _known[type] = _resolver.GetGrainInterfaceType(type);
        }
        return true;
    }
}
