using Actors.ApiHost.Auth;
using Actors.ApiHost.Http;
using Actors.ApiHost.Operations.Switches;
using Actors.GrainInterfaces.Identity;
using Actors.GrainInterfaces.Operations;
using Actors.GrainInterfaces.Outcomes;
using Actors.GrainInterfaces.Performers;

namespace Actors.ApiHost.Performers;

/// <summary>Admins make performers, change and remove them.</summary>
internal sealed class PerformerAdminEndpoints(IGrainFactory grains) : IEndpoints
{
    private const string Example = """
        {
          "performerId": "ana",
          "displayName": "Ana",
          "timeZone": "America/Bogota",
          "weekly": { "monday": [{ "from": "09:00", "to": "24:00" }] },
          "callTypes": ["video", "audio"],
          "durations": [30, 60],
          "basePrice": 100,
          "bufferBefore": 5,
          "bufferAfter": 10,
          "status": "active"
        }
        """;

    private static readonly (string Member, Refusal Refusal)[] Members =
    [
        ("performerId", PerformerRefusals.InvalidPerformerId),
        ("displayName", IdentityRefusals.InvalidProfile("displayName has 1 to 64 printable characters.")),
        ("timeZone", PerformerRefusals.InvalidTimeZone),
        ("weekly", PerformerRefusals.InvalidHours),
        ("callTypes", PerformerRefusals.InvalidCallType),
        ("durations", PerformerRefusals.InvalidDuration),
        ("maxDuration", PerformerRefusals.InvalidDuration),
        ("basePrice", PerformerRefusals.InvalidPrice),
        ("prices", PerformerRefusals.InvalidPrice),
        ("bufferBefore", PerformerRefusals.InvalidBuffer),
        ("bufferAfter", PerformerRefusals.InvalidBuffer),
        ("status", PerformerRefusals.InvalidPerformerStatus),
        ("noticeMinutes", PerformerRefusals.InvalidNotice),
        ("horizonDays", PerformerRefusals.InvalidHorizon),
        ("policy", PerformerRefusals.InvalidPolicy),
    ];

    public void Map(IEndpointRouteBuilder routes)
    {
        var performers = routes
            .MapGroup("/api/v1/admin/performers")
            .WithTags("Private calls")
            .For(Roles.Admin)
            .Switchable(Features.Bookings);
        performers
            .Get("", List, PerformerJson.Default.PerformerAdminListResponse)
            .WithSummary("All performers, by id")
            .WithQuery("status", "active, paused or inactive; all unless given.", typeof(string))
            .Paged()
            .Refuses(PerformerRefusals.InvalidPerformerStatusCode);
        Sets(
                performers.Post(
                    "",
                    Make,
                    PerformerJson.Default.SetPerformerRequest,
                    PerformerJson.Default.PerformerAdminResponse
                )
            )
            .Creates()
            .WithSummary(
                "Makes a model a performer, registering her if need be; again, it changes what is given and answers 200"
            )
            .WithExample(Example)
            .Refuses(
                IdentityRefusals.WrongRoleCode,
                IdentityRefusals.PersonErasedCode,
                IdentityRefusals.ModelNotFoundCode
            );
        performers
            .Get("/{performerId}", Get, PerformerJson.Default.PerformerAdminResponse)
            .WithSummary("One performer with all settings")
            .Refuses(PerformerRefusals.PerformerNotFoundCode);
        foreach (var method in new[] { "PATCH", "PUT" })
        {
            Sets(MapChange(performers, method))
                .WithSummary("Changes what is given of a performer")
                .WithExample("""{ "basePrice": { "currency": "USD", "amount": 2500 }, "status": "paused" }""")
                .Refuses(PerformerRefusals.PerformerNotFoundCode);
        }
        performers
            .Delete("/{performerId}", Remove, PerformerJson.Default.RemovedPerformerResponse)
            .WithSummary("Takes a performer away; once somebody booked her she stays on record, inactive for good")
            .Refuses(PerformerRefusals.PerformerNotFoundCode);
        performers
            .Post("/{performerId}/reopen", Reopen, PerformerJson.Default.PerformerAdminResponse)
            .WithSummary("Opens a calendar that no-shows have paused; they count no longer")
            .Refuses(PerformerRefusals.PerformerNotFoundCode);
    }

    private IEndpointConventionBuilder MapChange(RouteGroupBuilder performers, string method)
    {
        var (body, answer) = (PerformerJson.Default.SetPerformerRequest, PerformerJson.Default.PerformerAdminResponse);
        return method == "PUT"
            ? performers.Put("/{performerId}", Set, body, answer)
            : performers.Patch("/{performerId}", Change, body, answer);
    }

    private static IEndpointConventionBuilder Sets(IEndpointConventionBuilder route)
    {
        foreach (var (member, refusal) in Members)
        {
            route.WhenMistyped(member, refusal).Refuses(refusal.Code);
        }
        return route.Refuses(PerformerRefusals.PerformerRemovedCode);
    }

    private async ValueTask<Outcome<PerformerAdminListResponse>> List(Call call)
    {
        var page = call.Page();
        var status = call.Choice<PerformerStatus>("status", PerformerRefusals.InvalidPerformerStatus);
        if ((page.Refusal ?? status.Refusal) is { } refusal)
        {
            return refusal;
        }
        var filter = new PerformerListFilter(status.Value, Inactive: true);
        var (found, pagination) = await grains.ReadPerformersAsync(filter, page.Value);
        return new PerformerAdminListResponse([.. found.Select(PerformerAdminResponse.From)], pagination);
    }

    private async ValueTask<Outcome<PerformerAdminResponse>> Make(Call call, SetPerformerRequest body)
    {
        if (!ModelId.TryParse(body.PerformerId, out var id))
        {
            return PerformerRefusals.InvalidPerformerId;
        }
        var command = body.Read(call.Actor());
        if (command.Refusal is not null)
        {
            return command.Refusal;
        }
        var isNew = (await Performer(id.Value).Get()).Refusal is not null;
        var made = (await Performer(id.Value).Set(command.Value!)).Map(PerformerAdminResponse.From);
        return isNew ? made.Map(call.Created) : made;
    }

    private async ValueTask<Outcome<PerformerAdminResponse>> Get(Call call) =>
        Find(call) is { } performer
            ? (await performer.Get()).Map(PerformerAdminResponse.From)
            : PerformerRefusals.PerformerNotFound;

    /// <summary>The same by its other name: what is not given stays.</summary>
    private ValueTask<Outcome<PerformerAdminResponse>> Set(Call call, SetPerformerRequest body) => Change(call, body);

    private async ValueTask<Outcome<PerformerAdminResponse>> Change(Call call, SetPerformerRequest body)
    {
        var command = body.Read(call.Actor());
        if (Find(call) is not { } performer || (await performer.Get()).Refusal is not null)
        {
            return PerformerRefusals.PerformerNotFound;
        }
        return command.Refusal is not null
            ? command.Refusal
            : (await performer.Set(command.Value!)).Map(PerformerAdminResponse.From);
    }

    private async ValueTask<Outcome<RemovedPerformerResponse>> Remove(Call call) =>
        Find(call) is { } performer
            ? (await performer.Remove(call.Actor())).Map(static gone => new RemovedPerformerResponse(
                gone.PerformerId,
                gone.ForGood
            ))
            : PerformerRefusals.PerformerNotFound;

    private async ValueTask<Outcome<PerformerAdminResponse>> Reopen(Call call) =>
        Find(call) is { } performer
            ? (await performer.Reopen(call.Actor())).Map(PerformerAdminResponse.From)
            : PerformerRefusals.PerformerNotFound;

    private IPerformerGrain? Find(Call call) =>
        ModelId.TryParse(call.Route("performerId"), out var id) ? Performer(id.Value) : null;

    private IPerformerGrain Performer(string id) => grains.GetGrain<IPerformerGrain>(id);
}
