using System.Collections.Immutable;
using System.Reflection;

namespace Actors.GrainInterfaces.Tests.Messages;

/// <summary>What Orleans' serializer and a rolling update need of every message, as sentences about those that lack it.</summary>
internal static class MessageRules
{
    private static readonly HashSet<Type> Plain =
    [
        typeof(string),
        typeof(decimal),
        typeof(DateTimeOffset),
        typeof(DateOnly),
        typeof(TimeOnly),
        typeof(TimeSpan),
        typeof(Guid),
        typeof(Uri),
        typeof(byte[]),
        typeof(ReadOnlyMemory<byte>),
    ];

    private static readonly HashSet<Type> ReadOnlyCollections =
    [
        typeof(IReadOnlyList<>),
        typeof(IReadOnlyDictionary<,>),
        typeof(IReadOnlySet<>),
        typeof(ImmutableArray<>),
        typeof(ImmutableList<>),
        typeof(ImmutableDictionary<,>),
        typeof(ImmutableHashSet<>),
    ];

    public static IEnumerable<string> Violations(Type type)
    {
        if (type.IsEnum)
        {
            yield break;
        }
        if (!type.IsDefined(typeof(GenerateSerializerAttribute), inherit: false))
        {
            yield return $"{type} has no [GenerateSerializer]";
        }
        if (!type.IsDefined(typeof(AliasAttribute), inherit: false))
        {
            yield return $"{type} has no [Alias]";
        }
        if (type is { IsClass: true, IsSealed: false, IsAbstract: false })
        {
            yield return $"{type} is not sealed";
        }
        // A provider's serializer makes these and nobody passes them between grains.
        var isStored = type.Namespace == "Actors.Journal.GrainStorage";
        if (!isStored && !type.IsAssignableTo(typeof(Exception)) && !type.IsDefined(typeof(ImmutableAttribute)))
        {
            yield return $"{type} has no [Immutable]";
        }
        foreach (var violation in SerializedMember.Of(type).SelectMany(member => Violations(type, member)))
        {
            yield return violation;
        }
        foreach (var twice in SerializedMember.Of(type).GroupBy(static member => member.Id).Where(IsTwice))
        {
            yield return $"{type} uses id {twice.Key} for {string.Join(" and ", twice.Select(static m => m.Name))}";
        }
    }

    public static IEnumerable<string> InterfaceViolations(Type type)
    {
        if (!type.IsDefined(typeof(AliasAttribute), inherit: false))
        {
            yield return $"{type} has no [Alias]";
        }
        foreach (
            var method in type.GetMethods().Where(static method => !method.IsStatic && !IsAwaitable(method.ReturnType))
        )
        {
            yield return $"{type}.{method.Name} answers {method.ReturnType.Name}, which cannot be awaited";
        }
    }

    public static IEnumerable<string> AliasViolations(IEnumerable<Type> types) =>
        types
            .GroupBy(static type => type.GetCustomAttribute<AliasAttribute>(inherit: false)?.Alias)
            .Where(static group => group.Key is not null && group.Count() > 1)
            .Select(static group => $"alias {group.Key} names {string.Join(" and ", group)}");

    private static IEnumerable<string> Violations(Type type, SerializedMember member)
    {
        if (member.Id is null)
        {
            yield return $"{type}.{member.Name} has no [Id]";
        }
        if (member.IsMutable)
        {
            yield return $"{type}.{member.Name} can be changed";
        }
        if (!Survives(member.Type))
        {
            yield return $"{type}.{member.Name} is a {member.Type}, of which it is not known that it survives";
        }
    }

    private static bool IsTwice(IGrouping<uint?, SerializedMember> group) => group.Key is not null && group.Count() > 1;

    private static bool Survives(Type type)
    {
        if (type.IsPrimitive || type.IsEnum || type.IsGenericParameter || Plain.Contains(type))
        {
            return true;
        }
        if (!type.IsGenericType)
        {
            return type.Namespace?.StartsWith("Actors.", StringComparison.Ordinal) == true;
        }
        var definition = type.GetGenericTypeDefinition();
        var isKnown =
            definition == typeof(Nullable<>)
            || ReadOnlyCollections.Contains(definition)
            || definition.Namespace?.StartsWith("Actors.", StringComparison.Ordinal) == true;
        return isKnown && type.GetGenericArguments().All(Survives);
    }

    private static bool IsAwaitable(Type type)
    {
        var definition = type.IsGenericType ? type.GetGenericTypeDefinition() : type;
        return definition == typeof(Task)
            || definition == typeof(Task<>)
            || definition == typeof(ValueTask)
            || definition == typeof(ValueTask<>)
            || definition == typeof(IAsyncEnumerable<>);
    }
}
