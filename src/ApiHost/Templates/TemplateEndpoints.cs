using Actors.ApiHost.Auth;
using Actors.ApiHost.Calls;
using Actors.ApiHost.Errors;
using Actors.ApiHost.Http;
using Actors.ApiHost.Operations;
using Actors.ApiHost.Operations.Switches;
using Actors.GrainInterfaces.Identity;
using Actors.GrainInterfaces.Operations;
using Actors.GrainInterfaces.Outcomes;
using Actors.GrainInterfaces.Templates;

namespace Actors.ApiHost.Templates;

internal static class TemplatesRoutes
{
    public static void MapTemplates(this IEndpointRouteBuilder routes)
    {
        routes.MapFeature<TemplateEndpoints>();
        routes.MapFeature<TemplateAdminEndpoints>();
    }
}

internal sealed class TemplateEndpoints(IGrainFactory grains) : IEndpoints
{
    private static readonly Refusal ModelRequired = HttpRefusals.InvalidRequest("modelId is required.");

    private static readonly Refusal InvalidUser = HttpRefusals.InvalidRequest(
        $"userId has 1 to {Identifier.MaxLength} characters A-Z a-z 0-9 _ -."
    );

    private static readonly string[] Texts =
    [
        "userName",
        "modelName",
        "currency",
        "mood",
        "tier",
        "customMessage",
        "time",
        "date",
    ];

    public void Map(IEndpointRouteBuilder routes)
    {
        var templates = routes.MapGroup("/api/v1/mood/template").WithTags("Templates").Switchable(Features.Templates);
        templates
            .Get("", Find, TemplateJson.Default.TemplateResponse)
            .WithSummary("The template that fits a model's mood best")
            .WithQuery("modelId", "Required.", typeof(string))
            .WithQuery("templateType", "Required.", typeof(TemplateType))
            .WithQuery("userTier", "Taken from the caller's profile unless given.", typeof(LoyaltyTier))
            .Refuses(
                HttpRefusals.InvalidRequestCode,
                TemplateRefusals.InvalidTemplateTypeCode,
                TemplateRefusals.InvalidTierCode,
                TemplateRefusals.TemplateNotFoundCode,
                IdentityRefusals.ModelNotFoundCode
            );
        MapRender(templates);
        templates
            .Post(
                "/{id}/outcome",
                RecordOutcome,
                TemplateJson.Default.OutcomeRequest,
                TemplateJson.Default.OutcomeResponse
            )
            .For(Roles.Service | Roles.Admin, Scopes.RenderTemplates)
            .WithSummary("Counts whether a message reached what it was for; answers 202, as counts are statistics")
            .WithExample("""{ "variant": null, "success": true }""")
            .WhenMistyped("variant", TemplateRefusals.InvalidVariant)
            .Refuses(TemplateRefusals.TemplateNotFoundCode, TemplateRefusals.InvalidVariantCode);
    }

    private void MapRender(RouteGroupBuilder templates)
    {
        var render = templates
            .Post("/render", Render, TemplateJson.Default.RenderRequest, TemplateJson.Default.RenderResponse)
            .Degrades()
            .For(Roles.Service | Roles.Admin, Scopes.RenderTemplates)
            .WithSummary("The best template with its variables replaced; every value is encoded as HTML text")
            .WithExample(
                """{ "modelId": "ana", "templateType": "greeting", "userTier": "gold", "userId": "bo", "variables": { "userName": "Bo" } }"""
            )
            .WhenMistyped("templateType", TemplateRefusals.InvalidTemplateType)
            .WhenMistyped("userTier", TemplateRefusals.InvalidTier)
            .WhenMistyped("userId", InvalidUser)
            .WhenMistyped("variables", TemplateRefusals.InvalidVariable("variables is an object."))
            .WhenMistyped("variables.amount", TemplateRefusals.InvalidVariable("amount is a number or a text."))
            .Refuses(
                TemplateRefusals.InvalidTemplateTypeCode,
                TemplateRefusals.InvalidTierCode,
                TemplateRefusals.InvalidVariableCode,
                TemplateRefusals.MissingVariableCode,
                TemplateRefusals.MessageTooLongCode,
                TemplateRefusals.TemplateNotFoundCode,
                IdentityRefusals.ModelNotFoundCode
            );
        foreach (var name in Texts)
        {
            render.WhenMistyped($"variables.{name}", TemplateRefusals.InvalidVariable($"{name} is a text."));
        }
    }

    private async ValueTask<Outcome<TemplateResponse>> Find(Call call)
    {
        var model = ModelOf(call.Query("modelId"));
        var type = call.Choice<TemplateType>("templateType", TemplateRefusals.InvalidTemplateType);
        var tier = call.Choice<LoyaltyTier>("userTier", TemplateRefusals.InvalidTier);
        if ((model.Refusal ?? type.Refusal ?? tier.Refusal) is { } refusal)
        {
            return refusal;
        }
        if (type.Value is not { } templateType)
        {
            return TemplateRefusals.InvalidTemplateType;
        }
        var query = new FindTemplate(model.Value, templateType, tier.Value, UserId.Parse(call.Caller.Id));
        var found = await Desk.Find(query);
        CountDegraded(found.Value?.Degraded);
        return found.Map(TemplateResponse.From);
    }

    private async ValueTask<Outcome<RenderResponse>> Render(Call call, RenderRequest body)
    {
        var model = ModelOf(body.ModelId);
        if (model.Refusal is { } refusal)
        {
            return refusal;
        }
        if (body.TemplateType is not { } type)
        {
            return TemplateRefusals.InvalidTemplateType;
        }
        UserId? user = UserId.TryParse(body.UserId, out var userId) ? userId : null;
        if (user is null && body.UserId is not null)
        {
            return InvalidUser;
        }
        var values = body.Variables?.ToValues() ?? new TemplateValues();
        var query = new RenderMessage(model.Value, type, body.UserTier, user, values);
        var rendered = await Desk.Render(query);
        CountDegraded(rendered.Value?.Degraded);
        return rendered.Map(RenderResponse.From);
    }

    private async ValueTask<Outcome<OutcomeResponse>> RecordOutcome(Call call, OutcomeRequest body)
    {
        if (body.Success is not { } success)
        {
            return HttpRefusals.InvalidRequest("success is true or false.");
        }
        var command = new RecordTemplateOutcome(call.Route("id") ?? "", body.Variant, success);
        var recorded = await Desk.RecordOutcome(command);
        call.Http.Response.StatusCode = StatusCodes.Status202Accepted;
        return recorded.Map(_ => new OutcomeResponse(command.TemplateId, command.Variant, success));
    }

    private ITemplateDeskGrain Desk => grains.GetGrain<ITemplateDeskGrain>(ITemplateDeskGrain.OnlyKey);

    private static void CountDegraded(bool? degraded)
    {
        if (degraded == true)
        {
            ApiMetrics.AnsweredDegraded(Features.Templates);
        }
    }

    /// <summary>An id that cannot exist is one that does not.</summary>
    private static Outcome<ModelId> ModelOf(string? text) =>
        text is null ? ModelRequired
        : ModelId.TryParse(text, out var id) ? id
        : IdentityRefusals.ModelNotFound;
}
