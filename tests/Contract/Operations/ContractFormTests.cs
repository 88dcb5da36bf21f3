using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using System.Text.RegularExpressions;
using Actors.ApiHost.Errors;
using Actors.ApiHost.Http;
using Actors.Contract.Tests.Server;
using Microsoft.AspNetCore.Routing;

namespace Actors.Contract.Tests.Operations;

/// <summary>The one form of the API, as docs/guides/api.md has it: held against every operation of the document.</summary>
[Trait("Spec", "OP-4")]
public sealed partial class ContractFormTests(SharedServer shared)
{
    /// <summary>Paths whose members and parameters are written in snake_case; all others are in camelCase.</summary>
    private static readonly string[] SnakeCasePaths = ["/menu", "/queue", "/mood-message"];

    /// <summary>Called so wherever tokens move, for a body may say what the header of that name says.</summary>
    private const string KeyMember = "idempotency_key";

    private readonly ApiServer _server = shared.Server;

    [Fact]
    public async Task Members_and_parameters_are_named_as_the_path_demands()
    {
        var document = await ApiDescription.Of(_server).Document;
        var named = Operations(document)
            .SelectMany(one =>
                Parameters(one.Operation)
                    .Concat(Schemas(one.Operation).SelectMany(schema => Members(schema, document)).Select(NameOf))
                    .Distinct()
                    .Select(name => (one.Path, Name: name))
            )
            .ToList();

        Assert.Contains(("/menu/purchase", "menu_item_id"), named);
        Assert.Contains(("/api/v1/balance", "loyaltyPoints"), named);
        Assert.Contains(("/api/v1/statement", "asOf"), named);
        Assert.DoesNotContain(named, static one => !FormOf(one.Path).IsMatch(one.Name) && one.Name != KeyMember);
    }

    [Fact]
    public async Task Members_that_are_moments_or_days_say_so()
    {
        var document = await ApiDescription.Of(_server).Document;
        var members = Operations(document)
            .SelectMany(one => Schemas(one.Operation).SelectMany(schema => Members(schema, document)))
            .Where(static member => Moment().IsMatch(NameOf(member)) && MayBe(member.Value, "string"))
            .Where(static member => !member.Value.TryGetProperty("enum", out _))
            .Select(static member => (NameOf(member), FormatOf(member.Value)))
            .Distinct()
            .ToList();

        Assert.Contains(("created_at", "date-time"), members);
        Assert.Contains(("expiresAt", "date-time"), members);
        Assert.DoesNotContain(members, static member => member.Item2 is not ("date-time" or "date"));
    }

    [Fact]
    public void Moments_are_written_in_one_way_by_every_contract()
    {
        var contexts = typeof(JsonAnswer)
            .Assembly.GetTypes()
            .Where(static type => type.IsSubclassOf(typeof(JsonSerializerContext)))
            .Select(static type => (JsonSerializerContext)type.GetProperty("Default")!.GetValue(null)!)
            .ToList();

        foreach (var context in contexts)
        {
            var types = context
                .GetType()
                .GetProperties(BindingFlags.Public | BindingFlags.Instance)
                .Where(static property => property.PropertyType.IsAssignableTo(typeof(JsonTypeInfo)))
                .Select(property => ((JsonTypeInfo)property.GetValue(context)!).Type)
                .ToHashSet();
            Assert.DoesNotContain(typeof(DateTime), types);
            if (types.Contains(typeof(DateTimeOffset)))
            {
                Assert.True(
                    context.Options.Converters.Any(static one => one is TimestampConverter),
                    $"{context.GetType()} writes moments its own way."
                );
            }
        }
        Assert.True(contexts.Count > 10);
    }

    [Fact]
    public async Task Parameters_that_are_moments_or_days_say_so()
    {
        var document = await ApiDescription.Of(_server).Document;
        var typed =
            from endpoint in _server.Service<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            from query in endpoint.Metadata.GetOrderedMetadata<QueryParameter>()
            let format = query.Type == typeof(DateTimeOffset) ? "date-time"
            : query.Type == typeof(DateOnly) ? "date"
            : null
            where format is not null
            let path = "/" + endpoint.RoutePattern.RawText!.Trim('/')
            select (path, query.Name, format);
        var described =
            from one in Operations(document)
            from parameter in one.Operation.TryGetProperty("parameters", out var all) ? all.EnumerateArray() : []
            let schema = parameter.GetProperty("schema")
            where schema.TryGetProperty("format", out _)
            select (one.Path, parameter.GetProperty("name").GetString()!, schema.GetProperty("format").GetString());

        Assert.Contains(("/api/v1/statement", "asOf", "date-time"), typed);
        Assert.Equal(typed.Order(), described.Order());
    }

    [Fact]
    public async Task Values_of_enums_are_of_one_form_each()
    {
        var document = await ApiDescription.Of(_server).Document;
        var values = Operations(document)
            .SelectMany(one => Schemas(one.Operation).SelectMany(schema => Members(schema, document)))
            .Where(static member => member.Value.TryGetProperty("enum", out _))
            .Select(static member =>
                (Name: NameOf(member), Values: member.Value.GetProperty("enum").EnumerateArray().ToList())
            )
            .ToList();

        Assert.NotEmpty(values);
        Assert.Empty(
            values
                .Where(static one =>
                    !one.Values.All(static value => LowerWord().IsMatch(value.GetString()!))
                    && !one.Values.All(static value => UpperWord().IsMatch(value.GetString()!))
                )
                .Select(static one => $"{one.Name}: {string.Join(' ', one.Values)}")
        );
    }

    [Fact]
    public void Error_codes_are_in_capitals()
    {
        Assert.Contains("INVALID_REQUEST", RefusalStatus.Codes);
        Assert.All(RefusalStatus.Codes, static code => Assert.Matches(UpperWord(), code));
    }

    private static Regex FormOf(string path) =>
        SnakeCasePaths.Any(prefix => path == prefix || path.StartsWith(prefix + "/", StringComparison.Ordinal))
            ? SnakeCase()
            : CamelCase();

    private static IEnumerable<(string Path, JsonElement Operation)> Operations(JsonElement document) =>
        from path in document.GetProperty("paths").EnumerateObject()
        from operation in path.Value.EnumerateObject()
        select (path.Name, operation.Value);

    private static IEnumerable<string> Parameters(JsonElement operation) =>
        operation.TryGetProperty("parameters", out var parameters)
            ? parameters
                .EnumerateArray()
                .Where(static one => one.GetProperty("in").GetString() == "query")
                .Select(static one => one.GetProperty("name").GetString()!)
            : [];

    /// <summary>What an operation takes, and what it answers when it succeeds: a problem looks the same everywhere.</summary>
    private static IEnumerable<JsonElement> Schemas(JsonElement operation)
    {
        // A file has no members.
        if (
            operation.TryGetProperty("requestBody", out var body)
            && body.GetProperty("content").TryGetProperty("application/json", out var taken)
        )
        {
            yield return taken.GetProperty("schema");
        }
        foreach (var answer in operation.GetProperty("responses").EnumerateObject())
        {
            if (
                answer.Name.StartsWith('2')
                && answer.Value.TryGetProperty("content", out var content)
                && content.TryGetProperty("application/json", out var json)
                && json.TryGetProperty("schema", out var schema)
            )
            {
                yield return schema;
            }
        }
    }

    /// <summary>Every member of a schema and of what lies in it, with its own schema.</summary>
    private static List<JsonProperty> Members(JsonElement schema, JsonElement document)
    {
        var members = new List<JsonProperty>();
        var seen = new HashSet<string>();
        Walk(schema);
        return members;

        void Walk(JsonElement element)
        {
            if (element.ValueKind == JsonValueKind.Array)
            {
                foreach (var one in element.EnumerateArray())
                {
                    Walk(one);
                }
                return;
            }
            if (element.ValueKind != JsonValueKind.Object)
            {
                return;
            }
            if (element.TryGetProperty("$ref", out var reference) && seen.Add(reference.GetString()!))
            {
                Walk(Resolve(reference.GetString()!));
            }
            foreach (var part in element.EnumerateObject())
            {
                if (part.Name == "properties")
                {
                    foreach (var member in part.Value.EnumerateObject())
                    {
                        members.Add(member);
                        Walk(member.Value);
                    }
                }
                else if (part.Name is "items" or "additionalProperties" or "anyOf" or "oneOf" or "allOf")
                {
                    Walk(part.Value);
                }
            }
        }

        JsonElement Resolve(string reference) =>
            reference.Split('/').Skip(1).Aggregate(document, static (part, name) => part.GetProperty(name));
    }

    private static string NameOf(JsonProperty member) => member.Name;

    private static bool MayBe(JsonElement schema, string type) =>
        schema.TryGetProperty("type", out var types)
        && (
            types.ValueKind == JsonValueKind.Array
                ? types.EnumerateArray().Any(one => one.GetString() == type)
                : types.GetString() == type
        );

    private static string? FormatOf(JsonElement schema) =>
        schema.TryGetProperty("format", out var format) ? format.GetString() : null;

    [GeneratedRegex("^[a-z][a-zA-Z0-9]*$")]
    private static partial Regex CamelCase();

    // _id is the one name that begins otherwise.
    [GeneratedRegex("^(_id|[a-z][a-z0-9]*(_[a-z0-9]+)*)$")]
    private static partial Regex SnakeCase();

    [GeneratedRegex("(At|_at|Until|Updated|_updated|Time|_time|^at|^until|Date|_date)$")]
    private static partial Regex Moment();

    [GeneratedRegex("^[a-z][a-z0-9]*(_[a-z0-9]+)*$")]
    private static partial Regex LowerWord();

    [GeneratedRegex("^[A-Z][A-Z0-9]*(_[A-Z0-9]+)*$")]
    private static partial Regex UpperWord();
}
