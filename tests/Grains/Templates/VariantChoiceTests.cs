using Actors.GrainInterfaces.Templates;
using Actors.Grains.Templates;

namespace Actors.Grains.Tests.Templates;

public sealed class VariantChoiceTests
{
    private static readonly TemplateVariant[] Weighted = [new("a", "A", 10), new("b", "B", 60), new("c", "C", 30)];

    [Theory, Trait("Spec", "TE-4")]
    [InlineData("bo", "t1", 84)]
    [InlineData("ana", "t1", 52)]
    [InlineData("bo", "t2", 17)]
    [InlineData("user-42", "neutral-greeting", 49)]
    public void The_choice_is_the_same_for_ever(string userId, string templateId, int percent) =>
        Assert.Equal(percent, VariantChoice.PercentOf(userId, templateId));

    [Fact, Trait("Spec", "TE-4")]
    public void Users_are_shared_out_by_weight()
    {
        const int users = 100_000;

        var counts = Enumerable
            .Range(0, users)
            .GroupBy(user => VariantChoice.Of(Weighted, $"user-{user}", "t1")!.Value)
            .ToDictionary(static group => group.Key, static group => group.Count());

        for (var index = 0; index < Weighted.Length; index++)
        {
            // Five standard deviations of a fair draw: fails once in a million hashes, and this one never changes.
            var share = Weighted[index].Weight / 100.0;
            Assert.InRange(counts[index], (users * share) - 800, (users * share) + 800);
        }
    }

    [Fact, Trait("Spec", "TE-4")]
    public void Tests_of_two_templates_divide_the_users_independently()
    {
        TemplateVariant[] half = [new("a", "A", 50), new("b", "B", 50)];

        var both = Enumerable
            .Range(0, 10_000)
            .Count(user =>
                VariantChoice.Of(half, $"user-{user}", "t1") == 0 && VariantChoice.Of(half, $"user-{user}", "t2") == 0
            );

        Assert.InRange(both, 2_300, 2_700);
    }

    [Fact, Trait("Spec", "TE-4")]
    public void Every_percent_belongs_to_the_variant_whose_weight_covers_it()
    {
        var seen = new HashSet<int>();
        for (var user = 0; seen.Count < 100; user++)
        {
            var percent = VariantChoice.PercentOf($"user-{user}", "t1");
            seen.Add(percent);
            var expected = percent switch
            {
                < 10 => 0,
                < 70 => 1,
                _ => 2,
            };
            Assert.Equal(expected, VariantChoice.Of(Weighted, $"user-{user}", "t1"));
        }
    }

    [Fact, Trait("Spec", "TE-4")]
    public void Without_variants_or_without_a_user_there_is_nothing_to_choose()
    {
        Assert.Null(VariantChoice.Of([], "bo", "t1"));
        Assert.Null(VariantChoice.Of(Weighted, null, "t1"));
    }
}
