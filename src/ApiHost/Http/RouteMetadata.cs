using System.Text.Json.Serialization.Metadata;

namespace Actors.ApiHost.Http;

/// <summary>The body that a route reads; for the OpenAPI document.</summary>
internal sealed record RequestBody(JsonTypeInfo Contract);

/// <summary>A file as the body that a route reads; for the OpenAPI document.</summary>
internal sealed record RequestFile(IReadOnlyList<string> MediaTypes);

/// <summary>A route that takes no body for an empty one.</summary>
internal sealed record OptionalBody
{
    public static readonly OptionalBody It = new();
}

/// <summary>A request body that works; for the OpenAPI document.</summary>
internal sealed record RequestExample(string Json);

/// <summary>The body that a route answers with; for the OpenAPI document.</summary>
internal sealed record AnswerBody(JsonTypeInfo Contract);

/// <summary>A route that answers 201; for the OpenAPI document. Its handler says so in the response.</summary>
internal sealed record Creating
{
    public static readonly Creating It = new();
}

/// <summary>A route that answers 204; for the OpenAPI document.</summary>
internal sealed record NoAnswer
{
    public static readonly NoAnswer It = new();
}

/// <summary>A route that answers 202; for the OpenAPI document. Its handler says so in the response.</summary>
internal sealed record Accepting
{
    public static readonly Accepting It = new();
}

/// <summary>A code that a route may refuse with beyond those that its metadata implies.</summary>
internal sealed record Refusing(IReadOnlyList<string> Codes);

/// <summary>A query parameter; for the OpenAPI document.</summary>
internal sealed record QueryParameter(string Name, string Description, Type Type, object? Default = null);

/// <summary>A route that is not counted against anybody's request limit.</summary>
internal sealed record Unlimited
{
    public static readonly Unlimited It = new();
}

/// <summary>An answer that stays open; for the OpenAPI document.</summary>
internal sealed record AnswerStream(string Status, string Description, string? ContentType);
