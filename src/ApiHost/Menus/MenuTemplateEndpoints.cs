using Actors.ApiHost.Auth;
using Actors.ApiHost.Http;
using Actors.ApiHost.Menus.Ready;
using Actors.ApiHost.Operations.Switches;
using Actors.GrainInterfaces.Identity;
using Actors.GrainInterfaces.Ledger;
using Actors.GrainInterfaces.Menus;
using Actors.GrainInterfaces.Operations;
using Actors.GrainInterfaces.Outcomes;

namespace Actors.ApiHost.Menus;

internal sealed class MenuTemplateEndpoints(IGrainFactory grains, MenuNames names) : IEndpoints
{
    private static readonly MenuTemplateListResponse All = new([
        .. MenuTemplates.All.Select(MenuTemplateResponse.From),
    ]);

    public void Map(IEndpointRouteBuilder routes)
    {
        var templates = routes
            .MapGroup("/menu")
            .WithTags("Menus")
            .For(Roles.Model | Roles.Admin)
            .Switchable(Features.Menus);
        templates
            .Get("/templates", List, MenuJson.Default.MenuTemplateListResponse)
            .WithSummary("The ready menus to start from");
        templates
            .Post(
                "/from-template/{name}",
                Create,
                MenuJson.Default.FromMenuTemplateRequest,
                MenuJson.Default.MenuResponse
            )
            .WithSummary("Makes a menu from quick-fun, private-energy or vip-experience, to be changed at will")
            .BodyOptional()
            .WithExample("""{ "idempotency_key": "my first menu" }""")
            .WhenMistyped("model_id", MenuRefusals.ModelRequired)
            .WhenMistyped("idempotency_key", LedgerRefusals.IdempotencyKeyRequired)
            .Refuses(
                MenuRefusals.MenuTemplateNotFoundCode,
                MenuRefusals.InvalidMenuCode,
                MenuRefusals.TooManyMenusCode,
                MenuRefusals.TooManyItemsCode,
                IdentityRefusals.ModelNotFoundCode,
                LedgerRefusals.IdempotencyKeyRequiredCode,
                LedgerRefusals.IdempotencyKeyReusedCode
            );
    }

    private ValueTask<Outcome<MenuTemplateListResponse>> List(Call call) => new(All);

    private async ValueTask<Outcome<MenuResponse>> Create(Call call, FromMenuTemplateRequest body)
    {
        if (MenuTemplates.Find(call.Route("name")) is not { } template)
        {
            return MenuRefusals.MenuTemplateNotFound;
        }
        var model = call.OwnerOf(body.ModelId);
        var id = names.NameNew(call, "menu", body.IdempotencyKey);
        if ((model.Refusal ?? id.Refusal) is { } refusal)
        {
            return refusal;
        }
        var command = new CreateMenu(call.Actor(), model.Value, template.Menu, template.Items);
        return (await grains.GetGrain<IMenuGrain>(id.Value!).Create(command)).Map(MenuResponse.From);
    }
}
