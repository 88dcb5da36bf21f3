using System.Text.Json.Serialization;
using Actors.ApiHost.Http;
using Actors.GrainInterfaces.Identity;
using Actors.GrainInterfaces.Moods;
using Actors.GrainInterfaces.Templates;

namespace Actors.ApiHost.Templates;

/// <param name="Variant">The variant that this caller gets; null for the template's own text.</param>
/// <param name="Degraded">True when something could not be reached and a neutral default stands in; absent otherwise.</param>
internal sealed record TemplateResponse(
    string Template,
    [property: JsonConverter(typeof(StrictEnumConverter<MoodState>))] MoodState MoodState,
    IReadOnlyList<string> Variables,
    string TemplateId,
    int Version,
    string? Variant,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] bool? Degraded
)
{
    public static TemplateResponse From(TemplateAnswer answer) =>
        new(
            answer.Match.Content,
            answer.Match.MoodState,
            answer.Match.Variables,
            answer.Match.TemplateId,
            answer.Match.Version,
            answer.Match.Variant,
            answer.Degraded ? true : null
        );
}

internal sealed record RenderRequest
{
    public string? ModelId { get; init; }

    [JsonConverter(typeof(StrictEnumConverter<TemplateType>))]
    public TemplateType? TemplateType { get; init; }

    [JsonConverter(typeof(StrictEnumConverter<LoyaltyTier>))]
    public LoyaltyTier? UserTier { get; init; }

    public string? UserId { get; init; }

    public RenderVariables? Variables { get; init; }
}

internal sealed record RenderVariables
{
    public string? UserName { get; init; }

    public string? ModelName { get; init; }

    [JsonConverter(typeof(TextOrNumberConverter))]
    public string? Amount { get; init; }

    public string? Currency { get; init; }

    public string? Mood { get; init; }

    public string? Tier { get; init; }

    public string? CustomMessage { get; init; }

    public string? Time { get; init; }

    public string? Date { get; init; }

    public TemplateValues ToValues() =>
        new(UserName, ModelName, Amount, Currency, Mood, Tier, CustomMessage, Time, Date);
}

/// <param name="RenderedMessage">HTML text: every value is encoded.</param>
internal sealed record RenderResponse(
    string RenderedMessage,
    [property: JsonConverter(typeof(StrictEnumConverter<MoodState>))] MoodState MoodState,
    string TemplateId,
    int Version,
    string? Variant,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] bool? Degraded
)
{
    public static RenderResponse From(MessageAnswer answer) =>
        new(
            answer.Rendered.Message,
            answer.Rendered.MoodState,
            answer.Rendered.TemplateId,
            answer.Rendered.Version,
            answer.Rendered.Variant,
            answer.Degraded ? true : null
        );
}

internal sealed record OutcomeRequest
{
    public string? Variant { get; init; }

    public bool? Success { get; init; }
}

internal sealed record OutcomeResponse(string TemplateId, string? Variant, bool Success);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    AllowDuplicateProperties = false,
    MaxDepth = 16
)]
[JsonSerializable(typeof(TemplateResponse))]
[JsonSerializable(typeof(RenderRequest))]
[JsonSerializable(typeof(RenderResponse))]
[JsonSerializable(typeof(OutcomeRequest))]
[JsonSerializable(typeof(OutcomeResponse))]
internal sealed partial class TemplateJson : JsonSerializerContext;
