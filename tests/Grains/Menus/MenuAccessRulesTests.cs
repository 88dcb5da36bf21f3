using Actors.GrainInterfaces.Identity;
using Actors.GrainInterfaces.Menus;
using Actors.Grains.Menus;
using static Actors.Grains.Tests.Menus.MenuScenes;

namespace Actors.Grains.Tests.Menus;

[Trait("Spec", "PM-3")]
public sealed class MenuAccessRulesTests
{
    [Theory]
    [InlineData(MenuVisibility.Public, ActorRole.User, "bo", MenuSight.Offers)]
    [InlineData(MenuVisibility.Public, ActorRole.Model, "bea", MenuSight.Offers)]
    [InlineData(MenuVisibility.SubscribersOnly, ActorRole.User, "bo", MenuSight.OffersIfSubscribed)]
    [InlineData(MenuVisibility.SubscribersOnly, ActorRole.User, "ana", MenuSight.OffersIfSubscribed)]
    [InlineData(MenuVisibility.SubscribersOnly, ActorRole.Model, "bea", MenuSight.Nothing)]
    [InlineData(MenuVisibility.Private, ActorRole.User, "bo", MenuSight.Offers)]
    [InlineData(MenuVisibility.Private, ActorRole.User, "BO", MenuSight.Nothing)]
    [InlineData(MenuVisibility.Private, ActorRole.User, "cy", MenuSight.Nothing)]
    [InlineData(MenuVisibility.Private, ActorRole.Model, "bo", MenuSight.Nothing)]
    [InlineData(MenuVisibility.Private, ActorRole.Model, "ana", MenuSight.Whole)]
    [InlineData(MenuVisibility.Private, ActorRole.Admin, "root", MenuSight.Whole)]
    [InlineData(MenuVisibility.Private, ActorRole.Service, "messages", MenuSight.Whole)]
    public void Who_sees_what_of_a_menu(MenuVisibility visibility, ActorRole role, string id, MenuSight sight) =>
        Assert.Equal(sight, MenuAccessRules.SightOf(Menu(visibility), new MenuReader(role, id)));

    [Theory]
    [InlineData(ActorRole.User, "bo", MenuSight.Nothing)]
    [InlineData(ActorRole.Model, "bea", MenuSight.Nothing)]
    [InlineData(ActorRole.Model, "ana", MenuSight.Whole)]
    [InlineData(ActorRole.Admin, "root", MenuSight.Whole)]
    [InlineData(ActorRole.Service, "messages", MenuSight.Whole)]
    public void An_archived_menu_is_seen_by_its_model_admins_and_services(ActorRole role, string id, MenuSight sight)
    {
        foreach (var visibility in Enum.GetValues<MenuVisibility>())
        {
            var archived = Menu(visibility) with { Archived = true };
            Assert.Equal(sight, MenuAccessRules.SightOf(archived, new MenuReader(role, id)));
        }
    }

    [Theory]
    [InlineData(MenuVisibility.Public, "bo", MenuSight.Offers)]
    [InlineData(MenuVisibility.SubscribersOnly, "bo", MenuSight.OffersIfSubscribed)]
    [InlineData(MenuVisibility.Private, "bo", MenuSight.Offers)]
    [InlineData(MenuVisibility.Private, "cy", MenuSight.Nothing)]
    public void What_a_user_may_buy_is_what_the_user_sees(MenuVisibility visibility, string user, MenuSight sight)
    {
        Assert.Equal(sight, MenuAccessRules.SightOf(Menu(visibility), user));
        Assert.Equal(MenuSight.Nothing, MenuAccessRules.SightOf(Menu(visibility) with { Archived = true }, user));
    }

    [Theory]
    [InlineData(ActorRole.User)]
    [InlineData(ActorRole.Model)]
    [InlineData(ActorRole.Admin)]
    [InlineData(ActorRole.Service)]
    public void A_menu_that_was_never_made_is_seen_by_nobody(ActorRole role) =>
        Assert.Equal(MenuSight.Nothing, MenuAccessRules.SightOf(Grains.Menus.Menu.None, new MenuReader(role, "ana")));

    [Fact]
    public void Everybody_on_a_long_whitelist_is_found_on_it()
    {
        string[] users = [.. Enumerable.Range(0, 1_000).Select(static number => $"User_{number % 7}-{number}")];
        var menu = Made(new MenuDraft("Fun", Visibility: MenuVisibility.Private, WhitelistUsers: users));

        Assert.All(users, user => Assert.Equal(MenuSight.Offers, MenuAccessRules.SightOf(menu, user)));
        Assert.Equal(MenuSight.Nothing, MenuAccessRules.SightOf(menu, "User_0-1"));
    }

    private static Menu Menu(MenuVisibility visibility) =>
        Made(new MenuDraft("Fun", Visibility: visibility, WhitelistUsers: ["bo"]));
}
