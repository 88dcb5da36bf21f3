using System.Reflection;
using System.Text;
using Actors.TestKit;

namespace Actors.GrainInterfaces.Tests.Messages;

/// <summary>
/// The names and numbers of everything that crosses silos or lies in storage. A changed line breaks a rolling update or
/// stored data: add, but never rename, renumber or retype. After an addition run once with UPDATE_GOLDEN=1.
/// </summary>
public class GoldenTests
{
    private static readonly string Golden = Path.Combine(
        SourceTree.Root,
        "tests",
        "GrainInterfaces",
        "Golden",
        "messages.txt"
    );

    [Fact]
    public void Names_and_numbers_are_what_they_were()
    {
        var now = Describe();
        if (Environment.GetEnvironmentVariable("UPDATE_GOLDEN") is "1")
        {
            File.WriteAllText(Golden, now);
        }
        Assert.Equal(File.ReadAllText(Golden), now);
    }

    private static string Describe()
    {
        StringBuilder text = new();
        foreach (var type in MessageCatalog.GrainInterfaces)
        {
            text.Append("interface ").AppendLine(NameOf(type));
            foreach (
                var method in type.GetMethods()
                    .Where(static method => !method.IsStatic)
                    .Select(SignatureOf)
                    .Order(StringComparer.Ordinal)
            )
            {
                text.Append("  ").AppendLine(method);
            }
        }
        foreach (var type in MessageCatalog.Messages)
        {
            text.Append(type.IsEnum ? "enum " : "message ").AppendLine(NameOf(type));
            foreach (var member in type.IsEnum ? ValuesOf(type) : MembersOf(type))
            {
                text.Append("  ").AppendLine(member);
            }
        }
        return text.Replace("\r\n", "\n").ToString();
    }

    private static string NameOf(Type type) =>
        $"{type.GetCustomAttribute<AliasAttribute>(inherit: false)?.Alias ?? type.Name} ({type.FullName})";

    private static IEnumerable<string> MembersOf(Type type) =>
        SerializedMember
            .Of(type)
            .OrderBy(static member => member.Id)
            .Select(static member => $"{member.Id} {member.Name}: {ShortName(member.Type)}");

    private static IEnumerable<string> ValuesOf(Type type) =>
        Enum.GetValues(type).Cast<Enum>().Select(static value => $"{value:D} {value}");

    private static string SignatureOf(MethodInfo method)
    {
        var parameters = method.GetParameters().Select(static parameter => ShortName(parameter.ParameterType));
        return $"{method.Name}({string.Join(", ", parameters)}): {ShortName(method.ReturnType)}";
    }

    private static string ShortName(Type type)
    {
        if (!type.IsGenericType)
        {
            return type.Name;
        }
        var arguments = type.GetGenericArguments().Select(ShortName);
        return $"{type.Name.Split('`')[0]}<{string.Join(", ", arguments)}>";
    }
}
