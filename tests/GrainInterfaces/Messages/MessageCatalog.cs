using System.Reflection;

namespace Actors.GrainInterfaces.Tests.Messages;

/// <summary>Every type that can cross from one silo to another, found by walking from the grain interfaces.</summary>
internal static class MessageCatalog
{
    private static readonly Assembly[] Assemblies =
    [
        typeof(Moods.IMoodGrain).Assembly,
        typeof(Grains.Hosting.HostRole).Assembly,
        typeof(Journal.GrainStorage.SegmentState).Assembly,
    ];

    public static IReadOnlyList<Type> GrainInterfaces { get; } =
    [
        .. Assemblies
            .SelectMany(static assembly => assembly.GetTypes())
            .Where(static type => type.IsInterface && typeof(IAddressable).IsAssignableFrom(type))
            .OrderBy(static type => type.FullName, StringComparer.Ordinal),
    ];

    /// <summary>What the interfaces mention, what exceptions the contracts declare, and what storage keeps.</summary>
    public static IReadOnlyList<Type> Messages { get; } =
    [
        .. Reached(GrainInterfaces)
            .Union(Assemblies.SelectMany(static assembly => assembly.GetTypes()).Where(IsMarked))
            .OrderBy(static type => type.FullName, StringComparer.Ordinal),
    ];

    /// <summary>Own types that the interfaces' methods mention, through generics, members and base types.</summary>
    public static IReadOnlyCollection<Type> Reached(IEnumerable<Type> interfaces)
    {
        HashSet<Type> found = [];
        foreach (var method in interfaces.SelectMany(static type => type.GetMethods()))
        {
            Walk(method.ReturnType, found);
            foreach (var parameter in method.GetParameters())
            {
                Walk(parameter.ParameterType, found);
            }
        }
        return found;
    }

    private static bool IsMarked(Type type) =>
        !IsGenerated(type)
        && (
            type.IsDefined(typeof(GenerateSerializerAttribute))
            || (type.IsAssignableTo(typeof(Exception)) && type.Assembly == Assemblies[0])
        );

    private static bool IsGenerated(Type type) =>
        type.Namespace?.StartsWith("OrleansCodeGen", StringComparison.Ordinal) == true;

    private static void Walk(Type type, HashSet<Type> found)
    {
        if (type.HasElementType)
        {
            Walk(type.GetElementType()!, found);
            return;
        }
        foreach (var argument in type.GetGenericArguments())
        {
            Walk(argument, found);
        }
        var definition = type.IsGenericType ? type.GetGenericTypeDefinition() : type;
        if (!IsOwn(definition) || typeof(IAddressable).IsAssignableFrom(definition) || !found.Add(definition))
        {
            return;
        }
        foreach (var member in SerializedMember.Of(definition))
        {
            Walk(member.Type, found);
        }
        if (definition.BaseType is { } baseType)
        {
            Walk(baseType, found);
        }
        foreach (var derived in definition.Assembly.GetTypes().Where(other => other.BaseType == definition))
        {
            Walk(derived, found);
        }
    }

    private static bool IsOwn(Type type) =>
        !type.IsGenericParameter && type.Namespace?.StartsWith("Actors.", StringComparison.Ordinal) == true;
}
