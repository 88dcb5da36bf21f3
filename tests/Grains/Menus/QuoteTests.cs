using Actors.GrainInterfaces.Identity;
using Actors.GrainInterfaces.Ledger;
using Actors.GrainInterfaces.Menus;
using Actors.Grains.Menus;
using Actors.Grains.Tests.Wallets;
using Actors.TestKit;
using static Actors.Grains.Tests.Menus.MenuScenes;

namespace Actors.Grains.Tests.Menus;

[Trait("Spec", "PM-4")]
public sealed class QuoteTests(GrainEngineFixture fixture) : IClassFixture<GrainEngineFixture>
{
    private readonly IGrainEngine _engine = fixture.Engine;

    [Fact]
    public async Task A_quote_holds_all_that_a_purchase_needs_to_know()
    {
        var (menuId, itemId) = await MakeAsync("quoted", new MenuDraft("Fun", QueueMode: QueueMode.On), Full);

        Assert.Equal(
            new ItemQuote("quoted", menuId, 1, itemId, "Song", Tokens.Of(50), 30, true, 10, Pulse, QuoteLeases.Length),
            (await Menu(menuId).Quote("bo", itemId)).Value
        );
    }

    [Fact]
    public async Task A_new_price_holds_from_its_version_on()
    {
        var (menuId, itemId) = await MakeAsync("priced", new MenuDraft("Fun"), Full);
        var before = (await Menu(menuId).Quote("bo", itemId)).Value!;

        await Menu(menuId).ChangeItem(new ChangeMenuItem(Root, itemId, new MenuItemDraft(TokenValue: 75)));

        var after = (await Menu(menuId).Quote("bo", itemId)).Value!;
        Assert.Equal((50L, 1L), (before.Price.Count, before.MenuVersion));
        Assert.Equal((75L, 2L), (after.Price.Count, after.MenuVersion));
    }

    [Fact]
    public async Task A_price_that_was_promised_before_a_crash_holds_for_its_second_and_a_change_waits_no_longer()
    {
        var (menuId, itemId) = await MakeAsync("crashed", new MenuDraft("Fun"), Full);
        Assert.Equal(QuoteLeases.Length, (await Menu(menuId).Quote("bo", itemId)).Value!.GoodFor);
        var promised = _engine.Time.GetTimestamp();
        await _engine.CrashAsync();

        var changed = await Menu(menuId)
            .ChangeItem(new ChangeMenuItem(Root, itemId, new MenuItemDraft(TokenValue: 75)));

        Assert.Null(changed.Refusal);
        Assert.InRange(_engine.Time.GetElapsedTime(promised), QuoteLeases.Length, TimeSpan.FromMinutes(1));
    }

    [Fact]
    public async Task An_item_is_refused_with_its_reason()
    {
        var (menuId, itemId) = await MakeAsync("reasons", new MenuDraft("Fun"), Full with { IsActive = false });

        Assert.Equal(MenuRefusals.ItemInactive, (await Menu(menuId).Quote("bo", itemId)).Refusal);
        Assert.Equal(MenuRefusals.ItemNotFound, (await Menu(menuId).Quote("bo", ItemId)).Refusal);
        await Menu(menuId).RemoveItem(new RemoveMenuItem(Root, itemId));
        Assert.Equal(MenuRefusals.ItemNotFound, (await Menu(menuId).Quote("bo", itemId)).Refusal);
        Assert.Equal(MenuRefusals.MenuNotFound, (await Menu(IdOf("no such")).Quote("bo", itemId)).Refusal);
    }

    [Fact]
    public async Task Of_a_menu_that_is_not_for_the_user_nothing_is_told_about_any_item()
    {
        var draft = new MenuDraft("Fun", Visibility: MenuVisibility.Private, WhitelistUsers: new[] { "bo" });
        var (menuId, active) = await MakeAsync(
            "secret",
            draft,
            Full,
            Plain("off") with
            {
                IsActive = false,
                DisplayOrder = 2,
            }
        );
        var inactive = (await Menu(menuId).Get(new MenuReader(ActorRole.Admin, "root"))).Value!.Items[1].ItemId;
        string[] items = [active, inactive, ItemId];
        Assert.Null((await Menu(menuId).Quote("bo", active)).Refusal);
        await AssertNothingAsync("cy");

        await Menu(menuId).Change(new ChangeMenu(Root, new MenuDraft(Visibility: MenuVisibility.SubscribersOnly)));
        await AssertNothingAsync("bo");
        await _engine.IntroduceAsync("bo");
        await _engine
            .Grains.GetGrain<ISubscriptionsGrain>("bo")
            .Set(new SetSubscription(Root, ModelId.Parse("secret"), _engine.Time.GetUtcNow().AddDays(1)));
        Assert.Null((await Menu(menuId).Quote("bo", active)).Refusal);

        await Menu(menuId).Archive(Root);
        await AssertNothingAsync("bo");

        async Task AssertNothingAsync(string user)
        {
            foreach (var item in items)
            {
                Assert.Equal(MenuRefusals.MenuNotFound, (await Menu(menuId).Quote(user, item)).Refusal);
            }
        }
    }

    [Theory]
    [InlineData(MenuVisibility.Public)]
    [InlineData(MenuVisibility.Private)]
    public void Finding_a_quote_allocates_nothing(MenuVisibility visibility)
    {
        var menu = Made(new MenuDraft("Fun", Visibility: visibility, WhitelistUsers: ["bo", "cy", "di"]), Full);
        var (face, itemId) = (new MenuFace(MenuId, menu), menu.Items[0].ItemId);
        Find(1_000);
        var before = GC.GetAllocatedBytesForCurrentThread();

        Find(10_000);

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);

        void Find(int times)
        {
            for (var time = 0; time < times; time++)
            {
                Assert.True(MenuAccessRules.SightOf(menu, "cy") == MenuSight.Offers);
                Assert.True(face.Quote(itemId).Value is not null);
            }
        }
    }

    private async Task<(string MenuId, string ItemId)> MakeAsync(
        string model,
        MenuDraft draft,
        params MenuItemDraft[] items
    )
    {
        await _engine.Grains.GetGrain<IModelProfileGrain>(model).Register(new RegisterModel(Root, model));
        var made = await Menu(IdOf("quote " + model)).Create(new CreateMenu(Root, ModelId.Parse(model), draft, items));
        Assert.Null(made.Refusal);
        return (made.Value!.MenuId, made.Value.Items[0].ItemId);
    }

    private IMenuGrain Menu(string id) => _engine.Grains.GetGrain<IMenuGrain>(id);
}
