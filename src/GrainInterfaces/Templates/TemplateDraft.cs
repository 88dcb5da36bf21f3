using Actors.GrainInterfaces.Identity;
using Actors.GrainInterfaces.Moods;

namespace Actors.GrainInterfaces.Templates;

/// <summary>What an author writes: everything about a template but its id, version and authorship.</summary>
/// <param name="TierLevel">For users of this tier only; null is for everybody.</param>
/// <param name="Content">1–4,000 characters; <c>{{name}}</c> stands for a variable.</param>
/// <param name="Priority">0–1,000; the higher one is used first.</param>
/// <param name="Tags">At most 10, each of 1–32 characters.</param>
/// <param name="Variants">None, or up to 10 whose weights sum to 100; they then take the place of the content for known users.</param>
[GenerateSerializer, Immutable, Alias("TemplateDraft")]
public sealed record TemplateDraft(
    [property: Id(0)] MoodState MoodState,
    [property: Id(1)] TemplateType TemplateType,
    [property: Id(2)] LoyaltyTier? TierLevel,
    [property: Id(3)] string Content,
    [property: Id(4)] int Priority,
    [property: Id(5)] bool Active,
    [property: Id(6)] IReadOnlyList<string> Tags,
    [property: Id(7)] IReadOnlyList<TemplateVariant> Variants
);

/// <param name="Name">1–32 of A–Z a–z 0–9 _ -, unique within its template.</param>
/// <param name="Weight">Percent of the users who get it, 1–100.</param>
[GenerateSerializer, Immutable, Alias("TemplateVariant")]
public sealed record TemplateVariant(
    [property: Id(0)] string Name,
    [property: Id(1)] string Content,
    [property: Id(2)] int Weight
);
