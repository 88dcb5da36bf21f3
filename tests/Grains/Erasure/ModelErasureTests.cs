using Actors.GrainInterfaces.Conversations;
using Actors.GrainInterfaces.Durability;
using Actors.GrainInterfaces.Erasure;
using Actors.GrainInterfaces.Identity;
using Actors.GrainInterfaces.Ledger;
using Actors.GrainInterfaces.Menus;
using Actors.GrainInterfaces.Moods;
using Actors.GrainInterfaces.Notifications;
using Actors.GrainInterfaces.Purchases;
using Actors.GrainInterfaces.Queues;
using Actors.GrainInterfaces.Wallets;
using Actors.Grains.Sealing;
using Actors.TestKit;
using static Actors.Grains.Tests.Wallets.Money;

namespace Actors.Grains.Tests.Erasure;

/// <summary>A model is erased, on one machine and on a cluster: nothing of what she published is left, and nothing of others is touched.</summary>
[Trait("Spec", "AC-2")]
public sealed class ModelErasureTests(GrainEngineFixture fixture) : IClassFixture<GrainEngineFixture>
{
    private readonly IGrainEngine _engine = fixture.Engine;

    [Fact]
    public async Task Of_what_a_model_published_nothing_is_left_also_after_a_crash_and_buyers_keep_what_they_bought()
    {
        const string model = "gone-model";
        const string user = "gone-buyer";
        await LiveAsync(model);
        var (menu, item) = await MakeMenuAsync(model);
        var balance = await _engine.WithTokensAsync(user, 100);
        Assert.Null((await Purchaser(user).Purchase(new PurchaseItem(menu, item, Key("buy")))).Refusal);
        Assert.Null((await balance.Tip(Tip(model, 30, "tip", "for you"))).Refusal);
        await _engine.EventuallyHoldsAsync(model, 80);
        Assert.Equal(ErasureRefusals.TokensLeftCode, CodeOf(await BeginAsync(model)));
        Assert.Null((await _engine.Wallet(model).PayOut(new PayOut(Root, Of(80), "all", Key("out")))).Refusal);

        Assert.Null((await BeginAsync(model)).Refusal);
        await EndedAsync(model);
        await _engine.CrashAsync();

        Assert.Equal(IdentityRefusals.ModelNotFoundCode, CodeOf(await Profile(model).Get()));
        Assert.Equal(IdentityRefusals.ModelNotFoundCode, CodeOf(await Mood(model).Get()));
        var reader = new MenuReader(ActorRole.Admin, "root");
        Assert.Equal(MenuRefusals.MenuNotFoundCode, CodeOf(await Menu(menu).Get(reader)));
        Assert.Equal(MenuRefusals.MenuNotFoundCode, CodeOf(await Menu(menu).Quote(user, item)));
        Assert.DoesNotContain(await _engine.Grains.ListModelsAsync(null, 1_000), one => one.ModelId == model);
        var bought = Assert.Single((await Purchaser(user).History(10, 0, PurchaseFilter.None)).Purchases);
        Assert.Equal("Song", bought.ItemName);
        var statement = await _engine.Balance(user).Statement(null, 10, new StatementFilter());
        Assert.Contains(statement.Movements, static one => one.Cause == "for you");
        Assert.True((await _engine.ProveAsync()).Conserved);
    }

    [Fact]
    public async Task Whoever_has_something_waiting_in_her_queue_is_served_first()
    {
        const string model = "queued-model";
        await _engine.RegisterAsync(model);
        var queue = _engine.Grains.GetGrain<IQueueGrain>(model);
        var place = (await queue.Reserve("wave", "somebody")).Value!;
        var id = PurchaseId.Of(1, 1);
        var at = _engine.Time.GetUtcNow();
        await queue.Enqueue(
            new Delivery("buyer/queued-model", 1),
            new QueuedPurchase(id, "somebody", "wave", "Wave", Of(40), place.Ticket, at)
        );

        var refused = (await BeginAsync(model)).Refusal!;

        Assert.Equal(
            (ErasureRefusals.TokensLeftCode, 0L, 40L),
            (refused.Code, refused.Figures!["available"], refused.Figures["held"])
        );
        var reject = new RejectEntry(new Actor(ActorRole.Model, model), id, "leaving", Key("reject"));
        Assert.Null((await queue.Reject(reject)).Refusal);
        Assert.Null((await BeginAsync(model)).Refusal);
        await EndedAsync(model);
    }

    [Fact]
    public async Task What_users_said_with_tokens_is_theirs_and_goes_with_them()
    {
        const string model = "tipped-model";
        const string user = "tipping-user";
        await _engine.RegisterAsync(model);
        var balance = await _engine.WithTokensAsync(user, 30);
        Assert.Null((await balance.Tip(Tip(model, 30, "tip", "thank you"))).Refusal);
        await _engine.EventuallyHoldsAsync(model, 30);
        await _engine.EventuallyAsync(
            () => Inbox(model).List(10, 0),
            static page => page.Notifications.Any(one => one.Text.EndsWith(": thank you", StringComparison.Ordinal))
        );
        Assert.Equal("thank you", await CauseAsync(model));

        Assert.Null((await Erasure(user).Begin(Root, PersonKind.User)).Refusal);
        await EndedAsync(user);

        // On a cluster other silos know the key for a moment longer.
        await _engine.AdvanceAsync(2 * KeyCache.Generation);
        await _engine.EventuallyAsync(() => CauseAsync(model), static cause => cause is null);
        await _engine.EventuallyAsync(
            () => Inbox(model).List(10, 0),
            static page => page.Notifications is [{ Facts.Note: null }]
        );
        var told = Assert.Single((await Inbox(model).List(10, 0)).Notifications);
        Assert.Equal($"{ShownIds.PseudonymOf(user)} tipped you 30 tokens.", told.Text);
        Assert.Equal((ShownIds.PseudonymOf(user), null), (told.Facts!.Person, told.Facts.Note));
        var page = await _engine.Wallet(model).Statement(null, 10, new StatementFilter());
        var shown = Assert.Single(await _engine.Grains.ShowAsync(model, page.Movements));
        Assert.Equal($"balance/{ShownIds.PseudonymOf(user)}", shown.From);
        Assert.DoesNotContain(user, shown.Transfer, StringComparison.Ordinal);
        Assert.Equal($"wallet/{model}", shown.To);
    }

    private async Task LiveAsync(string model)
    {
        await _engine.RegisterAsync(model);
        var actor = new Actor(ActorRole.Model, model);
        Assert.Null((await Profile(model).AcceptMoodTerms(actor)).Refusal);
        Assert.Null((await Mood(model).Update(new UpdateMood(actor, MoodState.Positive, "so happy"))).Refusal);
        Assert.Equal("so happy", (await Mood(model).Get()).Value!.CustomMessage);
        var talk = ConversationId.WithModel(ModelId.Parse(model), UserId.Parse("gone-buyer")).ToString();
        Assert.Null(
            (
                await _engine
                    .Grains.GetGrain<IConversationGrain>(talk)
                    .Send(new SendMessage(MessageSender.User, "hello"))
            ).Refusal
        );
        Assert.Contains(
            await _engine.EventuallyAsync(
                () => _engine.Grains.ListModelsAsync(null, 1_000),
                models => models.Any(one => one.ModelId == model)
            ),
            one => one == new ModelListing(model, model)
        );
    }

    private async Task<(string Menu, string Item)> MakeMenuAsync(string model)
    {
        var id = Menus.MenuScenes.IdOf(model);
        var made = await Menu(id)
            .Create(
                new CreateMenu(
                    new Actor(ActorRole.Model, model),
                    ModelId.Parse(model),
                    new MenuDraft("Fun"),
                    [Menus.MenuScenes.Plain()]
                )
            );
        return (id, made.Value!.Items[0].ItemId);
    }

    private async Task<string?> CauseAsync(string model) =>
        Assert.Single((await _engine.Wallet(model).Statement(null, 10, new StatementFilter())).Movements).Cause;

    private Task<GrainInterfaces.Outcomes.Outcome<ErasureView>> BeginAsync(string model) =>
        Erasure(model).Begin(Root, PersonKind.Model);

    private Task EndedAsync(string person) =>
        _engine.EventuallyAsync(async () => (await Erasure(person).Get()).Value?.EndedAt is not null);

    private IErasureGrain Erasure(string person) => _engine.Grains.GetGrain<IErasureGrain>(person);

    private IModelProfileGrain Profile(string model) => _engine.Grains.GetGrain<IModelProfileGrain>(model);

    private IMoodGrain Mood(string model) => _engine.Grains.GetGrain<IMoodGrain>(model);

    private IMenuGrain Menu(string menu) => _engine.Grains.GetGrain<IMenuGrain>(menu);

    private IPurchaserGrain Purchaser(string user) => _engine.Grains.GetGrain<IPurchaserGrain>(user);

    private INotificationInboxGrain Inbox(string person) => _engine.Grains.GetGrain<INotificationInboxGrain>(person);
}
