using System.Buffers;
using System.Text;
using Actors.GrainInterfaces.Moods;
using Actors.GrainInterfaces.Outcomes;
using Actors.GrainInterfaces.Templates;
using Actors.Grains.Texts;

namespace Actors.Grains.Templates;

/// <summary>What an author may save.</summary>
public static class TemplateDraftRules
{
    public const int MaxContentLength = 4_000;
    public const int MaxPriority = 1_000;
    public const int MaxTags = 10;
    public const int MaxTagLength = 32;
    public const int MaxVariants = 10;
    public const int MaxVariantNameLength = 32;

    private static readonly SearchValues<char> NameCharacters = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-"
    );

    /// <summary>Null when the draft may be saved.</summary>
    public static Refusal? Refuse(TemplateDraft draft) =>
        !Enum.IsDefined(draft.MoodState) ? MoodRefusals.InvalidMoodState
        : !Enum.IsDefined(draft.TemplateType) ? TemplateRefusals.InvalidTemplateType
        : draft.TierLevel is { } tier && !Enum.IsDefined(tier) ? TemplateRefusals.InvalidTier
        : draft.Priority is < 0 or > MaxPriority
            ? TemplateRefusals.InvalidTemplate($"priority is a whole number from 0 to {MaxPriority}.")
        : RefuseContent(draft.Content, "content") ?? RefuseTags(draft.Tags) ?? RefuseVariants(draft.Variants);

    public static bool Same(TemplateDraft one, TemplateDraft other) =>
        one with { Tags = other.Tags, Variants = other.Variants } == other
        && one.Tags.SequenceEqual(other.Tags)
        && one.Variants.SequenceEqual(other.Variants);

    private static Refusal? RefuseContent(string content, string field) =>
        string.IsNullOrWhiteSpace(content) || !TextLength.IsWithin(content, MaxContentLength) || !IsReadable(content)
            ? TemplateRefusals.InvalidTemplate($"{field} has 1 to {MaxContentLength} readable characters.")
            : ParsedTemplate.Parse(content).Refusal;

    private static Refusal? RefuseTags(IReadOnlyList<string> tags) =>
        tags.Count > MaxTags
        || tags.Distinct().Count() < tags.Count
        || tags.Any(static tag =>
            string.IsNullOrWhiteSpace(tag)
            || !TextLength.IsWithin(tag, MaxTagLength)
            || tag != tag.Trim()
            || !IsReadable(tag)
        )
            ? TemplateRefusals.InvalidTemplate(
                $"tags are at most {MaxTags} different texts of 1 to {MaxTagLength} characters."
            )
            : null;

    private static Refusal? RefuseVariants(IReadOnlyList<TemplateVariant> variants)
    {
        if (variants.Count == 0)
        {
            return null;
        }
        if (
            variants.Count > MaxVariants
            || !variants.All(static variant => IsName(variant.Name))
            || variants.Select(static variant => variant.Name).Distinct().Count() < variants.Count
        )
        {
            return TemplateRefusals.InvalidTemplate(
                $"variants are at most {MaxVariants}, each with its own name of 1 to {MaxVariantNameLength} characters A-Z a-z 0-9 _ -."
            );
        }
        if (variants.Any(static variant => variant.Weight is < 1 or > 100) || variants.Sum(static v => v.Weight) != 100)
        {
            return TemplateRefusals.InvalidTemplate("The weights of variants are whole numbers from 1 and sum to 100.");
        }
        return variants
            .Select(static variant => RefuseContent(variant.Content, $"The content of variant {variant.Name}"))
            .FirstOrDefault(static refusal => refusal is not null);
    }

    private static bool IsName(string? name) =>
        name is { Length: > 0 and <= MaxVariantNameLength } && !name.AsSpan().ContainsAnyExcept(NameCharacters);

    /// <summary>Nothing that cannot be seen but a line break, and no halves of characters.</summary>
    private static bool IsReadable(string text)
    {
        for (var index = 0; index < text.Length; )
        {
            if (
                Rune.DecodeFromUtf16(text.AsSpan(index), out var rune, out var consumed) != OperationStatus.Done
                || (Rune.IsControl(rune) && rune.Value != '\n')
            )
            {
                return false;
            }
            index += consumed;
        }
        return true;
    }
}
