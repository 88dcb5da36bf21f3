using System.Reflection;
using System.Runtime.CompilerServices;

namespace Actors.GrainInterfaces.Tests.Messages;

/// <summary>A property or field that holds a part of a message's content.</summary>
/// <param name="Id">Null where the source names none.</param>
internal sealed record SerializedMember(string Name, Type Type, uint? Id, bool IsMutable)
{
    private const BindingFlags Own =
        BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;

    public static IReadOnlyList<SerializedMember> Of(Type type)
    {
        if (type.IsEnum || type.IsInterface)
        {
            return [];
        }
        var properties = type.GetProperties(Own)
            .Where(property => type.GetField(BackingFieldOf(property.Name), Own) is not null)
            .Select(static property => From(property, property.PropertyType, !IsInitOnly(property)));
        var fields = type.GetFields(Own)
            .Where(static field => !field.IsDefined(typeof(CompilerGeneratedAttribute)))
            .Select(static field => From(field, field.FieldType, !field.IsInitOnly));
        return [.. properties.Concat(fields)];
    }

    private static SerializedMember From(MemberInfo member, Type type, bool isMutable) =>
        new(member.Name, type, member.GetCustomAttribute<IdAttribute>()?.Id, isMutable);

    private static bool IsInitOnly(PropertyInfo property) =>
        property.SetMethod is not { } setter
        || setter.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(IsExternalInit));

    private static string BackingFieldOf(string property) => $"<{property}>k__BackingField";
}
