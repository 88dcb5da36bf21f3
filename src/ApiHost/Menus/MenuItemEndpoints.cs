using Actors.ApiHost.Auth;
using Actors.ApiHost.Http;
using Actors.ApiHost.Operations.Switches;
using Actors.GrainInterfaces.Ledger;
using Actors.GrainInterfaces.Menus;
using Actors.GrainInterfaces.Operations;
using Actors.GrainInterfaces.Outcomes;

namespace Actors.ApiHost.Menus;

internal sealed class MenuItemEndpoints(IGrainFactory grains, MenuNames names) : IEndpoints
{
    private const string Example =
        """{ "name": "Song request", "token_value": 40, "bonus_loyalty_points": 20, "lovense_activation": { "timing_offset": 0, "duration": 5, "intensity": 6, "pattern": "pulse" }, "display_order": 1, "category": "music", "max_daily_purchases": 10 }""";

    public void Map(IEndpointRouteBuilder routes)
    {
        var items = routes
            .MapGroup("/menu/{menuId}/items")
            .WithTags("Menus")
            .For(Roles.Model | Roles.Admin)
            .Switchable(Features.Menus);
        items
            .Post("", Add, MenuJson.Default.AddMenuItemRequest, MenuJson.Default.MenuItemResponse)
            .TakesItem()
            .WithSummary("Adds an item; sent again with the same idempotency key it is the same item")
            .WithExample(Example)
            .WhenMistyped("idempotency_key", LedgerRefusals.IdempotencyKeyRequired)
            .Refuses(
                MenuRefusals.MenuNotFoundCode,
                MenuRefusals.MenuArchivedCode,
                MenuRefusals.ItemNotFoundCode,
                MenuRefusals.TooManyItemsCode,
                LedgerRefusals.IdempotencyKeyRequiredCode,
                LedgerRefusals.IdempotencyKeyReusedCode
            );
        items
            .Put("/{itemId}", Change, MenuJson.Default.ChangeMenuItemRequest, MenuJson.Default.MenuItemResponse)
            .TakesItem()
            .WithSummary("Sets what is given of an item; a price holds for later purchases, null takes away")
            .WithExample("""{ "token_value": 45, "max_daily_purchases": null }""")
            .Refuses(MenuRefusals.MenuNotFoundCode, MenuRefusals.MenuArchivedCode, MenuRefusals.ItemNotFoundCode);
        items
            .Delete("/{itemId}", Remove, MenuJson.Default.MenuItemResponse)
            .WithSummary("Takes an item away; purchases made keep what they saw")
            .Refuses(MenuRefusals.MenuNotFoundCode, MenuRefusals.MenuArchivedCode, MenuRefusals.ItemNotFoundCode);
    }

    private async ValueTask<Outcome<MenuItemResponse>> Add(Call call, AddMenuItemRequest body)
    {
        var menu = call.Menu();
        if (menu.Refusal is { } unknown)
        {
            return unknown;
        }
        var id = names.NameNew(call, menu.Value!, body.IdempotencyKey);
        if (id.Refusal is { } refusal)
        {
            return refusal;
        }
        var command = new AddMenuItem(call.Actor(), id.Value!, body.ToDraft());
        return (await Menu(menu.Value!).AddItem(command)).Map(MenuItemResponse.From);
    }

    private async ValueTask<Outcome<MenuItemResponse>> Change(Call call, ChangeMenuItemRequest body)
    {
        var (menu, item) = (call.Menu(), call.Item());
        if ((menu.Refusal ?? item.Refusal) is { } refusal)
        {
            return refusal;
        }
        var command = new ChangeMenuItem(call.Actor(), item.Value!, body.ToDraft());
        return (await Menu(menu.Value!).ChangeItem(command)).Map(MenuItemResponse.From);
    }

    private async ValueTask<Outcome<MenuItemResponse>> Remove(Call call)
    {
        var (menu, item) = (call.Menu(), call.Item());
        if ((menu.Refusal ?? item.Refusal) is { } refusal)
        {
            return refusal;
        }
        var command = new RemoveMenuItem(call.Actor(), item.Value!);
        return (await Menu(menu.Value!).RemoveItem(command)).Map(MenuItemResponse.From);
    }

    private IMenuGrain Menu(string id) => grains.GetGrain<IMenuGrain>(id);
}
