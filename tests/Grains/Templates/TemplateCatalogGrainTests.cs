using Actors.GrainInterfaces.Identity;
using Actors.GrainInterfaces.Moods;
using Actors.GrainInterfaces.Outcomes;
using Actors.GrainInterfaces.Templates;
using Actors.Grains.Templates;
using Actors.TestKit;

namespace Actors.Grains.Tests.Templates;

public sealed class TemplateCatalogGrainTests(GrainEngineFixture fixture) : IClassFixture<GrainEngineFixture>
{
    private static readonly Actor Eva = new(ActorRole.Admin, "eva");

    private readonly IGrainEngine _engine = fixture.Engine;

    private ITemplateCatalogGrain Catalog =>
        _engine.Grains.GetGrain<ITemplateCatalogGrain>(ITemplateCatalogGrain.OnlyKey);

    [Fact, Trait("Spec", "TE-5")]
    public async Task A_new_catalog_holds_the_shipped_set_of_the_system()
    {
        var page = await Catalog.List(new ListTemplates(100, Tag: "shipped"));

        Assert.True(page.Total >= 12);
        Assert.All(page.Templates, static template => Assert.Equal("system", template.CreatedBy));
        Assert.Equal(TemplateRefusals.TemplateNotFoundCode, (await Catalog.Get("no-such-template")).Refusal?.Code);
    }

    [Fact, Trait("Spec", "TE-3")]
    public async Task A_created_template_is_used_at_once_and_after_a_restart_and_a_crash()
    {
        var created = await CreateAsync(Drafts.Draft("Made to last, {{userName}}", type: TemplateType.Farewell));
        var query = new MatchTemplate(MoodState.Positive, TemplateType.Farewell);

        Assert.Equal(created.Id, (await Catalog.Match(query)).Value?.TemplateId);
        await _engine.DeactivateAllAsync();
        Assert.Equal(created.Id, (await Catalog.Match(query)).Value?.TemplateId);
        await _engine.CrashAsync();
        var rendered = (await Catalog.Render(new RenderTemplate(query, Drafts.Everything))).Value!;
        Assert.Equal((created.Id, 1, "Made to last, Bo"), (rendered.TemplateId, rendered.Version, rendered.Message));
        Assert.Equivalent(created, (await Catalog.Get(created.Id)).Value);
    }

    [Fact, Trait("Spec", "TE-3")]
    public async Task Every_change_is_a_version_with_author_and_time_also_after_a_crash()
    {
        var start = _engine.Time.GetUtcNow();
        var id = (await CreateAsync(Drafts.Draft("One", active: false))).Id;
        await _engine.AdvanceAsync(TimeSpan.FromHours(1));
        await Catalog.Update(new UpdateTemplate(Eva, id, Drafts.Draft("Two", active: false)));
        await Catalog.Rollback(new RollBackTemplate(Drafts.Root, id, 1));
        await _engine.CrashAsync();

        var page = (await Catalog.Versions(id, 10, 0)).Value!;

        Assert.Equal(3, page.Total);
        Assert.Equal(
            [(3, "One", "root", (int?)1), (2, "Two", "eva", null), (1, "One", "root", null)],
            page.Versions.Select(static v => (v.Version, v.Draft.Content, v.Author, v.RestoredVersion))
        );
        // The clock of a cluster runs on between two steps.
        Assert.All(page.Versions.Take(2), v => Assert.InRange(v.At, start.AddHours(1), _engine.Time.GetUtcNow()));
        Assert.InRange(page.Versions[2].At, start, page.Versions[1].At.AddHours(-1));
        var view = (await Catalog.Get(id)).Value!;
        Assert.Equal(
            ("One", 3, page.Versions[2].At, "root"),
            (view.Draft.Content, view.Version, view.CreatedAt, view.UpdatedBy)
        );
    }

    [Fact, Trait("Spec", "TE-3")]
    public async Task Versions_are_paged_newest_first()
    {
        var id = (await CreateAsync(Drafts.Draft("1", active: false))).Id;
        for (var version = 2; version <= 7; version++)
        {
            await Catalog.Update(new UpdateTemplate(Eva, id, Drafts.Draft($"{version}", active: false)));
        }

        Assert.Equal(["5", "4", "3"], await ContentsAsync(3, 2));
        Assert.Equal(["1"], await ContentsAsync(3, 6));
        Assert.Empty(await ContentsAsync(3, 7));
        Assert.Empty(await ContentsAsync(100, int.MaxValue));
        Assert.Equal(TemplateRefusals.TemplateNotFoundCode, (await Catalog.Versions("none", 1, 0)).Refusal?.Code);

        async Task<IEnumerable<string>> ContentsAsync(int limit, int offset) =>
            (await Catalog.Versions(id, limit, offset)).Value!.Versions.Select(static version => version.Draft.Content);
    }

    [Fact, Trait("Spec", "TE-3")]
    public async Task A_rollback_brings_back_everything_that_the_version_said()
    {
        var first = Drafts.Draft(
            "First {{date}}",
            MoodState.Negative,
            TemplateType.AutoResponse,
            LoyaltyTier.Silver,
            3,
            false,
            ["a", "b"],
            new TemplateVariant("x", "X", 30),
            new TemplateVariant("y", "Y", 70)
        );
        var id = (await CreateAsync(first)).Id;
        await Catalog.Update(new UpdateTemplate(Eva, id, Drafts.Draft("Second", active: false)));
        await _engine.DeactivateAllAsync();

        var view = (await Catalog.Rollback(new RollBackTemplate(Eva, id, 1))).Value!;

        Assert.True(TemplateDraftRules.Same(first, view.Draft));
        Assert.Equal((3, "eva"), (view.Version, view.UpdatedBy));
    }

    [Fact, Trait("Spec", "TE-5")]
    public async Task An_edited_shipped_template_can_be_rolled_back_to_what_was_shipped()
    {
        const string id = "negative-greeting";
        var shipped = (await Catalog.Get(id)).Value!;
        await Catalog.Update(new UpdateTemplate(Eva, id, shipped.Draft with { Content = "Edited" }));

        var view = (await Catalog.Rollback(new RollBackTemplate(Eva, id, 1))).Value!;
        await _engine.CrashAsync();

        Assert.Equal((3, shipped.Draft.Content), (view.Version, view.Draft.Content));
        Assert.Equal(
            ["eva", "eva", "system"],
            (await Catalog.Versions(id, 10, 0)).Value!.Versions.Select(static version => version.Author)
        );
    }

    [Theory, Trait("Spec", "TE-3")]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(2)]
    [InlineData(int.MaxValue)]
    [InlineData(int.MinValue)]
    public async Task A_version_that_does_not_exist_cannot_be_restored(int version)
    {
        var id = (await CreateAsync(Drafts.Draft(active: false))).Id;

        var refusal = (await Catalog.Rollback(new RollBackTemplate(Eva, id, version))).Refusal;

        Assert.Equal(CommonRefusals.VersionNotFoundCode, refusal?.Code);
        Assert.Equal(
            TemplateRefusals.TemplateNotFoundCode,
            (await Catalog.Rollback(new RollBackTemplate(Eva, "none", version))).Refusal?.Code
        );
    }

    [Fact, Trait("Spec", "TE-3")]
    public async Task Of_two_authors_who_edit_the_same_version_the_second_is_told()
    {
        var id = (await CreateAsync(Drafts.Draft(active: false))).Id;

        var outcomes = await Task.WhenAll(
            Catalog.Update(new UpdateTemplate(Drafts.Root, id, Drafts.Draft("Mine", active: false), 1)),
            Catalog.Update(new UpdateTemplate(Eva, id, Drafts.Draft("Hers", active: false), 1))
        );

        Assert.Single(outcomes, static outcome => outcome.Refusal is null);
        Assert.Single(outcomes, static outcome => outcome.Refusal?.Code == CommonRefusals.VersionConflictCode);
    }

    [Fact, Trait("Spec", "TE-3")]
    public async Task Many_templates_created_at_once_all_get_their_own_id_and_survive()
    {
        var created = await Task.WhenAll(
            Enumerable
                .Range(0, 50)
                .Select(number => CreateAsync(Drafts.Draft($"{number}", active: false, tags: ["crowd"])))
        );
        await _engine.CrashAsync();

        var page = await Catalog.List(new ListTemplates(100, Tag: "crowd"));

        Assert.Equal(50, created.Select(static view => view.Id).Distinct().Count());
        Assert.Equal(
            created.Select(static view => (view.Id, view.Draft.Content)).Order(),
            page.Templates.Select(static view => (view.Id, view.Draft.Content)).Order()
        );
    }

    [Fact, Trait("Spec", "TE-2")]
    public async Task What_may_not_be_saved_is_refused_and_leaves_no_trace()
    {
        var total = (await Catalog.List(new ListTemplates(1))).Total;

        var refusal = (await Catalog.Create(new CreateTemplate(Eva, Drafts.Draft("{{nobody}}")))).Refusal;

        Assert.Equal(TemplateRefusals.InvalidTemplateCode, refusal?.Code);
        Assert.Equal(total, (await Catalog.List(new ListTemplates(1))).Total);
    }

    private async Task<TemplateView> CreateAsync(TemplateDraft draft) =>
        (await Catalog.Create(new CreateTemplate(Drafts.Root, draft))).Value!;
}
