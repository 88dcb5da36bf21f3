using Actors.GrainInterfaces.Identity;
using Actors.GrainInterfaces.Ledger;
using Actors.GrainInterfaces.Menus;
using Actors.Grains.Menus;
using static Actors.Grains.Tests.Menus.MenuScenes;

namespace Actors.Grains.Tests.Menus;

[Trait("Spec", "PM-1")]
public sealed class MenuRulesTests
{
    public static readonly TheoryData<Actor> Strangers =
    [
        new Actor(ActorRole.Model, "bea"),
        new Actor(ActorRole.User, "ana"),
        new Actor(ActorRole.Service, "ana"),
    ];

    [Fact]
    public void A_new_menu_is_public_and_immediate_unless_told_otherwise()
    {
        var menu = Made(new MenuDraft("Fun"));

        Assert.Equal(
            ("ana", "Fun", QueueMode.Off, MenuVisibility.Public, 1L),
            (menu.ModelId, menu.Settings.Name, menu.Settings.QueueMode, menu.Settings.Visibility, menu.Version)
        );
        Assert.Equal((Noon, Noon), (menu.CreatedAt, menu.UpdatedAt));
    }

    [Fact]
    public void The_same_menu_made_again_is_the_same_and_another_under_its_id_is_refused()
    {
        var draft = new MenuDraft("Fun", "All of it", WhitelistUsers: ["cy", "bo"]);
        var menu = Made(draft, Full);
        var again = Making(draft with { WhitelistUsers = ["bo", "cy", "bo"] }, Full) with
        {
            Actor = Ana with { Address = "198.51.100.7", UserAgent = "another phone" },
        };

        var repeat = MenuRules.Decide(menu, MenuId, again, Noon.AddDays(1), Usual);

        Assert.Null(repeat.Refusal);
        Assert.Null(repeat.Value);
        CreateMenu[] others =
        [
            Making(draft with { Name = "Other" }, Full),
            Making(draft),
            Making(draft, Full with { TokenValue = 51 }),
            again with
            {
                Actor = Root,
            },
        ];
        Assert.All(
            others,
            other =>
                Assert.Equal(
                    LedgerRefusals.IdempotencyKeyReusedCode,
                    MenuRules.Decide(menu, MenuId, other, Noon, Usual).Refusal?.Code
                )
        );
    }

    [Fact]
    public void A_repeat_is_still_known_after_the_menu_has_changed()
    {
        var menu = Made(new MenuDraft("Fun"), Full);
        menu = After(menu, MenuRules.Decide(menu, new ChangeMenu(Ana, new MenuDraft("Now called so")), Noon));

        var repeat = MenuRules.Decide(menu, MenuId, Making(new MenuDraft("Fun"), Full), Noon, Usual);

        Assert.Null(repeat.Refusal);
        Assert.Null(repeat.Value);
    }

    [Fact]
    public void The_items_of_a_new_menu_have_ids_that_follow_from_its_own()
    {
        var (one, two) = (Made(null, Plain("a"), Plain("b")), Made(null, Plain("a"), Plain("b")));

        Assert.Equal(one.Items.Select(static item => item.ItemId), two.Items.Select(static item => item.ItemId));
        Assert.All(one.Items, static item => Assert.True(MenuIdentifier.IsValid(item.ItemId)));
        Assert.NotEqual(one.Items[0].ItemId, one.Items[1].ItemId);
    }

    [Theory]
    [InlineData("")]
    [InlineData("507f1f77bcf86cd79943901")]
    [InlineData("507F1F77BCF86CD799439011")]
    [InlineData("507f1f77bcf86cd7994390111")]
    [InlineData("507f1f77bcf86cd79943901g")]
    public void A_menu_is_not_made_under_an_id_of_another_shape(string id) =>
        Assert.Equal(
            MenuRefusals.MenuNotFoundCode,
            MenuRules.Decide(Menu.None, id, Making(), Noon, Usual).Refusal?.Code
        );

    [Theory]
    [MemberData(nameof(Strangers))]
    public void For_anybody_but_its_model_and_admins_the_menu_does_not_exist(Actor stranger)
    {
        var menu = Made(null, Full);
        var itemId = menu.Items[0].ItemId;
        string?[] codes =
        [
            MenuRules.Decide(Menu.None, MenuId, Making() with { Actor = stranger }, Noon, Usual).Refusal?.Code,
            MenuRules.Decide(menu, new ChangeMenu(stranger, new MenuDraft("Mine")), Noon).Refusal?.Code,
            // Nor does a draft or an item that would be refused tell that it is there.
            MenuRules.Decide(menu, new ChangeMenu(stranger, new MenuDraft("")), Noon).Refusal?.Code,
            MenuRules.DecideArchive(menu, stranger, Noon).Refusal?.Code,
            MenuRules.Decide(menu, new AddMenuItem(stranger, ItemId, Full), Noon, Usual).Refusal?.Code,
            MenuRules.Decide(menu, new ChangeMenuItem(stranger, itemId, Plain()), Noon, Usual).Refusal?.Code,
            MenuRules.Decide(menu, new ChangeMenuItem(stranger, ItemId, Plain()), Noon, Usual).Refusal?.Code,
            MenuRules.Decide(menu, new RemoveMenuItem(stranger, itemId), Noon).Refusal?.Code,
        ];

        Assert.All(codes, static code => Assert.Equal(MenuRefusals.MenuNotFoundCode, code));
    }

    [Fact]
    public void A_menu_that_was_never_made_is_not_found_whoever_asks()
    {
        Assert.Equal(
            MenuRefusals.MenuNotFoundCode,
            MenuRules.Decide(Menu.None, new ChangeMenu(Root, new MenuDraft("x")), Noon).Refusal?.Code
        );
        Assert.Equal(MenuRefusals.MenuNotFoundCode, MenuRules.DecideArchive(Menu.None, Root, Noon).Refusal?.Code);
        Assert.Equal(
            MenuRefusals.MenuNotFoundCode,
            MenuRules.Decide(Menu.None, new AddMenuItem(Root, ItemId, Full), Noon, Usual).Refusal?.Code
        );
    }

    [Fact]
    public void Every_change_is_a_version_and_what_changes_nothing_is_none()
    {
        var menu = Made(new MenuDraft("Fun", "Text", WhitelistUsers: ["bo"]), Full);
        var later = Noon.AddHours(1);
        var itemId = menu.Items[0].ItemId;
        Assert.Null(MenuRules.Decide(menu, new ChangeMenu(Ana, new MenuDraft("Fun", "Text")), later).Value);
        Assert.Null(MenuRules.Decide(menu, new ChangeMenu(Ana, new MenuDraft(WhitelistUsers: ["bo"])), later).Value);
        Assert.Null(MenuRules.Decide(menu, new ChangeMenuItem(Ana, itemId, Full), later, Usual).Value);

        var priced = After(
            menu,
            MenuRules.Decide(menu, new ChangeMenuItem(Ana, itemId, Plain(tokens: 60)), later, Usual)
        );

        Assert.Equal((2L, later, Noon), (priced.Version, priced.UpdatedAt, priced.CreatedAt));
        Assert.Equal((60L, 2L), (priced.Items[0].Content.TokenValue, priced.Items[0].Version));
        Assert.Equal((later, Noon), (priced.Items[0].UpdatedAt, priced.Items[0].CreatedAt));
        Assert.Equal(30, priced.Items[0].Content.BonusLoyaltyPoints);
    }

    [Fact]
    public void An_archived_menu_stays_as_it_is()
    {
        var menu = Made(null, Full);
        menu = After(menu, MenuRules.DecideArchive(menu, Ana, Noon));
        Assert.Null(MenuRules.DecideArchive(menu, Ana, Noon).Value);
        string?[] codes =
        [
            MenuRules.Decide(menu, new ChangeMenu(Ana, new MenuDraft("x")), Noon).Refusal?.Code,
            MenuRules.Decide(menu, new AddMenuItem(Ana, ItemId, Full), Noon, Usual).Refusal?.Code,
            MenuRules.Decide(menu, new ChangeMenuItem(Root, menu.Items[0].ItemId, Plain()), Noon, Usual).Refusal?.Code,
            MenuRules.Decide(menu, new RemoveMenuItem(Root, menu.Items[0].ItemId), Noon).Refusal?.Code,
        ];

        Assert.All(codes, static code => Assert.Equal(MenuRefusals.MenuArchivedCode, code));
    }

    [Fact]
    public void An_item_added_again_is_the_same_also_after_a_change_and_is_not_added_again_after_its_removal()
    {
        var adding = new AddMenuItem(Ana, ItemId, Full);
        var menu = Made();
        menu = After(menu, MenuRules.Decide(menu, adding, Noon, Usual));
        menu = After(menu, MenuRules.Decide(menu, new ChangeMenuItem(Ana, ItemId, Plain("Other")), Noon, Usual));
        Assert.Null(MenuRules.Decide(menu, adding, Noon, Usual).Refusal);
        Assert.Null(MenuRules.Decide(menu, adding, Noon, Usual).Value);
        Assert.Equal(
            LedgerRefusals.IdempotencyKeyReusedCode,
            MenuRules.Decide(menu, adding with { Draft = Plain() }, Noon, Usual).Refusal?.Code
        );

        menu = After(menu, MenuRules.Decide(menu, new RemoveMenuItem(Ana, ItemId), Noon));

        Assert.Empty(menu.Items);
        Assert.Equal(MenuRefusals.ItemNotFoundCode, MenuRules.Decide(menu, adding, Noon, Usual).Refusal?.Code);
        Assert.Equal(
            MenuRefusals.ItemNotFoundCode,
            MenuRules.Decide(menu, new RemoveMenuItem(Ana, ItemId), Noon).Refusal?.Code
        );
    }

    [Fact]
    public void A_menu_has_a_hundred_items_and_not_one_more()
    {
        var menu = Made(null, [.. Enumerable.Range(1, 99).Select(static number => Plain($"Item {number}"))]);
        var oneMore = new AddMenuItem(Ana, ItemId, Plain());
        menu = After(menu, MenuRules.Decide(menu, oneMore, Noon, Usual));

        Assert.Equal(100, menu.Items.Length);
        Assert.Equal(
            MenuRefusals.TooManyItemsCode,
            MenuRules.Decide(menu, oneMore with { ItemId = MenuId }, Noon, Usual).Refusal?.Code
        );
        // A repeat of what is there is not one more.
        Assert.Null(MenuRules.Decide(menu, oneMore, Noon, Usual).Refusal);
        var atOnce = Making(null, [.. Enumerable.Range(1, 101).Select(static number => Plain($"Item {number}"))]);
        Assert.Equal(
            MenuRefusals.TooManyItemsCode,
            MenuRules.Decide(Menu.None, MenuId, atOnce, Noon, Usual).Refusal?.Code
        );
    }

    [Fact]
    public void Removed_items_are_remembered_within_bounds()
    {
        var menu = Made();
        for (var number = 0; number <= MenuRules.RemovedItemsKept; number++)
        {
            menu = MenuRules.Evolve(menu, new MenuItemRemoved(Noon, Ana, IdOf($"removed {number}")));
        }

        Assert.Equal(MenuRules.RemovedItemsKept, menu.RemovedItems.Length);
        Assert.Equal(IdOf("removed 1"), menu.RemovedItems[0]);
    }
}
