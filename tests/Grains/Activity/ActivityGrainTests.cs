using Actors.GrainInterfaces.Activity;
using Actors.GrainInterfaces.Durability;
using Actors.GrainInterfaces.Identity;
using Actors.Grains.Tests.Transactions;
using Actors.Grains.Tests.Wallets;
using Actors.TestKit;

namespace Actors.Grains.Tests.Activity;

[Trait("Spec", "AC-1")]
public sealed class ActivityGrainTests(GrainEngineFixture fixture) : IClassFixture<GrainEngineFixture>
{
    private readonly IGrainEngine _engine = fixture.Engine;

    [Fact]
    public async Task What_was_logged_survives_a_crash_and_is_found_by_its_filters()
    {
        var activity = _engine.Activity("ac-filters");
        await activity.LogAsync(ActivityCategory.Pet, "feed", "rex");
        await activity.LogAsync(ActivityCategory.Pet, "play", "rex");
        await activity.LogAsync(ActivityCategory.Pet, "feed", "tom");
        await activity.LogAsync(ActivityCategory.Social, "hello");

        await _engine.CrashAsync();

        activity = _engine.Activity("ac-filters");
        Assert.Equal(["hello", "feed tom", "play rex", "feed rex"], await activity.NamesAsync(Lists.All));
        Assert.Equal(["feed tom", "feed rex"], await activity.NamesAsync(Lists.All with { Action = "feed" }));
        Assert.Equal(["play rex", "feed rex"], await activity.NamesAsync(Lists.All with { PetId = "rex" }));
        Assert.Equal(["hello"], await activity.NamesAsync(Lists.All with { Category = ActivityCategory.Social }));
        var page = (await activity.List(Lists.All with { Category = ActivityCategory.Pet, Limit = 2 })).Value!;
        Assert.Equal((3, true, 2), (page.Total, page.TotalIsExact, page.Activities.Count));
        var rest = (await activity.List(Lists.All with { Category = ActivityCategory.Pet, Cursor = page.Next })).Value!;
        Assert.Equal((1, null), (rest.Activities.Count, rest.Next));
        Assert.Null((await activity.List(Lists.All with { Action = "feed" })).Value!.Total);
    }

    [Fact]
    public async Task What_an_outbox_sends_twice_is_there_once_and_by_the_platform()
    {
        var activity = _engine.Activity("ac-outbox");
        var entry = new ActivityEntry(ActivityCategory.Social, "booked");
        await activity.Receive(new Delivery("booking/1", 256), entry);
        await _engine.CrashAsync();
        activity = _engine.Activity("ac-outbox");
        await activity.Receive(new Delivery("booking/1", 256), entry);

        var found = Assert.Single((await activity.List(Lists.All)).Value!.Activities);
        Assert.Equal((ActorRole.System, "booked"), (found.Source, found.Entry.Action));
    }

    [Fact, Trait("Spec", "AC-2")]
    public async Task Many_sign_ins_at_once_are_one_and_the_next_day_has_another()
    {
        var activity = _engine.Activity("ac-sign");
        var actor = new Actor(ActorRole.User, "ac-sign", "203.0.113.9", "app/1");
        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => activity.SignIn(actor)));
        Assert.Equal(["sign_in"], await activity.NamesAsync(Lists.All));

        await _engine.AdvanceAsync(TimeSpan.FromDays(1));
        await _engine.Activity("ac-sign").SignIn(actor);

        var found = (await _engine.Activity("ac-sign").List(Lists.All)).Value!.Activities;
        Assert.Equal(2, found.Count);
        Assert.Equal((ActorRole.System, "203.0.113.9"), (found[0].Source, found[0].Address));
    }

    [Fact, Trait("Spec", "AC-2")]
    public async Task Every_change_of_a_transaction_lands_in_it()
    {
        await _engine.Transaction(Chain.Hash(901)).Record(Chain.Sent("ac-chain"));
        await _engine.Transaction(Chain.Hash(902)).Record(Chain.Sent("ac-chain"));
        await _engine.Transaction(Chain.Hash(901)).Settle(Chain.Confirmed());
        await _engine.Transaction(Chain.Hash(902)).Settle(Chain.Failed());

        var names = await _engine.EventuallyAsync(
            async () => await _engine.Activity("ac-chain").NamesAsync(Lists.All),
            static names => names.Length == 4
        );
        Assert.Equal(
            ["transaction_confirmed", "transaction_failed", "transaction_recorded", "transaction_recorded"],
            names.Order()
        );
    }

    [Fact, Trait("Spec", "AC-2")]
    public async Task What_the_ledger_moves_is_shown_and_counted_once_though_nobody_told_it()
    {
        await _engine.RegisterAsync("ac-mia");
        var balance = await _engine.WithTokensAsync("ac-buyer", 100);
        await balance.Tip(Money.Tip("ac-mia", 10, "t1"));
        var activity = _engine.Activity("ac-buyer");
        Assert.Equal(["tip", "credit"], await activity.NamesAsync(Lists.All));
        await activity.LogAsync(ActivityCategory.Pet, "feed");
        await balance.Tip(Money.Tip("ac-mia", 10, "t2"));

        // Two look at once, and again after a crash.
        await Task.WhenAll(activity.Summarize(30), activity.Summarize(30));
        await _engine.CrashAsync();
        activity = _engine.Activity("ac-buyer");
        var found = await activity.Summarize(30);

        Assert.True(found.IsComplete);
        Assert.Equal(
            [(ActivityCategory.Pet, 1L), (ActivityCategory.Wallet, 3L)],
            found.Categories.Where(static one => one.Count > 0).Select(static one => (one.Category, one.Count))
        );
        Assert.Equal(["tip", "feed", "tip", "credit"], found.Recent.Select(static one => one.Entry.Action));
        Assert.Equal(["tip", "tip"], await activity.NamesAsync(Lists.All with { Action = "tip" }));
        await _engine.EventuallyHoldsAsync("ac-mia", 20);
        Assert.Equal(["tip_received", "tip_received"], await _engine.Activity("ac-mia").NamesAsync(Lists.All));
    }

    [Fact]
    public async Task What_is_erased_is_neither_shown_nor_counted_and_what_comes_after_it_is()
    {
        var balance = await _engine.WithTokensAsync("ac-erased", 100);
        var activity = _engine.Activity("ac-erased");
        await activity.LogAsync(ActivityCategory.Pet, "feed");
        await activity.Summarize(30);
        await _engine.AdvanceAsync(TimeSpan.FromMinutes(1));
        await activity.Erase(Money.Root);

        Assert.Empty(await activity.NamesAsync(Lists.All));
        Assert.All((await activity.Summarize(30)).Categories, static one => Assert.Equal(0, one.Count));
        await _engine.AdvanceAsync(TimeSpan.FromMinutes(1));
        await _engine.CrashAsync();
        activity = _engine.Activity("ac-erased");
        await activity.LogAsync(ActivityCategory.Pet, "play");
        Assert.Equal(["play"], await activity.NamesAsync(Lists.All));
        Assert.NotNull(balance);
    }
}
