using Actors.ApiHost.Auth;
using Actors.ApiHost.Errors;
using Actors.ApiHost.Http;
using Actors.ApiHost.Operations.Switches;
using Actors.GrainInterfaces.Moods;
using Actors.GrainInterfaces.Operations;
using Actors.GrainInterfaces.Outcomes;
using Actors.GrainInterfaces.Templates;

namespace Actors.ApiHost.Templates;

internal sealed class TemplateAdminEndpoints(IGrainFactory grains) : IEndpoints
{
    private const int ListedUnlessAsked = 100;

    private const string Example =
        """{ "moodState": "positive", "templateType": "greeting", "tierLevel": "gold", "content": "Hi {{userName}}!", "priority": 100, "active": true }""";

    private static readonly Refusal InvalidActive = HttpRefusals.InvalidRequest("active is true or false.");
    private static readonly Refusal InvalidVersion = HttpRefusals.InvalidRequest("version is a whole number.");

    private static readonly (string Member, string Rule)[] Members =
    [
        ("content", "content is a text."),
        ("priority", "priority is a whole number from 0 to 1000."),
        ("active", "active is true or false."),
        ("tags", "tags are texts."),
        ("variants", "variants have a name, a content and a whole number as weight."),
    ];

    private ITemplateCatalogGrain Catalog => grains.GetGrain<ITemplateCatalogGrain>(ITemplateCatalogGrain.OnlyKey);

    private ITemplateDeskGrain Desk => grains.GetGrain<ITemplateDeskGrain>(ITemplateDeskGrain.OnlyKey);

    public void Map(IEndpointRouteBuilder routes)
    {
        var admin = routes
            .MapGroup("/api/v1/admin/mood")
            .WithTags("Templates")
            .For(Roles.Admin)
            .Switchable(Features.Templates);
        TakesTemplate(
                admin.Post(
                    "/template",
                    Create,
                    TemplateAdminJson.Default.SaveTemplateRequest,
                    TemplateAdminJson.Default.SavedTemplateResponse
                )
            )
            .WithSummary("Adds a template; it is used from the next message on")
            .Refuses(TemplateRefusals.CatalogFullCode);
        TakesTemplate(
                admin.Put(
                    "/template/{id}",
                    Update,
                    TemplateAdminJson.Default.SaveTemplateRequest,
                    TemplateAdminJson.Default.SavedTemplateResponse
                )
            )
            .WithSummary("Makes a new version of a template; with version, only of that version")
            .WhenMistyped("version", InvalidVersion)
            .Refuses(TemplateRefusals.TemplateNotFoundCode, CommonRefusals.VersionConflictCode);
        admin
            .Get("/templates", List, TemplateAdminJson.Default.TemplateListResponse)
            .WithSummary("Templates with how often they were used and how well they did")
            .WithQuery("moodState", "Only of this mood.", typeof(MoodState))
            .WithQuery("active", "Only active ones, or only the others.", typeof(bool))
            .WithQuery("templateType", "Only of this type.", typeof(TemplateType))
            .WithQuery("tag", "Only with this tag.", typeof(string))
            .Paged(ListedUnlessAsked)
            .Refuses(
                HttpRefusals.InvalidRequestCode,
                MoodRefusals.InvalidMoodStateCode,
                TemplateRefusals.InvalidTemplateTypeCode
            );
        MapVersions(admin);
    }

    private void MapVersions(RouteGroupBuilder admin)
    {
        admin
            .Get("/template/{id}/versions", Versions, TemplateAdminJson.Default.TemplateVersionsResponse)
            .WithSummary("All versions of a template with author and time, newest first")
            .Paged()
            .Refuses(TemplateRefusals.TemplateNotFoundCode);
        admin
            .Post(
                "/template/{id}/rollback",
                Rollback,
                TemplateAdminJson.Default.RollbackRequest,
                TemplateAdminJson.Default.SavedTemplateResponse
            )
            .WithSummary("Makes a new version that is equal to an earlier one")
            .WithExample("""{ "version": 1 }""")
            .WhenMistyped("version", InvalidVersion)
            .Refuses(TemplateRefusals.TemplateNotFoundCode, CommonRefusals.VersionNotFoundCode);
    }

    /// <summary>What both ways to save a template have in common.</summary>
    private static IEndpointConventionBuilder TakesTemplate(IEndpointConventionBuilder route)
    {
        foreach (var (member, rule) in Members)
        {
            route.WhenMistyped(member, TemplateRefusals.InvalidTemplate(rule));
        }
        return route
            .WithExample(Example)
            .WhenMistyped("moodState", MoodRefusals.InvalidMoodState)
            .WhenMistyped("templateType", TemplateRefusals.InvalidTemplateType)
            .WhenMistyped("tierLevel", TemplateRefusals.InvalidTier)
            .Refuses(
                MoodRefusals.InvalidMoodStateCode,
                TemplateRefusals.InvalidTemplateTypeCode,
                TemplateRefusals.InvalidTierCode,
                TemplateRefusals.InvalidTemplateCode
            );
    }

    private async ValueTask<Outcome<SavedTemplateResponse>> Create(Call call, SaveTemplateRequest body)
    {
        var draft = DraftOf(body);
        return draft.Refusal is { } refusal
            ? refusal
            : (await Catalog.Create(new CreateTemplate(call.Actor(), draft.Value!))).Map(SavedTemplateResponse.From);
    }

    private async ValueTask<Outcome<SavedTemplateResponse>> Update(Call call, SaveTemplateRequest body)
    {
        var draft = DraftOf(body);
        if (draft.Refusal is { } refusal)
        {
            return refusal;
        }
        var command = new UpdateTemplate(call.Actor(), IdOf(call), draft.Value!, body.Version);
        return (await Catalog.Update(command)).Map(SavedTemplateResponse.From);
    }

    private async ValueTask<Outcome<SavedTemplateResponse>> Rollback(Call call, RollbackRequest body)
    {
        if (body.Version is not { } version)
        {
            return InvalidVersion;
        }
        var command = new RollBackTemplate(call.Actor(), IdOf(call), version);
        return (await Catalog.Rollback(command)).Map(SavedTemplateResponse.From);
    }

    private async ValueTask<Outcome<TemplateListResponse>> List(Call call)
    {
        var mood = call.Choice<MoodState>("moodState", MoodRefusals.InvalidMoodState);
        var type = call.Choice<TemplateType>("templateType", TemplateRefusals.InvalidTemplateType);
        var active = ActiveOf(call);
        var page = call.Page(ListedUnlessAsked);
        if ((mood.Refusal ?? type.Refusal ?? active.Refusal ?? page.Refusal) is { } refusal)
        {
            return refusal;
        }
        var (limit, offset) = page.Value;
        var query = new ListTemplates(limit, offset, mood.Value, active.Value, type.Value, call.Query("tag"));
        var report = await Desk.Report(query);
        return new TemplateListResponse([.. report.Rows.Select(ListedTemplate.From)], report.Total, limit, offset);
    }

    private async ValueTask<Outcome<TemplateVersionsResponse>> Versions(Call call)
    {
        var page = call.Page();
        if (page.Refusal is { } refusal)
        {
            return refusal;
        }
        var (limit, offset) = page.Value;
        var versions = await Catalog.Versions(IdOf(call), limit, offset);
        return versions.Map(found => new TemplateVersionsResponse(
            [.. found.Versions.Select(TemplateVersionEntry.From)],
            found.Total,
            limit,
            offset
        ));
    }

    private static string IdOf(Call call) => call.Route("id") ?? "";

    private static Outcome<TemplateDraft> DraftOf(SaveTemplateRequest body) =>
        body.MoodState is not { } mood ? MoodRefusals.InvalidMoodState
        : body.TemplateType is not { } type ? TemplateRefusals.InvalidTemplateType
        : body.ToDraft(mood, type);

    private static Outcome<bool?> ActiveOf(Call call) =>
        call.Http.Request.Query["active"].ToArray() switch
        {
            [] => (bool?)null,
            ["true"] => (bool?)true,
            ["false"] => (bool?)false,
            _ => InvalidActive,
        };
}
