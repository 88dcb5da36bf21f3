using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Actors.GrainInterfaces.Identity;
using Actors.GrainInterfaces.Moods;
using Actors.GrainInterfaces.Templates;
using Actors.Grains.Templates;

namespace Actors.Grains.Tests.Templates;

/// <summary>Freezes what is stored: whatever was ever written must be read for ever.</summary>
public sealed class TemplatePersistenceTests
{
    private const string Draft =
        """{"moodState":"positive","templateType":"tip_thank_you","tierLevel":"gold","content":"Hi {{userName}}","priority":7,"active":true,"tags":["t"],"variants":[{"name":"a","content":"A","weight":100}]}""";

    private const string Head =
        """at":"2026-03-01T12:00:00+00:00","actor":{"role":"Admin","id":"root","address":"198.51.100.1","userAgent":"console"},"id":"t1","draft":""";

    private static readonly TemplateDraft Gold = Drafts.Draft(
        "Hi {{userName}}",
        MoodState.Positive,
        TemplateType.TipThankYou,
        LoyaltyTier.Gold,
        7,
        true,
        ["t"],
        new TemplateVariant("a", "A", 100)
    );

    [Fact, Trait("Spec", "TE-3")]
    public void A_creation_is_stored_as_template_created_v1() =>
        AssertStored(
            $$"""{"type":"template.created.v1","{{Head}}{{Draft}}}""",
            new TemplateCreated(Drafts.Now, Drafts.Root, "t1", Gold)
        );

    [Fact, Trait("Spec", "TE-3")]
    public void A_change_is_stored_as_template_changed_v1() =>
        AssertStored(
            $$"""{"type":"template.changed.v1","{{Head}}{{Draft}}}""",
            new TemplateChanged(Drafts.Now, Drafts.Root, "t1", Gold)
        );

    [Fact, Trait("Spec", "TE-3")]
    public void A_rollback_is_stored_as_template_rolled_back_v1() =>
        AssertStored(
            $$"""{"type":"template.rolled-back.v1","restoredVersion":3,"{{Head}}{{Draft}}}""",
            new TemplateRolledBack(Drafts.Now, Drafts.Root, "t1", Gold, 3)
        );

    [Fact, Trait("Spec", "TE-4")]
    public void Counts_are_stored_as_template_usage_counted_v1()
    {
        var used = new TemplateUsed(Drafts.Now, [new(null, new(5, 2, 1)), new("a", new(1, 0, 0))]);
        const string stored =
            """{"type":"template-usage.counted.v1","counts":[{"counts":{"uses":5,"successes":2,"failures":1}},{"variant":"a","counts":{"uses":1,"successes":0,"failures":0}}],"at":"2026-03-01T12:00:00+00:00"}""";

        Assert.Equal(stored, JsonSerializer.Serialize(used, TemplateUsageJson.Default.TemplateUsageEvent));
        var read = (TemplateUsed)JsonSerializer.Deserialize(stored, TemplateUsageJson.Default.TemplateUsageEvent)!;
        Assert.Equal(used.Counts, read.Counts);
    }

    [Fact, Trait("Spec", "TE-3")]
    public void A_snapshot_of_the_catalog_reads_back_whole()
    {
        var catalog = TemplateCatalog.Shipped.With(Gold).With(Drafts.Draft());
        catalog = TemplateRules.Evolve(catalog, new TemplateChanged(Drafts.Now, Drafts.Root, "neutral-greeting", Gold));

        var read = RoundTrip(catalog, TemplateJson.Default.TemplateCatalog);

        Assert.Equal(catalog.Events, read.Events);
        foreach (var template in catalog.All())
        {
            var again = read.Find(template.Id)!;
            Assert.True(TemplateDraftRules.Same(template.Draft, again.Draft));
            Assert.Equal(template.Positions, again.Positions);
            Assert.Equal(template, again with { Draft = template.Draft, Positions = template.Positions });
        }
    }

    [Fact, Trait("Spec", "TE-4")]
    public void A_snapshot_of_counts_reads_back_whole()
    {
        var tally = TemplateTally.Empty.Plus(null, new(3, 2, 1)).Plus("a", new(1, 1, 0));

        Assert.Equal(tally.Counts, RoundTrip(tally, TemplateUsageJson.Default.TemplateTally).Counts);
    }

    [Fact, Trait("Spec", "TE-5")]
    public void Shipped_ids_are_frozen() =>
        Assert.Equal(
            [
                "negative-auto-response",
                "negative-farewell",
                "negative-greeting",
                "negative-tip-thank-you",
                "neutral-auto-response",
                "neutral-farewell",
                "neutral-greeting",
                "neutral-tip-thank-you",
                "neutral-tip-thank-you-gold",
                "positive-auto-response",
                "positive-farewell",
                "positive-greeting",
                "positive-greeting-gold",
                "positive-greeting-platinum",
                "positive-tip-thank-you",
                "positive-tip-thank-you-platinum",
            ],
            ShippedTemplates.All.Select(static template => template.Id).Order(StringComparer.Ordinal)
        );

    private static void AssertStored(string stored, TemplateEvent @event)
    {
        var json = TemplateJson.Default.TemplateEvent;
        Assert.Equal(stored, JsonSerializer.Serialize(@event, json));
        var read = JsonSerializer.Deserialize(stored, json)!;
        Assert.IsType(@event.GetType(), read);
        Assert.True(TemplateDraftRules.Same(@event.Draft, read.Draft));
        Assert.Equal(@event, read with { Draft = @event.Draft });
    }

    private static T RoundTrip<T>(T value, JsonTypeInfo<T> json) =>
        JsonSerializer.Deserialize(JsonSerializer.SerializeToUtf8Bytes(value, json), json)!;
}
