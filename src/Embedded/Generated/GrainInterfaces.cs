using System.Collections.Concurrent;
using System.Reflection;

namespace Actors.Embedded.Generated;

/// <summary>Names the class that lists an assembly's grain interfaces. Written by the generator.</summary>
[AttributeUsage(AttributeTargets.Assembly)]
public sealed class GrainInterfacesAttribute(Type registry) : Attribute
{
    public Type Registry { get; } = registry;
}

/// <summary>Lists an assembly's grain interfaces. Written by the generator.</summary>
public interface IGrainInterfaceRegistry
{
    IEnumerable<GrainInterface> List();
}

/// <summary>A grain interface: its methods, and how to make a reference.</summary>
public sealed class GrainInterface(
    Type type,
    IReadOnlyList<GrainMethod> methods,
    Func<GrainBinding, string, GrainReference> create
)
{
    private static readonly ConcurrentDictionary<Assembly, Dictionary<Type, GrainInterface>> ByAssembly = new();

    public Type Type { get; } = type;

    internal IReadOnlyList<GrainMethod> Methods { get; } = methods;

    internal Func<GrainBinding, string, GrainReference> Create { get; } = create;

    internal static GrainInterface Of(Type type) =>
        Find(type)
        ?? throw new InvalidOperationException(
            $"{type} is no grain interface, or its assembly was built without the grain generator."
        );

    internal static GrainInterface? Find(Type type) =>
        ByAssembly.GetOrAdd(type.Assembly, static assembly => Load(assembly)).GetValueOrDefault(type);

    private static Dictionary<Type, GrainInterface> Load(Assembly assembly)
    {
        var registry = assembly.GetCustomAttribute<GrainInterfacesAttribute>()?.Registry;
        return registry is null
            ? []
            : ((IGrainInterfaceRegistry)Activator.CreateInstance(registry, nonPublic: true)!)
                .List()
                .ToDictionary(x => x.Type);
    }
}
