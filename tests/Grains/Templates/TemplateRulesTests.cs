using Actors.GrainInterfaces.Identity;
using Actors.GrainInterfaces.Outcomes;
using Actors.GrainInterfaces.Templates;
using Actors.Grains.Templates;

namespace Actors.Grains.Tests.Templates;

public sealed class TemplateRulesTests
{
    private const string ShippedId = "neutral-greeting";

    private static readonly Actor Eva = new(ActorRole.Admin, "eva");
    private static readonly DateTimeOffset Later = Drafts.Now.AddDays(1);

    [Fact, Trait("Spec", "TE-3")]
    public void A_created_template_is_version_1_of_its_author()
    {
        var draft = Drafts.Draft();

        var @event = TemplateRules
            .Decide(TemplateCatalog.Shipped, new CreateTemplate(Drafts.Root, draft), Drafts.Now)
            .Value;

        var created = Assert.IsType<TemplateCreated>(@event);
        Assert.Equal((Drafts.Now, Drafts.Root, "t1", draft), (created.At, created.Actor, created.Id, created.Draft));
        var template = TemplateRules.Evolve(TemplateCatalog.Shipped, created).Find("t1")!;
        Assert.Equal((1, "root", Drafts.Now, "root", Drafts.Now), Authorship(template));
    }

    [Fact, Trait("Spec", "TE-3")]
    public void A_refused_draft_creates_nothing_and_changes_nothing()
    {
        var broken = Drafts.Draft("{{nobody}}");
        var catalog = TemplateCatalog.Shipped.With(Drafts.Draft());

        Assert.Equal(
            TemplateRefusals.InvalidTemplateCode,
            TemplateRules.Decide(catalog, new CreateTemplate(Eva, broken), Later).Refusal?.Code
        );
        Assert.Equal(
            TemplateRefusals.InvalidTemplateCode,
            TemplateRules.Decide(catalog, new UpdateTemplate(Eva, "t1", broken), Later).Refusal?.Code
        );
    }

    [Fact, Trait("Spec", "TE-3")]
    public void A_change_is_the_next_version_and_keeps_who_created_it()
    {
        var catalog = TemplateCatalog.Shipped.With(Drafts.Draft());
        var draft = Drafts.Draft("Welcome {{userName}}", active: false);

        var @event = TemplateRules.Decide(catalog, new UpdateTemplate(Eva, "t1", draft), Later).Value;

        Assert.Equal(new TemplateChanged(Later, Eva, "t1", draft), @event);
        var template = TemplateRules.Evolve(catalog, @event!).Find("t1")!;
        Assert.Equal((2, "root", Drafts.Now, "eva", Later), Authorship(template));
        Assert.Equal(draft, template.Draft);
    }

    [Fact, Trait("Spec", "TE-3")]
    public void A_change_to_what_is_there_already_is_no_version()
    {
        var catalog = TemplateCatalog.Shipped.With(Drafts.Draft(tags: ["a"]));

        var decision = TemplateRules.Decide(
            catalog,
            new UpdateTemplate(Eva, "t1", Drafts.Draft(tags: ["a"]), 7),
            Later
        );

        Assert.Equal((null, null), (decision.Refusal, decision.Value));
    }

    [Fact, Trait("Spec", "TE-3")]
    public void A_change_of_another_version_than_the_newest_is_a_conflict()
    {
        var catalog = TemplateCatalog.Shipped.With(Drafts.Draft());
        var draft = Drafts.Draft("Other");

        Assert.Equal(
            CommonRefusals.VersionConflictCode,
            TemplateRules.Decide(catalog, new UpdateTemplate(Eva, "t1", draft, 2), Later).Refusal?.Code
        );
        Assert.Null(TemplateRules.Decide(catalog, new UpdateTemplate(Eva, "t1", draft, 1), Later).Refusal);
    }

    [Fact, Trait("Spec", "TE-3")]
    public void A_template_that_does_not_exist_is_not_found()
    {
        var catalog = TemplateCatalog.Shipped;

        Assert.Equal(
            TemplateRefusals.TemplateNotFoundCode,
            TemplateRules.Decide(catalog, new UpdateTemplate(Eva, "t1", Drafts.Draft()), Later).Refusal?.Code
        );
        Assert.Equal(
            TemplateRefusals.TemplateNotFoundCode,
            TemplateRules.Decide(catalog, new RollBackTemplate(Eva, "t1", 1), Drafts.Draft(), Later).Refusal?.Code
        );
    }

    [Fact, Trait("Spec", "TE-3")]
    public void A_rollback_is_a_new_version_that_says_what_it_restored()
    {
        var first = Drafts.Draft("First");
        var catalog = TemplateCatalog.Shipped.With(first);
        catalog = TemplateRules.Evolve(catalog, new TemplateChanged(Later, Eva, "t1", Drafts.Draft("Second")));

        var @event = TemplateRules.Decide(catalog, new RollBackTemplate(Eva, "t1", 1), first, Later).Value;

        Assert.Equal(new TemplateRolledBack(Later, Eva, "t1", first, 1), @event);
        var template = TemplateRules.Evolve(catalog, @event!).Find("t1")!;
        Assert.Equal((3, first), (template.Version, template.Draft));
        Assert.Equal([1, 2, 3], template.Positions);
    }

    [Fact, Trait("Spec", "TE-3")]
    public void A_rollback_to_what_is_there_already_is_no_version()
    {
        var catalog = TemplateCatalog.Shipped.With(Drafts.Draft());

        var decision = TemplateRules.Decide(catalog, new RollBackTemplate(Eva, "t1", 1), Drafts.Draft(), Later);

        Assert.Equal((null, null), (decision.Refusal, decision.Value));
    }

    [Fact, Trait("Spec", "TE-3")]
    public void A_rollback_to_what_may_no_longer_be_saved_is_refused()
    {
        var catalog = TemplateCatalog.Shipped.With(Drafts.Draft());

        var decision = TemplateRules.Decide(
            catalog,
            new RollBackTemplate(Eva, "t1", 1),
            Drafts.Draft("{{old}}"),
            Later
        );

        Assert.Equal(TemplateRefusals.InvalidTemplateCode, decision.Refusal?.Code);
    }

    [Fact, Trait("Spec", "TE-5")]
    public void A_change_of_a_shipped_template_is_its_version_2_and_the_system_stays_its_creator()
    {
        var @event = TemplateRules
            .Decide(TemplateCatalog.Shipped, new UpdateTemplate(Eva, ShippedId, Drafts.Draft()), Later)
            .Value!;

        var catalog = TemplateRules.Evolve(TemplateCatalog.Shipped, @event);

        var template = catalog.Find(ShippedId)!;
        Assert.Equal((2, "system", "eva"), (template.Version, template.CreatedBy, template.UpdatedBy));
        Assert.Equal([0, 1], template.Positions);
        Assert.Equal(ShippedTemplates.All.Count, catalog.All().Count());
    }

    [Fact, Trait("Spec", "TE-5")]
    public void A_changed_template_that_is_no_longer_shipped_lives_on()
    {
        var catalog = TemplateRules.Evolve(
            TemplateCatalog.Shipped,
            new TemplateChanged(Later, Eva, "shipped-long-ago", Drafts.Draft())
        );

        Assert.Equal(2, catalog.Find("shipped-long-ago")?.Version);
    }

    [Fact, Trait("Spec", "TE-3")]
    public void The_catalog_holds_2000_templates_and_a_full_one_can_still_be_edited()
    {
        var catalog = TemplateCatalog.Shipped;
        while (catalog.All().Count() < TemplateRules.MaxTemplates)
        {
            catalog = TemplateRules.Evolve(
                catalog,
                new TemplateCreated(Drafts.Now, Eva, $"t{catalog.Events + 1}", Drafts.Draft())
            );
        }

        Assert.Equal(
            TemplateRefusals.CatalogFullCode,
            TemplateRules.Decide(catalog, new CreateTemplate(Eva, Drafts.Draft()), Later).Refusal?.Code
        );
        Assert.Null(TemplateRules.Decide(catalog, new UpdateTemplate(Eva, "t1", Drafts.Draft("Other")), Later).Refusal);
    }

    private static (int, string, DateTimeOffset, string, DateTimeOffset) Authorship(StoredTemplate template) =>
        (template.Version, template.CreatedBy, template.CreatedAt, template.UpdatedBy, template.UpdatedAt);
}
