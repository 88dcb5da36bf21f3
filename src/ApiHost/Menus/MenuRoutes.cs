using Actors.ApiHost.Auth;
using Actors.ApiHost.Http;
using Actors.GrainInterfaces.Identity;
using Actors.GrainInterfaces.Menus;
using Actors.GrainInterfaces.Outcomes;

namespace Actors.ApiHost.Menus;

internal static class MenuRoutes
{
    private static readonly (string Member, Refusal Refusal)[] OfMenu =
    [
        ("name", MenuRefusals.InvalidMenuName),
        ("description", MenuRefusals.InvalidMenuDescription),
        ("queue_mode", MenuRefusals.InvalidQueueMode),
        ("visibility", MenuRefusals.InvalidVisibility),
        ("theme", MenuRefusals.InvalidTheme),
        ("whitelist_users", MenuRefusals.InvalidWhitelist),
        ("model_id", MenuRefusals.ModelRequired),
    ];

    private static readonly (string Member, Refusal Refusal)[] OfItem =
    [
        ("name", MenuRefusals.InvalidItemName),
        ("description", MenuRefusals.InvalidItemDescription),
        ("token_value", MenuRefusals.InvalidTokenValue),
        ("bonus_loyalty_points", MenuRefusals.InvalidBonusLoyaltyPoints),
        ("lovense_activation", MenuRefusals.InvalidDeviceActivation),
        ("is_active", MenuRefusals.InvalidIsActive),
        ("display_order", MenuRefusals.InvalidDisplayOrder),
        ("category", MenuRefusals.InvalidCategory),
        ("icon_url", MenuRefusals.InvalidIconUrl),
        ("max_daily_purchases", MenuRefusals.InvalidMaxDailyPurchases),
    ];

    public static void AddMenus(this IHostApplicationBuilder builder)
    {
        builder.Services.AddSingleton<IMenuIdSource, RandomMenuIds>();
        builder.Services.AddSingleton<MenuNames>();
    }

    public static void MapMenus(this IEndpointRouteBuilder routes)
    {
        routes.MapFeature<MenuEndpoints>();
        routes.MapFeature<MenuItemEndpoints>();
        routes.MapFeature<MenuTemplateEndpoints>();
    }

    public static IEndpointConventionBuilder TakesMenu(this IEndpointConventionBuilder route) =>
        route.Takes(OfMenu).Refuses(MenuRefusals.InvalidMenuCode);

    public static IEndpointConventionBuilder TakesItem(this IEndpointConventionBuilder route) =>
        route.Takes(OfItem).Refuses(MenuRefusals.InvalidItemCode);

    /// <summary>The menu that the path names; an id that cannot exist is one that does not.</summary>
    public static Outcome<string> Menu(this Call call) =>
        call.Route("menuId") is { } id && MenuIdentifier.IsValid(id) ? id : MenuRefusals.MenuNotFound;

    public static Outcome<string> Item(this Call call) =>
        call.Route("itemId") is { } id && MenuIdentifier.IsValid(id) ? id : MenuRefusals.ItemNotFound;

    /// <summary>Whose menu is made: a model's own, or whom an admin names.</summary>
    public static Outcome<ModelId> OwnerOf(this Call call, string? named)
    {
        if (call.Caller.Role == ActorRole.Model)
        {
            return named is null || named == call.Caller.Id ? ModelId.Parse(call.Caller.Id) : AuthRefusals.Forbidden;
        }
        return named is null ? MenuRefusals.ModelRequired
            : ModelId.TryParse(named, out var id) ? id
            : IdentityRefusals.ModelNotFound;
    }

    private static IEndpointConventionBuilder Takes(
        this IEndpointConventionBuilder route,
        (string Member, Refusal Refusal)[] members
    )
    {
        foreach (var (member, refusal) in members)
        {
            route.WhenMistyped(member, refusal);
        }
        return route;
    }
}
