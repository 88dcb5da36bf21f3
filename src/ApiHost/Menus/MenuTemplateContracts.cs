using System.Text.Json;
using System.Text.Json.Serialization;
using Actors.ApiHost.Http;
using Actors.ApiHost.Menus.Ready;
using Actors.GrainInterfaces.Menus;

namespace Actors.ApiHost.Menus;

/// <param name="Template">The name to make a menu from it by.</param>
internal sealed record MenuTemplateResponse(
    string Template,
    string Name,
    string? Description,
    [property: JsonConverter(typeof(StrictEnumConverter<QueueMode>))] QueueMode QueueMode,
    [property: JsonConverter(typeof(StrictEnumConverter<MenuVisibility>))] MenuVisibility Visibility,
    JsonElement? Theme,
    IReadOnlyList<MenuTemplateItem> MenuItems
)
{
    public static MenuTemplateResponse From(MenuTemplate template) =>
        new(
            template.Name,
            template.Menu.Name!,
            template.Menu.Description.Value,
            template.Menu.QueueMode!.Value,
            template.Menu.Visibility!.Value,
            ThemeJson.Of(template.Menu.Theme.Value),
            [.. template.Items.Select(MenuTemplateItem.From)]
        );
}

internal sealed record MenuTemplateItem(
    string Name,
    string? Description,
    long TokenValue,
    long BonusLoyaltyPoints,
    LovenseActivation? LovenseActivation,
    int DisplayOrder,
    string? Category,
    int? MaxDailyPurchases
)
{
    public static MenuTemplateItem From(MenuItemDraft item) =>
        new(
            item.Name!,
            item.Description.Value,
            item.TokenValue!.Value,
            item.BonusLoyaltyPoints!.Value,
            item.Device.Value is { } device ? LovenseActivation.From(device) : null,
            item.DisplayOrder!.Value,
            item.Category.Value,
            item.MaxDailyPurchases.Value
        );
}
