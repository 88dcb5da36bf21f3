using Actors.GrainInterfaces.Identity;
using Actors.GrainInterfaces.Moods;
using Actors.GrainInterfaces.Templates;
using Actors.Grains.Templates;

namespace Actors.Grains.Tests.Templates;

public sealed class TemplateIndexTests
{
    private static readonly MatchTemplate Greeting = new(MoodState.Positive, TemplateType.Greeting);

    [Fact, Trait("Spec", "TE-1")]
    public void The_higher_priority_comes_first_and_among_equals_the_newest()
    {
        var catalog = TemplateCatalog
            .Shipped.With(Drafts.Draft("old", priority: 10))
            .With(Drafts.Draft("new", priority: 10))
            .With(Drafts.Draft("low", priority: 9));

        Assert.Equal("new", Content(catalog, Greeting));
        Assert.Equal("high", Content(catalog.With(Drafts.Draft("high", priority: 11)), Greeting));
    }

    [Fact, Trait("Spec", "TE-1")]
    public void An_edit_does_not_make_a_template_newer()
    {
        var catalog = TemplateCatalog.Shipped.With(Drafts.Draft("old")).With(Drafts.Draft("new"));
        catalog = TemplateRules.Evolve(
            catalog,
            new TemplateChanged(Drafts.Now.AddDays(1), Drafts.Root, "t1", Drafts.Draft("old, edited"))
        );

        Assert.Equal("new", Content(catalog, Greeting));
    }

    [Fact, Trait("Spec", "TE-1")]
    public void The_exact_tier_comes_before_a_general_template_of_any_priority()
    {
        var catalog = TemplateCatalog
            .Shipped.With(Drafts.Draft("silver", tier: LoyaltyTier.Silver, priority: 0))
            .With(Drafts.Draft("general", priority: 1_000));

        Assert.Equal("silver", Content(catalog, Greeting with { Tier = LoyaltyTier.Silver }));
        Assert.Equal("general", Content(catalog, Greeting with { Tier = LoyaltyTier.Bronze }));
        Assert.Equal("general", Content(catalog, Greeting));
    }

    [Fact, Trait("Spec", "TE-1")]
    public void An_inactive_template_is_never_found_and_the_next_best_takes_its_place()
    {
        var catalog = TemplateCatalog
            .Shipped.With(Drafts.Draft("active", priority: 1))
            .With(Drafts.Draft("inactive", priority: 2, active: false))
            .With(Drafts.Draft("inactive", tier: LoyaltyTier.Free, active: false));

        Assert.Equal("active", Content(catalog, Greeting with { Tier = LoyaltyTier.Free }));
    }

    [Fact, Trait("Spec", "TE-1")]
    public void Without_any_active_template_there_is_no_match()
    {
        var catalog = ShippedTemplates.All.Aggregate(
            TemplateCatalog.Shipped,
            static (sum, shipped) =>
                TemplateRules.Evolve(
                    sum,
                    new TemplateChanged(Drafts.Now, Drafts.Root, shipped.Id, shipped.Draft with { Active = false })
                )
        );
        var index = new TemplateIndex(catalog);

        Assert.Equal(TemplateRefusals.TemplateNotFoundCode, index.Match(Greeting).Refusal?.Code);
        Assert.Equal(
            TemplateRefusals.TemplateNotFoundCode,
            index.Render(new RenderTemplate(Greeting, Drafts.Everything)).Refusal?.Code
        );
    }

    [Fact, Trait("Spec", "TE-1")]
    public void In_any_catalog_the_match_is_the_first_of_the_written_order()
    {
        var random = new Random(20260302);
        for (var round = 0; round < 200; round++)
        {
            var catalog = TemplateCatalog.Shipped;
            for (var count = random.Next(1, 40); count > 0; count--)
            {
                catalog = Edited(catalog.With(Anything(random)), random);
            }
            var index = new TemplateIndex(catalog);
            foreach (var query in EveryQuery())
            {
                Assert.Equal(BestByTheBook(catalog, query)?.Id, index.Match(query).Value?.TemplateId);
            }
        }
    }

    [Fact, Trait("Spec", "TE-3")]
    public void An_index_built_on_an_earlier_one_answers_as_one_built_anew()
    {
        var random = new Random(20260303);
        var catalog = TemplateCatalog.Shipped;
        var index = TemplateIndex.Shipped;
        for (var round = 0; round < 100; round++)
        {
            catalog = Edited(catalog.With(Anything(random)), random);
            index = new TemplateIndex(catalog, index);
            var anew = new TemplateIndex(catalog);
            foreach (var query in EveryQuery())
            {
                var (one, other) = (index.Match(query).Value!, anew.Match(query).Value!);
                Assert.Equal(
                    (one.TemplateId, one.Version, one.Content),
                    (other.TemplateId, other.Version, other.Content)
                );
            }
        }
    }

    [Fact, Trait("Spec", "TE-5")]
    public void A_new_system_has_an_answer_for_every_mood_type_and_tier_of_a_known_user()
    {
        var values = new TemplateValues("Bo", "Ana", Amount: "50");
        foreach (var query in EveryQuery())
        {
            var rendered = TemplateIndex.Shipped.Render(new RenderTemplate(query, values));

            Assert.Null(rendered.Refusal);
            Assert.Equal(query.MoodState, rendered.Value!.MoodState);
        }
    }

    [Fact, Trait("Spec", "TE-5")]
    public void Every_shipped_template_may_be_saved_as_it_is_and_ranks_behind_whatever_an_admin_adds()
    {
        foreach (var shipped in ShippedTemplates.All)
        {
            Assert.Null(TemplateDraftRules.Refuse(shipped.Draft));
            var draft = shipped.Draft with { Content = "mine", Priority = 0 };
            var query = new MatchTemplate(draft.MoodState, draft.TemplateType, draft.TierLevel);
            Assert.Equal("mine", Content(TemplateCatalog.Shipped.With(draft), query));
        }
    }

    [Fact, Trait("Spec", "TE-4")]
    public void A_user_always_gets_the_same_variant_and_its_name_comes_with_it()
    {
        var catalog = TemplateCatalog.Shipped.With(
            Drafts.Draft(
                "own {{userName}}",
                variants: [new TemplateVariant("a", "A {{userName}}", 50), new TemplateVariant("b", "B {{date}}", 50)]
            )
        );
        var index = new TemplateIndex(catalog);
        for (var user = 0; user < 100; user++)
        {
            var query = Greeting with { UserId = $"user{user}" };
            var match = index.Match(query).Value!;
            var rendered = index.Render(new RenderTemplate(query, Drafts.Everything)).Value!;

            var choice = VariantChoice.PercentOf($"user{user}", "t1") < 50 ? "a" : "b";
            Assert.Equal((choice, choice), (match.Variant, rendered.Variant));
            Assert.Equal(choice == "a" ? ["userName"] : ["date"], match.Variables);
            Assert.Equal(choice == "a" ? "A Bo" : "B Jan 2, 2026", rendered.Message);
        }
        Assert.Equal(
            (null, "own {{userName}}"),
            (index.Match(Greeting).Value!.Variant, index.Match(Greeting).Value!.Content)
        );
    }

    [Fact, Trait("Spec", "TE-3")]
    public void The_list_holds_what_every_given_filter_admits_page_by_page()
    {
        var catalog = TemplateCatalog
            .Shipped.With(Drafts.Draft("one", tags: ["spring"]))
            .With(Drafts.Draft("two", tags: ["spring", "sale"], active: false))
            .With(Drafts.Draft("three", MoodState.Negative, TemplateType.Farewell, tags: ["spring"]));
        var index = new TemplateIndex(catalog);

        Assert.Equal(ShippedTemplates.All.Count + 3, index.List(new ListTemplates(100)).Total);
        Assert.Equal(3, index.List(new ListTemplates(100, Tag: "spring")).Total);
        Assert.Equal(["two"], Contents(new ListTemplates(100, Active: false)));
        Assert.Equal(
            ["one", "two"],
            Contents(new ListTemplates(100, Tag: "spring", MoodState: MoodState.Positive)).Order()
        );
        Assert.Equal(["three"], Contents(new ListTemplates(100, Tag: "spring", TemplateType: TemplateType.Farewell)));
        Assert.Empty(Contents(new ListTemplates(100, Tag: "Spring")));

        var all = index.List(new ListTemplates(100)).Templates;
        for (var offset = 0; offset <= all.Count; offset++)
        {
            var page = index.List(new ListTemplates(2, offset));
            Assert.Equal(all.Skip(offset).Take(2), page.Templates);
            Assert.Equal(all.Count, page.Total);
        }

        IEnumerable<string> Contents(ListTemplates query) =>
            index.List(query).Templates.Select(static template => template.Draft.Content);
    }

    [Fact, Trait("Spec", "TE-3")]
    public void A_view_lists_the_variables_of_the_content_and_of_all_variants()
    {
        var catalog = TemplateCatalog.Shipped.With(
            Drafts.Draft("{{userName}}", variants: [new("a", "{{date}} {{userName}}", 50), new("b", "{{tier}}", 50)])
        );

        Assert.Equal(["userName", "date", "tier"], new TemplateIndex(catalog).Find("t1")!.Variables);
        Assert.Null(new TemplateIndex(catalog).Find("t2"));
    }

    private static string Content(TemplateCatalog catalog, MatchTemplate query) =>
        new TemplateIndex(catalog).Match(query).Value!.Content;

    private static StoredTemplate? BestByTheBook(TemplateCatalog catalog, MatchTemplate query) =>
        catalog
            .All()
            .Where(template =>
                template.Draft.Active
                && template.Draft.MoodState == query.MoodState
                && template.Draft.TemplateType == query.TemplateType
                && (template.Draft.TierLevel is null || template.Draft.TierLevel == query.Tier)
            )
            .OrderByDescending(static template => template.Draft.TierLevel is not null)
            .ThenByDescending(static template => template.Draft.Priority)
            .ThenByDescending(static template => template.Order)
            .FirstOrDefault();

    private static TemplateCatalog Edited(TemplateCatalog catalog, Random random)
    {
        var ids = catalog.All().Select(static template => template.Id).Order(StringComparer.Ordinal).ToArray();
        var id = ids[random.Next(ids.Length)];
        var draft = catalog.Find(id)!.Draft;
        // A shipped template stays in its slot, so that slots without any other template have one.
        return TemplateRules.Evolve(
            catalog,
            new TemplateChanged(
                Drafts.Now,
                Drafts.Root,
                id,
                draft with
                {
                    Content = "edited",
                    Priority = random.Next(3),
                }
            )
        );
    }

    private static TemplateDraft Anything(Random random) =>
        Drafts.Draft(
            "anything",
            (MoodState)random.Next(3),
            (TemplateType)random.Next(4),
            random.Next(2) == 0 ? null : (LoyaltyTier)random.Next(5),
            random.Next(3),
            random.Next(4) > 0
        );

    private static IEnumerable<MatchTemplate> EveryQuery() =>
        from mood in Enum.GetValues<MoodState>()
        from type in Enum.GetValues<TemplateType>()
        from tier in Enum.GetValues<LoyaltyTier>().Select(static tier => (LoyaltyTier?)tier).Append(null)
        select new MatchTemplate(mood, type, tier);
}
