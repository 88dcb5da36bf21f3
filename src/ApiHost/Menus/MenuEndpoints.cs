using Actors.ApiHost.Auth;
using Actors.ApiHost.Http;
using Actors.ApiHost.Operations.Switches;
using Actors.GrainInterfaces.Identity;
using Actors.GrainInterfaces.Ledger;
using Actors.GrainInterfaces.Menus;
using Actors.GrainInterfaces.Operations;
using Actors.GrainInterfaces.Outcomes;

namespace Actors.ApiHost.Menus;

internal sealed class MenuEndpoints(IGrainFactory grains, MenuNames names) : IEndpoints
{
    private const string Example =
        """{ "name": "Friday night", "description": "For the weekend", "queue_mode": "OFF", "visibility": "public", "theme": "bright" }""";

    public void Map(IEndpointRouteBuilder routes)
    {
        var menus = routes.MapGroup("/menu").WithTags("Menus").Switchable(Features.Menus);
        menus
            .Get("/{menuId}", Get, MenuJson.Default.MenuResponse)
            .WithSummary("A menu; one that the caller may not see does not exist")
            .Refuses(MenuRefusals.MenuNotFoundCode);
        menus
            .Get("/model/{modelId}", List, MenuJson.Default.MenuListResponse)
            .WithSummary("A model's active menus that the caller may see, in the order in which they were made")
            .Refuses(IdentityRefusals.ModelNotFoundCode);
        menus
            .Post("", Create, MenuJson.Default.CreateMenuRequest, MenuJson.Default.MenuResponse)
            .For(Roles.Model | Roles.Admin)
            .TakesMenu()
            .WithSummary("Makes a menu; sent again with the same idempotency key it is the same menu")
            .WithExample(Example)
            .WhenMistyped("idempotency_key", LedgerRefusals.IdempotencyKeyRequired)
            .Refuses(
                IdentityRefusals.ModelNotFoundCode,
                MenuRefusals.TooManyMenusCode,
                LedgerRefusals.IdempotencyKeyRequiredCode,
                LedgerRefusals.IdempotencyKeyReusedCode
            );
        menus
            .Put("/{menuId}", Change, MenuJson.Default.ChangeMenuRequest, MenuJson.Default.MenuResponse)
            .For(Roles.Model | Roles.Admin)
            .TakesMenu()
            .WithSummary("Sets what is given of a menu; null takes a description or a theme away")
            .WithExample("""{ "queue_mode": "ON", "theme": null }""")
            .Refuses(MenuRefusals.MenuNotFoundCode, MenuRefusals.MenuArchivedCode);
        menus
            .Delete("/{menuId}", Archive, MenuJson.Default.MenuResponse)
            .For(Roles.Model | Roles.Admin)
            .WithSummary("Archives a menu: nobody else sees it or buys from it any more")
            .Refuses(MenuRefusals.MenuNotFoundCode);
    }

    private async ValueTask<Outcome<MenuResponse>> Get(Call call)
    {
        var menu = call.Menu();
        return menu.Refusal is { } refusal
            ? refusal
            : (await Menu(menu.Value!).Get(ReaderOf(call))).Map(MenuResponse.From);
    }

    private async ValueTask<Outcome<MenuListResponse>> List(Call call)
    {
        var model = call.Model();
        if (model.Refusal is { } refusal)
        {
            return refusal;
        }
        var menus = await grains.MenusOfAsync(model.Value, ReaderOf(call));
        return menus.Map(static found => new MenuListResponse([.. found.Select(MenuResponse.From)]));
    }

    private async ValueTask<Outcome<MenuResponse>> Create(Call call, CreateMenuRequest body)
    {
        var model = call.OwnerOf(body.ModelId);
        var id = names.NameNew(call, "menu", body.IdempotencyKey);
        if ((model.Refusal ?? id.Refusal) is { } refusal)
        {
            return refusal;
        }
        var command = new CreateMenu(call.Actor(), model.Value, body.ToDraft(), Array.Empty<MenuItemDraft>());
        return (await Menu(id.Value!).Create(command)).Map(MenuResponse.From);
    }

    private async ValueTask<Outcome<MenuResponse>> Change(Call call, ChangeMenuRequest body)
    {
        var menu = call.Menu();
        return menu.Refusal is { } refusal
            ? refusal
            : (await Menu(menu.Value!).Change(new ChangeMenu(call.Actor(), body.ToDraft()))).Map(MenuResponse.From);
    }

    private async ValueTask<Outcome<MenuResponse>> Archive(Call call)
    {
        var menu = call.Menu();
        return menu.Refusal is { } refusal
            ? refusal
            : (await Menu(menu.Value!).Archive(call.Actor())).Map(MenuResponse.From);
    }

    private static MenuReader ReaderOf(Call call) => new(call.Caller.Role, call.Caller.Id);

    private IMenuGrain Menu(string id) => grains.GetGrain<IMenuGrain>(id);
}
