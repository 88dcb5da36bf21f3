using Orleans.Concurrency;

namespace Actors.GrainInterfaces.Templates;

/// <summary>
/// How often one template was used and what came of it; the key is the template's id. Counts are gathered in memory and
/// written down together every few seconds, so that a kill may lose the newest of them.
/// </summary>
[Alias("ITemplateUsageGrain")]
public interface ITemplateUsageGrain : IGrainWithStringKey
{
    /// <summary>Counts a use; the caller does not wait.</summary>
    /// <param name="variant">Null for the template's own content.</param>
    [OneWay]
    Task CountUse(string? variant);

    /// <summary>Counts whether a message reached what it was for.</summary>
    Task CountOutcome(string? variant, bool success);

    /// <summary>Writes down what has been counted so far, and answers with it.</summary>
    Task<TemplateUsage> Get();
}

/// <param name="Total">Of the template as a whole.</param>
/// <param name="Variants">Of each variant that was ever counted, by name.</param>
[GenerateSerializer, Immutable, Alias("TemplateUsage")]
public sealed record TemplateUsage(
    [property: Id(0)] UsageCounts Total,
    [property: Id(1)] IReadOnlyList<VariantUsage> Variants
);

[GenerateSerializer, Immutable, Alias("VariantUsage")]
public sealed record VariantUsage([property: Id(0)] string Variant, [property: Id(1)] UsageCounts Counts);

[GenerateSerializer, Immutable, Alias("UsageCounts")]
public sealed record UsageCounts(
    [property: Id(0)] long Uses,
    [property: Id(1)] long Successes,
    [property: Id(2)] long Failures
)
{
    public static readonly UsageCounts None = new(0, 0, 0);

    /// <summary>Successes among the outcomes that were reported, 0–1; null while there are none.</summary>
    public double? SuccessRate => Successes + Failures == 0 ? null : (double)Successes / (Successes + Failures);

    public UsageCounts Plus(UsageCounts other) =>
        new(Uses + other.Uses, Successes + other.Successes, Failures + other.Failures);
}
