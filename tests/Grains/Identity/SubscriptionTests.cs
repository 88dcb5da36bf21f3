using Actors.GrainInterfaces.Identity;
using Actors.Grains.Identity;
using Actors.Grains.Tests.Wallets;
using Actors.TestKit;

namespace Actors.Grains.Tests.Identity;

[Trait("Spec", "ID-4")]
public sealed class SubscriptionTests(GrainEngineFixture fixture) : IClassFixture<GrainEngineFixture>
{
    private static readonly Actor Root = new(ActorRole.Admin, "root");
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    private readonly IGrainEngine _engine = fixture.Engine;

    [Fact]
    public async Task A_user_is_subscribed_to_nobody_until_an_admin_says_so()
    {
        await RegisterAsync("sub-one");
        await _engine.IntroduceAsync("new-subscriber");
        var user = Subscriptions("new-subscriber");
        Assert.False(await user.IsSubscribed(ModelId.Parse("sub-one")));
        Assert.Empty((await user.List()).Subscriptions);

        var until = _engine.Time.GetUtcNow().AddDays(30);
        var set = (await user.Set(new SetSubscription(Root, ModelId.Parse("sub-one"), until))).Value;

        Assert.Equal(new Subscription("new-subscriber", "sub-one", until, Active: true), set);
        Assert.True(await user.IsSubscribed(ModelId.Parse("sub-one")));
        Assert.False(await user.IsSubscribed(ModelId.Parse("sub-two")));
        Assert.False(await Subscriptions("somebody-else").IsSubscribed(ModelId.Parse("sub-one")));
    }

    [Fact]
    public async Task A_subscription_survives_a_crash_and_ends_at_its_time_to_the_second()
    {
        await RegisterAsync("sub-ends");
        await _engine.IntroduceAsync("ending");
        var until = _engine.Time.GetUtcNow().AddHours(1);
        await Subscriptions("ending").Set(new SetSubscription(Root, ModelId.Parse("sub-ends"), until));

        await _engine.CrashAsync();
        Assert.True(await Subscriptions("ending").IsSubscribed(ModelId.Parse("sub-ends")));
        await _engine.DeactivateAllAsync();
        await _engine.AdvanceAsync(TimeSpan.FromHours(1));

        Assert.False(await Subscriptions("ending").IsSubscribed(ModelId.Parse("sub-ends")));
        Assert.Equal(
            [new Subscription("ending", "sub-ends", until, Active: false)],
            (await Subscriptions("ending").List()).Subscriptions
        );
    }

    [Fact]
    public async Task Many_subscriptions_read_the_same_after_their_grain_has_gone()
    {
        await _engine.IntroduceAsync("collector");
        var user = Subscriptions("collector");
        for (var model = 0; model < 40; model++)
        {
            await RegisterAsync($"collected-{model}");
            var until = _engine.Time.GetUtcNow().AddDays(model + 1);
            await user.Set(new SetSubscription(Root, ModelId.Parse($"collected-{model}"), until));
        }
        var before = (await user.List()).Subscriptions;

        await _engine.DeactivateAllAsync();

        Assert.Equal(40, before.Count);
        Assert.Equal(before, (await user.List()).Subscriptions);
    }

    [Fact]
    public async Task An_end_in_the_past_ends_it_at_once()
    {
        await RegisterAsync("sub-past");
        await _engine.IntroduceAsync("regretting");
        var (user, model) = (Subscriptions("regretting"), ModelId.Parse("sub-past"));
        await user.Set(new SetSubscription(Root, model, _engine.Time.GetUtcNow().AddDays(1)));

        var ended = await user.Set(new SetSubscription(Root, model, _engine.Time.GetUtcNow().AddSeconds(-1)));

        Assert.False(ended.Value!.Active);
        Assert.False(await user.IsSubscribed(model));
    }

    [Fact]
    public async Task Nobody_is_subscribed_to_a_model_that_is_not_registered()
    {
        var set = new SetSubscription(Root, ModelId.Parse("sub-nobody"), _engine.Time.GetUtcNow().AddDays(1));

        Assert.Equal(IdentityRefusals.ModelNotFoundCode, (await Subscriptions("lost").Set(set)).Refusal?.Code);
        Assert.False(await Subscriptions("lost").IsSubscribed(set.ModelId));
    }

    [Fact]
    public void The_moment_of_its_end_is_the_first_one_without_it()
    {
        var book = With(SubscriptionBook.Empty, "ana", Now);

        Assert.True(SubscriptionRules.IsActive(book, "ana", Now.AddTicks(-1)));
        Assert.False(SubscriptionRules.IsActive(book, "ana", Now));
    }

    [Fact]
    public void The_same_end_again_changes_nothing()
    {
        var book = With(SubscriptionBook.Empty, "ana", Now.AddDays(1));

        var decision = SubscriptionRules.Decide(book, Set("ana", Now.AddDays(1)), Now);

        Assert.Null(decision.Refusal);
        Assert.Null(decision.Value);
    }

    [Fact]
    public void A_thousand_at_a_time_are_the_most_and_ended_ones_make_room()
    {
        var book = SubscriptionBook.Empty;
        for (var model = 1; model <= SubscriptionRules.Most; model++)
        {
            book = With(book, $"model-{model}", Now.AddDays(1));
        }
        var oneMore = SubscriptionRules.Decide(book, Set("one-more", Now.AddDays(2)), Now);
        Assert.Equal(IdentityRefusals.TooManySubscriptionsCode, oneMore.Refusal?.Code);
        Assert.NotNull(SubscriptionRules.Decide(book, Set("model-1", Now.AddDays(2)), Now).Value);
        Assert.NotNull(SubscriptionRules.Decide(book, Set("model-1", Now.AddDays(-2)), Now).Value);

        var later = With(book, "model-1", Now.AddDays(5), Now);
        later = With(later, "one-more", Now.AddDays(5), Now.AddDays(1));

        Assert.Equal(["model-1", "one-more"], later.Ends.Keys.Order(StringComparer.Ordinal));
    }

    private static SubscriptionBook With(
        SubscriptionBook book,
        string model,
        DateTimeOffset until,
        DateTimeOffset? at = null
    )
    {
        var decision = SubscriptionRules.Decide(book, Set(model, until), at ?? Now.AddDays(-1));
        return SubscriptionRules.Evolve(book, decision.Value!);
    }

    private static SetSubscription Set(string model, DateTimeOffset until) => new(Root, ModelId.Parse(model), until);

    private ISubscriptionsGrain Subscriptions(string user) => _engine.Grains.GetGrain<ISubscriptionsGrain>(user);

    private async Task RegisterAsync(string model) =>
        await _engine.Grains.GetGrain<IModelProfileGrain>(model).Register(new RegisterModel(Root, model));
}
