using Actors.GrainInterfaces.Identity;
using Actors.GrainInterfaces.Moods;
using Actors.GrainInterfaces.Templates;
using Actors.TestKit;

namespace Actors.Grains.Tests.Templates;

public sealed class TemplateDeskGrainTests(GrainEngineFixture fixture) : IClassFixture<GrainEngineFixture>
{
    private readonly IGrainEngine _engine = fixture.Engine;

    private ITemplateDeskGrain Desk => _engine.Grains.GetGrain<ITemplateDeskGrain>(ITemplateDeskGrain.OnlyKey);

    private ITemplateCatalogGrain Catalog =>
        _engine.Grains.GetGrain<ITemplateCatalogGrain>(ITemplateCatalogGrain.OnlyKey);

    [Fact, Trait("Spec", "TE-1")]
    public async Task A_model_that_nobody_has_registered_is_not_found()
    {
        Assert.Equal(IdentityRefusals.ModelNotFoundCode, (await Desk.Find(Find("nobody"))).Refusal?.Code);
        Assert.Equal(IdentityRefusals.ModelNotFoundCode, (await Desk.Render(Render("nobody"))).Refusal?.Code);
    }

    [Fact, Trait("Spec", "TE-1")]
    public async Task The_template_follows_the_mood_of_the_model()
    {
        await RegisterAsync("moody");
        Assert.Equal("neutral-greeting", (await Desk.Find(Find("moody"))).Value?.Match.TemplateId);

        await SetMoodAsync("moody", MoodState.Positive);
        Assert.Equal("positive-greeting", (await Desk.Find(Find("moody"))).Value?.Match.TemplateId);

        await SetMoodAsync("moody", MoodState.Negative);
        var answer = (await Desk.Find(Find("moody"))).Value!;
        Assert.Equal(("negative-greeting", false), (answer.Match.TemplateId, answer.Degraded));
    }

    [Fact, Trait("Spec", "TE-1")]
    public async Task Without_a_tier_that_of_the_profile_decides()
    {
        await RegisterAsync("tiered");
        await SetMoodAsync("tiered", MoodState.Positive);
        await SetTierAsync("gilda", LoyaltyTier.Gold);

        var ofProfile = await Desk.Find(Find("tiered", user: "gilda"));
        var asked = await Desk.Find(Find("tiered", LoyaltyTier.Platinum, "gilda"));
        var unknown = await Desk.Find(Find("tiered", user: "stranger"));

        Assert.Equal("positive-greeting-gold", ofProfile.Value?.Match.TemplateId);
        Assert.Equal("positive-greeting-platinum", asked.Value?.Match.TemplateId);
        Assert.Equal("positive-greeting", unknown.Value?.Match.TemplateId);
    }

    [Fact, Trait("Spec", "TE-2")]
    public async Task A_message_knows_names_mood_and_time_by_itself()
    {
        await RegisterAsync("knowing", "Ana María");
        await SetMoodAsync("knowing", MoodState.Negative, "Back at 6 & rested");
        await SetTierAsync("benita", LoyaltyTier.Silver, "Benita & Co");
        await CreateAsync(
            Drafts.Draft(
                "{{userName}}|{{modelName}}|{{mood}}|{{tier}}|{{customMessage}}|{{time}}|{{date}}",
                MoodState.Negative,
                TemplateType.AutoResponse,
                LoyaltyTier.Silver
            )
        );

        var answer = (await Desk.Render(Render("knowing", TemplateType.AutoResponse, "benita"))).Value!;

        var now = _engine.Time.GetUtcNow();
        Assert.Equal(
            $"Benita &amp; Co|Ana María|negative|silver|Back at 6 &amp; rested|{now:h:mm tt}|{now:MMM d, yyyy}",
            answer.Rendered.Message
        );
        Assert.False(answer.Degraded);
    }

    [Fact, Trait("Spec", "TE-2")]
    public async Task A_value_that_nobody_knows_is_missed_by_name()
    {
        await RegisterAsync("tipped");

        var refusal = (await Desk.Render(Render("tipped", TemplateType.TipThankYou, "bo"))).Refusal;

        Assert.Equal(TemplateRefusals.MissingVariableCode, refusal?.Code);
        Assert.Contains("amount", refusal!.Message, StringComparison.Ordinal);
        Assert.Contains("userName", (await Desk.Render(Render("tipped"))).Refusal!.Message, StringComparison.Ordinal);
    }

    [Fact, Trait("Spec", "TE-4")]
    public async Task Uses_and_outcomes_are_counted_per_template_and_variant()
    {
        await RegisterAsync("counted");
        var id = await CreateAsync(
            Drafts.Draft(
                "own {{modelName}}",
                MoodState.Neutral,
                TemplateType.Farewell,
                tags: ["counted"],
                variants: [new TemplateVariant("a", "A", 50), new TemplateVariant("b", "B", 50)]
            )
        );
        var variants = new Dictionary<string, long> { ["a"] = 0, ["b"] = 0 };
        for (var user = 0; user < 20; user++)
        {
            var answer = (await Desk.Render(Render("counted", TemplateType.Farewell, $"user{user}"))).Value!;
            variants[answer.Rendered.Variant!]++;
        }
        Assert.Null((await Desk.Render(Render("counted", TemplateType.Farewell))).Value!.Rendered.Variant);
        await Desk.RecordOutcome(new RecordTemplateOutcome(id, "a", true));
        await Desk.RecordOutcome(new RecordTemplateOutcome(id, "a", true));
        await Desk.RecordOutcome(new RecordTemplateOutcome(id, "b", false));
        await Desk.RecordOutcome(new RecordTemplateOutcome(id, null, true));

        // Uses are told one way; they arrive when they arrive.
        var row = await _engine.EventuallyAsync(
            async () => Assert.Single((await Desk.Report(new ListTemplates(100, Tag: "counted"))).Rows),
            static row => row.Usage!.Total.Uses == 21
        );

        Assert.Equal(new UsageCounts(21, 3, 1), row.Usage!.Total);
        Assert.Equal(
            [
                new VariantUsage("a", new UsageCounts(variants["a"], 2, 0)),
                new VariantUsage("b", new UsageCounts(variants["b"], 0, 1)),
            ],
            row.Usage.Variants
        );
    }

    [Fact, Trait("Spec", "TE-4")]
    public async Task A_template_that_was_only_looked_up_is_not_counted()
    {
        await RegisterAsync("looked");
        var id = await CreateAsync(
            Drafts.Draft("Seen", MoodState.Neutral, TemplateType.AutoResponse, tags: ["looked"])
        );

        var answer = await Desk.Find(Find("looked") with { TemplateType = TemplateType.AutoResponse });

        Assert.Equal(id, answer.Value?.Match.TemplateId);
        Assert.Equal(0, (await Desk.Report(new ListTemplates(1, Tag: "looked"))).Rows[0].Usage?.Total.Uses);
    }

    [Fact, Trait("Spec", "TE-4")]
    public async Task An_outcome_names_a_template_and_a_variant_that_exist_or_existed()
    {
        await RegisterAsync("former");
        var draft = Drafts.Draft(
            "own",
            MoodState.Negative,
            TemplateType.Farewell,
            variants: new TemplateVariant("gone", "Gone", 100)
        );
        var id = await CreateAsync(draft);
        await SetMoodAsync("former", MoodState.Negative);
        await Desk.Render(Render("former", TemplateType.Farewell, "bo"));
        await Catalog.Update(new UpdateTemplate(Drafts.Root, id, draft with { Variants = [] }));

        await _engine.EventuallyAsync(async () =>
            (await Desk.RecordOutcome(new RecordTemplateOutcome(id, "gone", true))).Refusal is null
        );
        Assert.Equal(TemplateRefusals.InvalidVariantCode, await RefusedAsync(id, "never"));
        Assert.Equal(TemplateRefusals.TemplateNotFoundCode, await RefusedAsync("none", null));

        async Task<string?> RefusedAsync(string template, string? variant) =>
            (await Desk.RecordOutcome(new RecordTemplateOutcome(template, variant, true))).Refusal?.Code;
    }

    private static FindTemplate Find(string model, LoyaltyTier? tier = null, string user = "bo") =>
        new(ModelId.Parse(model), TemplateType.Greeting, tier, UserId.Parse(user));

    private static RenderMessage Render(string model, TemplateType type = TemplateType.Greeting, string? user = null) =>
        new(ModelId.Parse(model), type, null, user is null ? null : UserId.Parse(user), new TemplateValues());

    private async Task<string> CreateAsync(TemplateDraft draft) =>
        (await Catalog.Create(new CreateTemplate(Drafts.Root, draft))).Value!.Id;

    private async Task RegisterAsync(string model, string? name = null)
    {
        var profile = _engine.Grains.GetGrain<IModelProfileGrain>(model);
        await profile.Register(new RegisterModel(Drafts.Root, name ?? model));
        await profile.AcceptMoodTerms(new Actor(ActorRole.Model, model));
    }

    private async Task SetMoodAsync(string model, MoodState state, string? message = null) =>
        await _engine
            .Grains.GetGrain<IMoodGrain>(model)
            .Update(new UpdateMood(new Actor(ActorRole.Model, model), state, message));

    private async Task SetTierAsync(string user, LoyaltyTier tier, string? name = null) =>
        await _engine
            .Grains.GetGrain<IUserProfileGrain>(user)
            .Set(new SetUserProfile(Drafts.Root, name, LoyaltyTier: tier));
}
