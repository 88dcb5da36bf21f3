using Actors.GrainInterfaces.Templates;
using Actors.Grains.Templates;

namespace Actors.Grains.Tests.Templates;

public sealed class TemplateUsageRulesTests
{
    [Fact, Trait("Spec", "TE-4")]
    public void Counts_add_up_per_variant_and_in_total()
    {
        var tally = TemplateTally.Empty;
        tally = TemplateUsageRules.Evolve(tally, Used(("b", new(2, 1, 0)), (null, new(5, 0, 1))));
        tally = TemplateUsageRules.Evolve(tally, Used(("a", new(1, 0, 0)), ("b", new(3, 1, 2))));

        var usage = tally.ToUsage();

        Assert.Equal(new UsageCounts(11, 2, 3), usage.Total);
        Assert.Equal([new VariantUsage("a", new(1, 0, 0)), new VariantUsage("b", new(5, 2, 2))], usage.Variants);
    }

    [Theory, Trait("Spec", "TE-4")]
    [InlineData(0, 0, null)]
    [InlineData(3, 0, 1.0)]
    [InlineData(0, 2, 0.0)]
    [InlineData(3, 1, 0.75)]
    public void The_success_rate_is_that_of_the_reported_outcomes(long successes, long failures, double? rate) =>
        Assert.Equal(rate, new UsageCounts(1_000, successes, failures).SuccessRate);

    private static TemplateUsed Used(params (string? Variant, UsageCounts Counts)[] counts) =>
        new(Drafts.Now, [.. counts.Select(static count => new VariantCount(count.Variant, count.Counts))]);
}
