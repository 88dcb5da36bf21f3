using Actors.GrainInterfaces.Identity;
using Actors.GrainInterfaces.Moods;
using Actors.GrainInterfaces.Templates;
using Actors.Grains.Templates;

namespace Actors.Grains.Tests.Templates;

public sealed class TemplateDraftRulesTests
{
    public static readonly TheoryData<string, TemplateDraft> Refused = new()
    {
        { MoodRefusals.InvalidMoodStateCode, Drafts.Draft(mood: (MoodState)3) },
        { TemplateRefusals.InvalidTemplateTypeCode, Drafts.Draft(type: (TemplateType)4) },
        { TemplateRefusals.InvalidTierCode, Drafts.Draft(tier: (LoyaltyTier)5) },
        { TemplateRefusals.InvalidTemplateCode, Drafts.Draft(priority: -1) },
        { TemplateRefusals.InvalidTemplateCode, Drafts.Draft(priority: 1_001) },
        { TemplateRefusals.InvalidTemplateCode, Drafts.Draft("") },
        { TemplateRefusals.InvalidTemplateCode, Drafts.Draft(" \n ") },
        { TemplateRefusals.InvalidTemplateCode, Drafts.Draft(new string('x', 4_001)) },
        { TemplateRefusals.InvalidTemplateCode, Drafts.Draft("bell \u0007") },
        { TemplateRefusals.InvalidTemplateCode, Drafts.Draft("half \uD83D") },
        { TemplateRefusals.InvalidTemplateCode, Drafts.Draft("{{nobody}}") },
        {
            TemplateRefusals.InvalidTemplateCode,
            Drafts.Draft(tags: [.. Enumerable.Range(0, 11).Select(n => $"tag{n}")])
        },
        { TemplateRefusals.InvalidTemplateCode, Drafts.Draft(tags: [""]) },
        { TemplateRefusals.InvalidTemplateCode, Drafts.Draft(tags: [" padded"]) },
        { TemplateRefusals.InvalidTemplateCode, Drafts.Draft(tags: ["line\nbreak".Replace('\n', '\t')]) },
        { TemplateRefusals.InvalidTemplateCode, Drafts.Draft(tags: ["twice", "twice"]) },
        { TemplateRefusals.InvalidTemplateCode, Drafts.Draft(tags: [new string('x', 33)]) },
        { TemplateRefusals.InvalidTemplateCode, Variants(("a", "Hi", 50), ("b", "Hey", 49)) },
        { TemplateRefusals.InvalidTemplateCode, Variants(("a", "Hi", 50), ("b", "Hey", 51)) },
        { TemplateRefusals.InvalidTemplateCode, Variants(("a", "Hi", 0), ("b", "Hey", 100)) },
        { TemplateRefusals.InvalidTemplateCode, Variants(("a", "Hi", -10), ("b", "Hey", 110)) },
        { TemplateRefusals.InvalidTemplateCode, Variants(("a", "Hi", int.MaxValue), ("b", "Hey", 1)) },
        { TemplateRefusals.InvalidTemplateCode, Variants(("a", "Hi", 50), ("a", "Hey", 50)) },
        { TemplateRefusals.InvalidTemplateCode, Variants(("", "Hi", 100)) },
        { TemplateRefusals.InvalidTemplateCode, Variants(("no spaces", "Hi", 100)) },
        { TemplateRefusals.InvalidTemplateCode, Variants((new string('x', 33), "Hi", 100)) },
        { TemplateRefusals.InvalidTemplateCode, Variants(("a", "", 100)) },
        { TemplateRefusals.InvalidTemplateCode, Variants(("a", "{{nobody}}", 100)) },
        {
            TemplateRefusals.InvalidTemplateCode,
            Variants([.. Enumerable.Range(0, 11).Select(n => ($"v{n}", "Hi", n == 0 ? 90 : 1))])
        },
    };

    public static readonly TheoryData<TemplateDraft> Accepted =
    [
        Drafts.Draft("x", priority: 0, active: false),
        Drafts.Draft(new string('x', 4_000), MoodState.Negative, TemplateType.TipThankYou, LoyaltyTier.Platinum, 1_000),
        Drafts.Draft("two\nlines 😀 <3"),
        Drafts.Draft(tags: [.. Enumerable.Range(0, 10).Select(n => new string((char)('a' + n), 32))]),
        Variants(("only", "Hi {{userName}}", 100)),
        Variants([.. Enumerable.Range(0, 10).Select(n => ($"v-{n}_{new string('x', 28)}", "Hi", 10))]),
    ];

    [Theory, Trait("Spec", "TE-3")]
    [MemberData(nameof(Refused))]
    public void A_draft_outside_the_limits_is_refused_by_its_own_code(string code, TemplateDraft draft) =>
        Assert.Equal(code, TemplateDraftRules.Refuse(draft)?.Code);

    [Theory, Trait("Spec", "TE-3")]
    [MemberData(nameof(Accepted))]
    public void A_draft_at_the_limits_is_accepted(TemplateDraft draft) => Assert.Null(TemplateDraftRules.Refuse(draft));

    [Fact, Trait("Spec", "TE-2")]
    public void The_refusal_of_a_variant_names_the_variable() =>
        Assert.Contains(
            "\"nobody\"",
            TemplateDraftRules.Refuse(Variants(("a", "{{nobody}}", 100)))!.Message,
            StringComparison.Ordinal
        );

    [Fact, Trait("Spec", "TE-3")]
    public void Drafts_are_the_same_when_every_member_is()
    {
        TemplateDraft Make() => Drafts.Draft(tags: ["a"], variants: new TemplateVariant("v", "Hi", 100));

        Assert.True(TemplateDraftRules.Same(Make(), Make()));
        Assert.False(TemplateDraftRules.Same(Make(), Make() with { Content = "Other" }));
        Assert.False(TemplateDraftRules.Same(Make(), Make() with { Active = false }));
        Assert.False(TemplateDraftRules.Same(Make(), Make() with { Tags = ["b"] }));
        Assert.False(TemplateDraftRules.Same(Make(), Make() with { Variants = [] }));
    }

    private static TemplateDraft Variants(params (string Name, string Content, int Weight)[] variants) =>
        Drafts.Draft(
            variants:
            [
                .. variants.Select(static variant => new TemplateVariant(
                    variant.Name,
                    variant.Content,
                    variant.Weight
                )),
            ]
        );
}
