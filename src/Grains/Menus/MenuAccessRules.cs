using Actors.GrainInterfaces.Identity;
using Actors.GrainInterfaces.Menus;

namespace Actors.Grains.Menus;

/// <summary>How much of a menu somebody sees.</summary>
public enum MenuSight
{
    Nothing,

    /// <summary>What can be bought, if the user is subscribed to the model.</summary>
    OffersIfSubscribed,

    /// <summary>What can be bought.</summary>
    Offers,

    Whole,
}

public static class MenuAccessRules
{
    public static MenuSight SightOf(Menu menu, MenuReader reader) =>
        menu.ModelId is null ? MenuSight.Nothing
        : SeesWhole(menu, reader) ? MenuSight.Whole
        // A model's id may be a user's id as well, who is somebody else: no subscription and no whitelist counts for it.
        : reader.Role == ActorRole.User ? SightOf(menu, reader.Id)
        : !menu.Archived && menu.Settings.Visibility == MenuVisibility.Public ? MenuSight.Offers
        : MenuSight.Nothing;

    public static MenuSight SightOf(Menu menu, string userId)
    {
        if (menu.ModelId is null || menu.Archived)
        {
            return MenuSight.Nothing;
        }
        return menu.Settings.Visibility switch
        {
            MenuVisibility.Public => MenuSight.Offers,
            MenuVisibility.SubscribersOnly => MenuSight.OffersIfSubscribed,
            MenuVisibility.Private when IsWhitelisted(menu, userId) => MenuSight.Offers,
            _ => MenuSight.Nothing,
        };
    }

    private static bool SeesWhole(Menu menu, MenuReader reader) =>
        reader.Role is ActorRole.Admin or ActorRole.Service or ActorRole.System
        || (reader.Role == ActorRole.Model && reader.Id == menu.ModelId);

    private static bool IsWhitelisted(Menu menu, string userId) =>
        menu.Settings.Whitelist.AsSpan().BinarySearch(userId, StringComparer.Ordinal) >= 0;
}
