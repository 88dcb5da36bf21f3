using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Actors.GrainInterfaces.Templates;

namespace Actors.Grains.Templates;

/// <param name="Variant">Null for the template's own content.</param>
public sealed record VariantCount(string? Variant, UsageCounts Counts);

/// <summary>What was counted since the event before; several uses in one event, because they are statistics.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(TemplateUsed), "template-usage.counted.v1")]
public abstract record TemplateUsageEvent(DateTimeOffset At);

public sealed record TemplateUsed(DateTimeOffset At, ImmutableArray<VariantCount> Counts) : TemplateUsageEvent(At);

/// <summary>All that was ever counted of one template.</summary>
public sealed record TemplateTally(ImmutableArray<VariantCount> Counts)
{
    public static readonly TemplateTally Empty = new([]);

    public TemplateTally Plus(string? variant, UsageCounts counts)
    {
        for (var index = 0; index < Counts.Length; index++)
        {
            if (Counts[index].Variant == variant)
            {
                return new TemplateTally(
                    Counts.SetItem(index, new VariantCount(variant, Counts[index].Counts.Plus(counts)))
                );
            }
        }
        return new TemplateTally(Counts.Add(new VariantCount(variant, counts)));
    }

    public TemplateUsage ToUsage() =>
        new(
            Counts.Aggregate(UsageCounts.None, static (total, count) => total.Plus(count.Counts)),
            Counts
                .Where(static count => count.Variant is not null)
                .OrderBy(static count => count.Variant, StringComparer.Ordinal)
                .Select(static count => new VariantUsage(count.Variant!, count.Counts))
                .ToArray()
        );
}

public static class TemplateUsageRules
{
    public static TemplateTally Evolve(TemplateTally tally, TemplateUsageEvent @event) =>
        @event switch
        {
            TemplateUsed used => used.Counts.Aggregate(
                tally,
                static (sum, count) => sum.Plus(count.Variant, count.Counts)
            ),
            _ => throw new InvalidOperationException($"Unknown event {@event.GetType().Name}."),
        };
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    IgnoreReadOnlyProperties = true
)]
[JsonSerializable(typeof(TemplateUsageEvent))]
[JsonSerializable(typeof(TemplateTally))]
public sealed partial class TemplateUsageJson : JsonSerializerContext;
