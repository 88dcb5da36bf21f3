using System.Text.Json.Serialization;
using Actors.ApiHost.Http;
using Actors.GrainInterfaces.Identity;
using Actors.GrainInterfaces.Moods;
using Actors.GrainInterfaces.Templates;

namespace Actors.ApiHost.Templates;

internal sealed record SaveTemplateRequest
{
    private const int DefaultPriority = 100;

    [JsonConverter(typeof(StrictEnumConverter<MoodState>))]
    public MoodState? MoodState { get; init; }

    [JsonConverter(typeof(StrictEnumConverter<TemplateType>))]
    public TemplateType? TemplateType { get; init; }

    [JsonConverter(typeof(StrictEnumConverter<LoyaltyTier>))]
    public LoyaltyTier? TierLevel { get; init; }

    public string? Content { get; init; }

    public int? Priority { get; init; }

    public bool? Active { get; init; }

    public string?[]? Tags { get; init; }

    public SaveVariantRequest?[]? Variants { get; init; }

    /// <summary>For changes: the version that was edited; absent overwrites whatever is newest.</summary>
    public int? Version { get; init; }

    public TemplateDraft ToDraft(MoodState mood, TemplateType type) =>
        new(
            mood,
            type,
            TierLevel,
            Content ?? "",
            Priority ?? DefaultPriority,
            Active ?? true,
            Tags?.Select(static tag => tag ?? "").ToArray() ?? [],
            Variants?.Select(static variant => (variant ?? new SaveVariantRequest()).ToVariant()).ToArray() ?? []
        );
}

internal sealed record SaveVariantRequest
{
    public string? Name { get; init; }

    public string? Content { get; init; }

    public int? Weight { get; init; }

    public TemplateVariant ToVariant() => new(Name ?? "", Content ?? "", Weight ?? 0);
}

internal sealed record RollbackRequest
{
    public int? Version { get; init; }
}

internal sealed record VariantResponse(string Name, string Content, int Weight)
{
    public static VariantResponse From(TemplateVariant variant) => new(variant.Name, variant.Content, variant.Weight);
}

internal sealed record SavedTemplateResponse(
    string Id,
    [property: JsonConverter(typeof(StrictEnumConverter<MoodState>))] MoodState MoodState,
    [property: JsonConverter(typeof(StrictEnumConverter<TemplateType>))] TemplateType TemplateType,
    [property: JsonConverter(typeof(StrictEnumConverter<LoyaltyTier>))] LoyaltyTier? TierLevel,
    string Content,
    int Priority,
    bool Active,
    DateTimeOffset CreatedAt,
    string CreatedBy,
    DateTimeOffset UpdatedAt,
    string UpdatedBy,
    int Version,
    IReadOnlyList<string> Variables,
    IReadOnlyList<string> Tags,
    IReadOnlyList<VariantResponse> Variants
)
{
    public static SavedTemplateResponse From(TemplateView template) =>
        new(
            template.Id,
            template.Draft.MoodState,
            template.Draft.TemplateType,
            template.Draft.TierLevel,
            template.Draft.Content,
            template.Draft.Priority,
            template.Draft.Active,
            template.CreatedAt,
            template.CreatedBy,
            template.UpdatedAt,
            template.UpdatedBy,
            template.Version,
            template.Variables,
            template.Draft.Tags,
            [.. template.Draft.Variants.Select(VariantResponse.From)]
        );
}

internal sealed record TemplateListResponse(IReadOnlyList<ListedTemplate> Templates, int Total, int Limit, int Offset);

/// <param name="UsageCount">Messages rendered from the template; null when the counts could not be reached.</param>
/// <param name="SuccessRate">Successes among the reported outcomes, 0 to 1; null while there are none.</param>
internal sealed record ListedTemplate(
    string Id,
    [property: JsonConverter(typeof(StrictEnumConverter<MoodState>))] MoodState MoodState,
    [property: JsonConverter(typeof(StrictEnumConverter<TemplateType>))] TemplateType TemplateType,
    [property: JsonConverter(typeof(StrictEnumConverter<LoyaltyTier>))] LoyaltyTier? TierLevel,
    string Content,
    int Priority,
    bool Active,
    DateTimeOffset CreatedAt,
    string CreatedBy,
    DateTimeOffset UpdatedAt,
    string UpdatedBy,
    int Version,
    IReadOnlyList<string> Variables,
    IReadOnlyList<string> Tags,
    IReadOnlyList<ListedVariant> Variants,
    long? UsageCount,
    double? SuccessRate
)
{
    public static ListedTemplate From(TemplateReportRow row)
    {
        var (template, usage) = (row.Template, row.Usage);
        return new(
            template.Id,
            template.Draft.MoodState,
            template.Draft.TemplateType,
            template.Draft.TierLevel,
            template.Draft.Content,
            template.Draft.Priority,
            template.Draft.Active,
            template.CreatedAt,
            template.CreatedBy,
            template.UpdatedAt,
            template.UpdatedBy,
            template.Version,
            template.Variables,
            template.Draft.Tags,
            [.. template.Draft.Variants.Select(variant => ListedVariant.From(variant, usage))],
            usage?.Total.Uses,
            usage?.Total.SuccessRate
        );
    }
}

internal sealed record ListedVariant(string Name, string Content, int Weight, long? UsageCount, double? SuccessRate)
{
    public static ListedVariant From(TemplateVariant variant, TemplateUsage? usage)
    {
        var counted = usage?.Variants.FirstOrDefault(entry => entry.Variant == variant.Name)?.Counts;
        var counts = usage is null ? null : counted ?? UsageCounts.None;
        return new(variant.Name, variant.Content, variant.Weight, counts?.Uses, counts?.SuccessRate);
    }
}

internal sealed record TemplateVersionsResponse(
    IReadOnlyList<TemplateVersionEntry> Versions,
    int Total,
    int Limit,
    int Offset
);

/// <param name="RestoredVersion">The version that this one was rolled back to, if it was.</param>
internal sealed record TemplateVersionEntry(
    int Version,
    DateTimeOffset ChangedAt,
    string ChangedBy,
    int? RestoredVersion,
    [property: JsonConverter(typeof(StrictEnumConverter<MoodState>))] MoodState MoodState,
    [property: JsonConverter(typeof(StrictEnumConverter<TemplateType>))] TemplateType TemplateType,
    [property: JsonConverter(typeof(StrictEnumConverter<LoyaltyTier>))] LoyaltyTier? TierLevel,
    string Content,
    int Priority,
    bool Active,
    IReadOnlyList<string> Tags,
    IReadOnlyList<VariantResponse> Variants
)
{
    public static TemplateVersionEntry From(TemplateVersion version) =>
        new(
            version.Version,
            version.At,
            version.Author,
            version.RestoredVersion,
            version.Draft.MoodState,
            version.Draft.TemplateType,
            version.Draft.TierLevel,
            version.Draft.Content,
            version.Draft.Priority,
            version.Draft.Active,
            version.Draft.Tags,
            [.. version.Draft.Variants.Select(VariantResponse.From)]
        );
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    AllowDuplicateProperties = false,
    MaxDepth = 16,
    Converters = [typeof(TimestampConverter)]
)]
[JsonSerializable(typeof(SaveTemplateRequest))]
[JsonSerializable(typeof(SavedTemplateResponse))]
[JsonSerializable(typeof(RollbackRequest))]
[JsonSerializable(typeof(TemplateListResponse))]
[JsonSerializable(typeof(TemplateVersionsResponse))]
internal sealed partial class TemplateAdminJson : JsonSerializerContext;
