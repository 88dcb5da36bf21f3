using System.Reflection;
using System.Text;
using System.Text.Json.Serialization;
using Actors.Grains.Durability;
using Actors.TestKit;

namespace Actors.Grains.Tests.Durability;

/// <summary>
/// The names of everything that lies in journals: streams, events and their members. A changed line makes old journals
/// unreadable: add, but never rename or retype. After an addition run once with UPDATE_GOLDEN=1.
/// </summary>
[Trait("Spec", "SE-3")]
public sealed class PersistedEventsTests
{
    private static readonly Assembly Grains = typeof(DurableServices).Assembly;

    [Fact]
    public void Streams_events_and_their_members_are_named_as_they_were()
    {
        var golden = Path.Combine(SourceTree.Root, "tests", "Grains", "Golden", "events.txt");
        var now = Describe();
        if (Environment.GetEnvironmentVariable("UPDATE_GOLDEN") is "1")
        {
            File.WriteAllText(golden, now);
        }
        Assert.Equal(File.ReadAllText(golden), now);
    }

    [Fact]
    public void Every_event_carries_a_name_with_a_version()
    {
        var names = EventNames().ToArray();

        Assert.NotEmpty(names);
        Assert.All(names, static name => Assert.Matches(@"^[a-z-]+\.[a-z-]+\.v[1-9]\d*$", name));
        Assert.Equal(names.Length, names.Distinct().Count());
    }

    /// <summary>Cases of what events contain have names too, which go by the version of the event.</summary>
    private static IEnumerable<string> EventNames() => NamesIn(EventRoots());

    private static IEnumerable<Type> EventRoots() =>
        Grains
            .GetTypes()
            .Where(static type =>
                type.GetCustomAttribute<JsonPolymorphicAttribute>(inherit: false)?.TypeDiscriminatorPropertyName
                == "type"
            );

    private static IEnumerable<string> NamesIn(IEnumerable<Type> roots) =>
        roots
            .SelectMany(static type => type.GetCustomAttributes<JsonDerivedTypeAttribute>(inherit: false))
            .Select(static derived => (string)derived.TypeDiscriminator!);

    private static IEnumerable<(string Name, Type Type)> Events() =>
        Grains
            .GetTypes()
            .SelectMany(static type => type.GetCustomAttributes<JsonDerivedTypeAttribute>(inherit: false))
            .Select(static derived => ((string)derived.TypeDiscriminator!, derived.DerivedType))
            .OrderBy(static pair => pair.Item1, StringComparer.Ordinal);

    private static string Describe()
    {
        StringBuilder text = new();
        foreach (var stream in Grains.GetTypes().Select(StreamName).OfType<string>().Order(StringComparer.Ordinal))
        {
            text.Append("stream ").Append(stream).Append('\n');
        }
        SortedDictionary<string, Type> nested = new(StringComparer.Ordinal);
        foreach (var (name, type) in Events())
        {
            text.Append("event ").Append(name).Append('\n');
            DescribeMembers(text, type, nested);
        }
        HashSet<string> written = [];
        while (nested.FirstOrDefault(pair => !written.Contains(pair.Key)) is { Value: { } type } next)
        {
            written.Add(next.Key);
            text.Append(type.IsEnum ? "enum " : "value ").Append(next.Key).Append('\n');
            DescribeMembers(text, type, nested);
        }
        return text.ToString();
    }

    private static string? StreamName(Type type) =>
        type.GetCustomAttributesData()
            .FirstOrDefault(static data => data.AttributeType == typeof(GrainTypeAttribute))
            ?.ConstructorArguments[0]
            .Value as string;

    private static void DescribeMembers(StringBuilder text, Type type, SortedDictionary<string, Type> nested)
    {
        if (type.IsEnum)
        {
            foreach (var field in type.GetFields(BindingFlags.Public | BindingFlags.Static))
            {
                var name = field.GetCustomAttribute<JsonStringEnumMemberNameAttribute>()?.Name ?? field.Name;
                text.Append("  ").Append(name).Append('\n');
            }
            return;
        }
        foreach (
            var property in type.GetProperties()
                .Where(static property => property.GetCustomAttribute<JsonIgnoreAttribute>() is null)
        )
        {
            text.Append("  ")
                .Append(property.Name)
                .Append(": ")
                .Append(NameOf(property.PropertyType, nested))
                .Append('\n');
        }
    }

    private static string NameOf(Type type, SortedDictionary<string, Type> nested)
    {
        if (type.IsGenericType)
        {
            var arguments = type.GetGenericArguments().Select(argument => NameOf(argument, nested));
            return $"{type.Name.Split('`')[0]}<{string.Join(", ", arguments)}>";
        }
        if (type.Namespace?.StartsWith("Actors", StringComparison.Ordinal) == true)
        {
            nested.TryAdd(type.Name, type);
        }
        return type.Name;
    }
}
