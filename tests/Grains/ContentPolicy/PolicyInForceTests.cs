using Actors.GrainInterfaces.ContentPolicy;
using Actors.GrainInterfaces.Identity;
using Actors.GrainInterfaces.Menus;
using Actors.GrainInterfaces.Moods;
using Actors.GrainInterfaces.Outcomes;
using Actors.GrainInterfaces.Templates;
using Actors.Grains.ContentPolicy;
using Actors.Grains.Tests.Templates;
using Actors.TestKit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace Actors.Grains.Tests.ContentPolicy;

[Trait("Spec", "MO-2")]
public sealed class PolicyInForceTests : IAsyncLifetime
{
    private const string Bad = "What a d4rn day";

    private static readonly Actor Root = new(ActorRole.Admin, "root");
    private static readonly Actor Ana = new(ActorRole.Model, "ana");

    private readonly UnreachableGrains _unreachable = new();
    private readonly CallCounter _calls = new();
    private SimulatedGrainEngine _engine = null!;

    private IContentPolicyGrain Policy => _engine.Grains.GetGrain<IContentPolicyGrain>(IContentPolicyGrain.Key);

    private IMoodGrain Mood => _engine.Grains.GetGrain<IMoodGrain>("ana");

    private ITemplateCatalogGrain Templates =>
        _engine.Grains.GetGrain<ITemplateCatalogGrain>(ITemplateCatalogGrain.OnlyKey);

    private IModelProfileGrain Model => _engine.Grains.GetGrain<IModelProfileGrain>("ana");

    private IUserProfileGrain User => _engine.Grains.GetGrain<IUserProfileGrain>("bo");

    private IMenuGrain Menu => _engine.Grains.GetGrain<IMenuGrain>("0123456789abcdef01234567");

    public async ValueTask InitializeAsync()
    {
        _engine = await SimulatedGrainEngine.StartAsync(
            new SimulatedGrainEngineOptions
            {
                Configure = services =>
                    services
                        .AddSingleton<IIncomingGrainCallFilter>(_calls)
                        .AddSingleton<IIncomingGrainCallFilter>(_unreachable),
            }
        );
        await Model.Register(new RegisterModel(Root, "Ana"));
        await Model.AcceptMoodTerms(Ana);
    }

    public ValueTask DisposeAsync()
    {
        _unreachable.End();
        return _engine.DisposeAsync();
    }

    [Fact]
    public async Task A_mood_says_nothing_prohibited_whoever_sets_it()
    {
        await Mood.Update(Saying(Bad));
        await ProhibitAsync("darn");

        var own = await Mood.Update(Saying(Bad));
        var byAdmin = await Mood.Override(new OverrideMood(Root, MoodState.Neutral, "Because", Bad));

        Assert.Equal(MoodRefusals.ProhibitedCustomMessage, own.Refusal);
        Assert.Equal(MoodRefusals.ProhibitedCustomMessage, byAdmin.Refusal);
        // Refused whole, and what was there before stays.
        Assert.Equal(Bad, (await Mood.Get()).Value!.CustomMessage);
        Assert.Equal(1, (await Mood.History(9, 0)).Value!.Total);
        Assert.Null((await Mood.Update(Saying("What a darned day"))).Refusal);
    }

    [Fact]
    public async Task A_template_says_nothing_prohibited_but_what_it_said_before()
    {
        var old = (await Templates.Create(new CreateTemplate(Root, Drafts.Draft(Bad)))).Value!;
        await Templates.Update(new UpdateTemplate(Root, old.Id, Drafts.Draft("Nice")));
        var kept = (await Templates.Create(new CreateTemplate(Root, Drafts.Draft(Bad)))).Value!;
        await ProhibitAsync("darn");
        var variant = new TemplateVariant("a", Bad, 100);

        Outcome<TemplateView>[] refused =
        [
            await Templates.Create(new CreateTemplate(Root, Drafts.Draft(Bad))),
            await Templates.Create(new CreateTemplate(Root, Drafts.Draft("Nice", variants: variant))),
            await Templates.Update(new UpdateTemplate(Root, old.Id, Drafts.Draft(Bad))),
            await Templates.Rollback(new RollBackTemplate(Root, old.Id, 1)),
        ];

        Assert.All(refused, static one => Assert.Equal(TemplateRefusals.ProhibitedContent, one.Refusal));
        Assert.Equal(
            2,
            (await Templates.Update(new UpdateTemplate(Root, kept.Id, Drafts.Draft(Bad, priority: 1)))).Value!.Version
        );
    }

    [Fact]
    public async Task Names_of_users_and_models_are_not_prohibited_but_those_they_had()
    {
        await User.Set(new SetUserProfile(Root, "Darn Bo"));
        await _engine.Grains.GetGrain<IModelProfileGrain>("eva").Register(new RegisterModel(Root, "Darn Eva"));
        await ProhibitAsync("darn");

        var user = await User.Set(new SetUserProfile(Root, "Darn It"));
        var model = await Model.Register(new RegisterModel(Root, "Darn Ana"));
        var nobody = await _engine
            .Grains.GetGrain<IModelProfileGrain>("new")
            .Register(new RegisterModel(Root, "Darn New"));

        Assert.Equal(IdentityRefusals.ProhibitedDisplayName, user.Refusal);
        Assert.Equal(IdentityRefusals.ProhibitedDisplayName, model.Refusal);
        Assert.Equal(IdentityRefusals.ProhibitedDisplayName, nobody.Refusal);
        Assert.Null((await User.Set(new SetUserProfile(Root, "Darn Bo", "es"))).Refusal);
        var same = new RegisterModel(Root, "Darn Eva", "es");
        Assert.Null((await _engine.Grains.GetGrain<IModelProfileGrain>("eva").Register(same)).Refusal);
        // Nobody was made known by a name that was refused.
        Assert.Equal(
            IdentityRefusals.ModelNotFoundCode,
            (await _engine.Grains.GetGrain<IModelProfileGrain>("new").Get()).Refusal?.Code
        );
    }

    [Fact]
    public async Task Menus_and_items_say_nothing_prohibited_but_what_they_said_before()
    {
        var making = new CreateMenu(Ana, ModelId.Parse("ana"), new MenuDraft("Fun", Bad), [Item("Song", Bad)]);
        var made = (await Menu.Create(making)).Value!;
        await ProhibitAsync("darn");
        var other = _engine.Grains.GetGrain<IMenuGrain>("fedcba9876543210fedcba98");
        var itemId = made.Items[0].ItemId;

        Refusal?[] ofMenus =
        [
            (await other.Create(making)).Refusal,
            (await other.Create(making with { Draft = new MenuDraft("Darn") })).Refusal,
            (await Menu.Change(new ChangeMenu(Ana, new MenuDraft(Description: Bad + "!")))).Refusal,
            (await Menu.Change(new ChangeMenu(Ana, new MenuDraft("Darn")))).Refusal,
        ];
        Refusal?[] ofItems =
        [
            (await other.Create(making with { Draft = new MenuDraft("Fun") })).Refusal,
            (await Menu.AddItem(new AddMenuItem(Ana, "0123456789abcdef0123456a", Item("Darn", "x")))).Refusal,
            (await Menu.AddItem(new AddMenuItem(Ana, "0123456789abcdef0123456a", Item("Ok", Bad)))).Refusal,
            (await Menu.ChangeItem(new ChangeMenuItem(Ana, itemId, new MenuItemDraft("Darn")))).Refusal,
            (await Menu.ChangeItem(new ChangeMenuItem(Ana, itemId, new MenuItemDraft(Category: "darn")))).Refusal,
        ];

        Assert.All(ofMenus, static one => Assert.Equal(MenuRefusals.ProhibitedMenuText, one));
        Assert.All(ofItems, static one => Assert.Equal(MenuRefusals.ProhibitedItemText, one));
        // A repeat is the same menu still, and what is edited beside an old text leaves it.
        Assert.Null((await Menu.Create(making)).Refusal);
        Assert.Null((await Menu.Change(new ChangeMenu(Ana, new MenuDraft("Games", Bad)))).Refusal);
        Assert.Null((await Menu.ChangeItem(new ChangeMenuItem(Ana, itemId, Item("Dance", Bad)))).Refusal);
        Assert.Null((await Menu.RemoveItem(new RemoveMenuItem(Ana, itemId))).Refusal);
    }

    [Fact]
    public async Task A_change_is_in_force_at_once_and_elsewhere_within_a_second_and_most_commands_ask_nobody()
    {
        for (var change = 0; change < 20; change++)
        {
            Assert.Null((await Mood.Update(Saying(Bad))).Refusal);
        }
        Assert.InRange(_calls.Of(nameof(IContentPolicyGrain.Since)), 1, 3);
        var elsewhere = new PolicyInForce(_engine.Grains, _engine.Time, NullLogger<PolicyInForce>.Instance);
        Assert.False((await elsewhere.GetAsync()).IsIn(Bad));

        await ProhibitAsync("darn");

        Assert.Equal(MoodRefusals.ProhibitedCustomMessage, (await Mood.Update(Saying(Bad))).Refusal);
        await _engine.AdvanceAsync(PolicyInForce.UsedFor);
        Assert.True((await elsewhere.GetAsync()).IsIn(Bad));
        await ProhibitAsync();
        Assert.Null((await Mood.Update(Saying(Bad))).Refusal);
        await _engine.AdvanceAsync(PolicyInForce.UsedFor);
        Assert.False((await elsewhere.GetAsync()).IsIn(Bad));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task When_the_policy_cannot_be_had_the_last_known_one_counts(bool hangs)
    {
        await ProhibitAsync("darn");
        Assert.NotNull((await Mood.Update(Saying(Bad))).Refusal);
        (hangs ? (Action)_unreachable.Hang<IContentPolicyGrain> : _unreachable.Fail<IContentPolicyGrain>)();
        await _engine.AdvanceAsync(TimeSpan.FromHours(1));

        var startedAt = _engine.Time.GetTimestamp();
        var bad = await Mood.Update(Saying(Bad));
        var good = await Mood.Update(Saying("Fine"));

        Assert.Equal(MoodRefusals.ProhibitedCustomMessage, bad.Refusal);
        Assert.Null(good.Refusal);
        Assert.InRange(_engine.Time.GetElapsedTime(startedAt), TimeSpan.Zero, TimeSpan.FromSeconds(2));
    }

    [Fact]
    public async Task A_silo_that_never_had_the_policy_saves_nothing_unseen()
    {
        await ProhibitAsync("darn");
        _unreachable.Fail<IContentPolicyGrain>();
        await _engine.CrashAsync();

        await Assert.ThrowsAnyAsync<Exception>(() => Mood.Update(Saying("Fine")));

        Assert.Equal(0, (await Mood.History(9, 0)).Value!.Total);
    }

    private async Task ProhibitAsync(params string[] words) =>
        Assert.Null((await Policy.Set(new SetContentPolicy(Root, words, []))).Refusal);

    private static UpdateMood Saying(string message) => new(Ana, MoodState.Positive, message);

    private static MenuItemDraft Item(string name, string description) =>
        new(name, Description: description, TokenValue: 50);
}
