using Actors.GrainInterfaces.Identity;
using Actors.GrainInterfaces.Menus;
using Actors.Grains.Tests.Wallets;
using Actors.TestKit;
using static Actors.Grains.Tests.Menus.MenuScenes;

namespace Actors.Grains.Tests.Menus;

[Trait("Spec", "PM-1")]
public sealed class MenuGrainTests(GrainEngineFixture fixture) : IClassFixture<GrainEngineFixture>
{
    private readonly IGrainEngine _engine = fixture.Engine;

    [Fact]
    public async Task A_menu_reads_the_same_after_its_grain_has_gone_and_after_a_crash()
    {
        var menuId = await MakeAsync("whole", new MenuDraft("Fun", "Text", QueueMode.On, Theme: "gold"), Full);
        await Menu(menuId).AddItem(new AddMenuItem(Root, ItemId, Plain("Second")));
        await Menu(menuId).RemoveItem(new RemoveMenuItem(Root, ItemId));
        var before = (
            await Menu(menuId).Change(new ChangeMenu(Root, new MenuDraft(Description: (string?)null)))
        ).Value!;
        Assert.Equal((4L, 1, (string?)null), (before.Version, before.Items.Count, before.Description));

        await _engine.DeactivateAllAsync();
        AssertSame(before, (await ReadAsync(menuId)).Value!);
        await _engine.CrashAsync();
        AssertSame(before, (await ReadAsync(menuId)).Value!);
    }

    [Fact]
    public async Task A_menu_that_is_long_enough_for_a_snapshot_reads_the_same()
    {
        string[] users = [.. Enumerable.Range(0, 200).Select(static number => $"user-{number}")];
        var items = Enumerable
            .Range(0, 40)
            .Select(number => Full with { Name = $"Item {number}", Description = new string('d', 500) });
        var draft = new MenuDraft("Long", Visibility: MenuVisibility.Private, WhitelistUsers: users);
        var menuId = await MakeAsync("long", draft, [.. items]);
        await Menu(menuId).AddItem(new AddMenuItem(Root, ItemId, Plain("Removed")));
        await Menu(menuId).RemoveItem(new RemoveMenuItem(Root, ItemId));
        var before = (await ReadAsync(menuId)).Value!;

        await _engine.DeactivateAllAsync();

        AssertSame(before, (await ReadAsync(menuId)).Value!);
        Assert.Null((await Menu(menuId).Get(new MenuReader(ActorRole.User, "user-199"))).Refusal);
        var again = await Menu(menuId).AddItem(new AddMenuItem(Root, ItemId, Plain("Removed")));
        Assert.Equal(MenuRefusals.ItemNotFoundCode, again.Refusal?.Code);
        await MakeAsync("long", draft, [.. items]);
    }

    [Fact]
    public async Task A_menu_needs_a_model_that_is_registered()
    {
        var command = new CreateMenu(
            Root,
            ModelId.Parse("unregistered"),
            new MenuDraft("Fun"),
            Array.Empty<MenuItemDraft>()
        );

        var refusal = (await Menu(IdOf("unregistered")).Create(command)).Refusal;

        Assert.Equal(IdentityRefusals.ModelNotFoundCode, refusal?.Code);
        Assert.Empty((await Shelf("unregistered").List()).MenuIds);
    }

    [Fact]
    public async Task Made_twice_at_once_it_is_one_menu_in_one_place()
    {
        await RegisterAsync("twice");
        var command = new CreateMenu(Root, ModelId.Parse("twice"), new MenuDraft("Fun"), new[] { Full });

        var made = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Menu(IdOf("twice")).Create(command)));
        await _engine.CrashAsync();
        var repeat = await Menu(IdOf("twice")).Create(command);

        Assert.All(made, outcome => Assert.Equal(1, outcome.Value!.Version));
        AssertSame(made[0].Value!, repeat.Value!);
        Assert.Equal([IdOf("twice")], (await Shelf("twice").List()).MenuIds);
    }

    [Fact]
    public async Task A_refused_menu_takes_no_place()
    {
        await RegisterAsync("careless");
        var command = new CreateMenu(Root, ModelId.Parse("careless"), new MenuDraft(""), Array.Empty<MenuItemDraft>());

        Assert.Equal(MenuRefusals.InvalidMenuCode, (await Menu(IdOf("careless")).Create(command)).Refusal?.Code);
        Assert.Empty((await Shelf("careless").List()).MenuIds);
    }

    [Fact]
    public async Task A_model_has_50_menus_and_not_one_more_however_many_are_made_at_once()
    {
        await RegisterAsync("busy");

        var made = await Task.WhenAll(Enumerable.Range(0, 60).Select(number => TryAsync($"busy {number}")));

        Assert.Equal(50, made.Count(static outcome => outcome.Refusal is null));
        Assert.All(
            made.Where(static outcome => outcome.Refusal is not null),
            static outcome => Assert.Equal(MenuRefusals.TooManyMenusCode, outcome.Refusal!.Code)
        );
        await _engine.CrashAsync();
        await _engine.AdvanceAsync(TimeSpan.FromHours(1));
        await _engine.DeactivateAllAsync();
        var shelf = await Shelf("busy").List();
        Assert.Equal(50, shelf.MenuIds.Count);
        Assert.Equal(MenuRefusals.TooManyMenusCode, (await TryAsync("busy again")).Refusal?.Code);

        await Menu(shelf.MenuIds[7]).Archive(Root);

        await _engine.EventuallyAsync(async () => (await Shelf("busy").List()).ArchivedMenuIds.Count == 1);
        Assert.Null((await TryAsync("busy again")).Refusal);

        Task<GrainInterfaces.Outcomes.Outcome<MenuView>> TryAsync(string name) =>
            Menu(IdOf(name))
                .Create(new CreateMenu(Root, ModelId.Parse("busy"), new MenuDraft(name), Array.Empty<MenuItemDraft>()));
    }

    [Fact]
    public async Task A_menu_that_was_made_keeps_its_place_through_a_crash_and_an_hour()
    {
        var menuId = await MakeAsync("placed", new MenuDraft("Fun"));
        await _engine.CrashAsync();
        await _engine.AdvanceAsync(TimeSpan.FromHours(1));

        await _engine.EventuallyAsync(async () =>
            (await _engine.Grains.MenusOfAsync(ModelId.Parse("placed"), new MenuReader(ActorRole.User, "bo"))).Value
                is [{ } only]
            && only.MenuId == menuId
        );
        await MakeAsync("placed", new MenuDraft("Second"), "placed second");

        Assert.Equal([menuId, IdOf("placed second")], (await Shelf("placed").List()).MenuIds);
    }

    [Fact]
    public async Task Items_come_in_display_order_and_users_see_the_active_ones_only()
    {
        var menuId = await MakeAsync(
            "ordered",
            new MenuDraft("Fun", Visibility: MenuVisibility.Private, WhitelistUsers: new[] { "bo" }),
            Plain("c") with
            {
                DisplayOrder = 5,
            },
            Plain("hidden") with
            {
                DisplayOrder = 3,
                IsActive = false,
            },
            Plain("a") with
            {
                DisplayOrder = 1,
            },
            Plain("d") with
            {
                DisplayOrder = 5,
            }
        );

        var whole = (await Menu(menuId).Get(new MenuReader(ActorRole.Model, "ordered"))).Value!;
        var offers = (await Menu(menuId).Get(new MenuReader(ActorRole.User, "bo"))).Value!;

        Assert.Equal(["a", "hidden", "c", "d"], whole.Items.Select(static item => item.Name));
        Assert.Equal(["a", "c", "d"], offers.Items.Select(static item => item.Name));
        Assert.Equal(["bo"], whole.WhitelistUsers);
        Assert.Null(offers.WhitelistUsers);
    }

    [Fact, Trait("Spec", "PM-3")]
    public async Task Subscribers_see_the_menu_until_their_subscription_ends()
    {
        var menuId = await MakeAsync("adored", new MenuDraft("Fun", Visibility: MenuVisibility.SubscribersOnly), Full);
        var fan = new MenuReader(ActorRole.User, "fan");
        Assert.Equal(MenuRefusals.MenuNotFound, (await Menu(menuId).Get(fan)).Refusal);
        var until = _engine.Time.GetUtcNow().AddMinutes(30);
        await _engine.IntroduceAsync("fan");
        await _engine
            .Grains.GetGrain<ISubscriptionsGrain>("fan")
            .Set(new SetSubscription(Root, ModelId.Parse("adored"), until));
        Assert.Null((await Menu(menuId).Get(fan)).Refusal);
        Assert.Equal(MenuRefusals.MenuNotFound, (await Menu(menuId).Get(fan with { Role = ActorRole.Model })).Refusal);

        await _engine.AdvanceAsync(TimeSpan.FromMinutes(30));

        Assert.Equal(MenuRefusals.MenuNotFound, (await Menu(menuId).Get(fan)).Refusal);
    }

    [Fact]
    public async Task Of_two_items_added_under_one_id_at_once_there_is_one()
    {
        var menuId = await MakeAsync("hasty", new MenuDraft("Fun"));

        var added = await Task.WhenAll(
            Enumerable.Range(0, 5).Select(_ => Menu(menuId).AddItem(new AddMenuItem(Root, ItemId, Full)))
        );

        Assert.All(added, outcome => Assert.Equal(added[0].Value, outcome.Value));
        Assert.Equal(2, (await ReadAsync(menuId)).Value!.Version);
    }

    [Fact]
    public async Task A_removed_item_is_answered_as_it_was()
    {
        var menuId = await MakeAsync("tidy", new MenuDraft("Fun"), Full);
        var item = (await ReadAsync(menuId)).Value!.Items[0];

        Assert.Equal(item, (await Menu(menuId).RemoveItem(new RemoveMenuItem(Root, item.ItemId))).Value);
        Assert.Empty((await ReadAsync(menuId)).Value!.Items);
    }

    /// <summary>Lists compare by reference, so they are compared on their own.</summary>
    private static void AssertSame(MenuView expected, MenuView actual)
    {
        Assert.Equal(expected.Items, actual.Items);
        Assert.Equal(expected.WhitelistUsers, actual.WhitelistUsers);
        Assert.Equal(expected, actual with { Items = expected.Items, WhitelistUsers = expected.WhitelistUsers });
    }

    private ValueTask<GrainInterfaces.Outcomes.Outcome<MenuView>> ReadAsync(string menuId) =>
        Menu(menuId).Get(new MenuReader(ActorRole.Admin, "root"));

    private Task<string> MakeAsync(string model, MenuDraft draft, params MenuItemDraft[] items) =>
        MakeAsync(model, draft, model, items);

    private async Task<string> MakeAsync(string model, MenuDraft draft, string name, params MenuItemDraft[] items)
    {
        await RegisterAsync(model);
        var made = await Menu(IdOf(name)).Create(new CreateMenu(Root, ModelId.Parse(model), draft, items));
        Assert.Null(made.Refusal);
        return made.Value!.MenuId;
    }

    private async Task RegisterAsync(string model) =>
        await _engine.Grains.GetGrain<IModelProfileGrain>(model).Register(new RegisterModel(Root, model));

    private IMenuGrain Menu(string id) => _engine.Grains.GetGrain<IMenuGrain>(id);

    private IMenuShelfGrain Shelf(string model) => _engine.Grains.GetGrain<IMenuShelfGrain>(model);
}
