using Actors.ApiHost.Errors;
using Actors.ApiHost.Http;
using Actors.ApiHost.Operations.Switches;
using Actors.GrainInterfaces.Identity;
using Actors.GrainInterfaces.Operations;
using Actors.GrainInterfaces.Outcomes;
using Actors.GrainInterfaces.Performers;

namespace Actors.ApiHost.Performers;

internal static class PerformerRoutes
{
    public static void MapPerformers(this IEndpointRouteBuilder routes)
    {
        routes.MapFeature<PerformerEndpoints>();
        routes.MapFeature<PerformerAdminEndpoints>();
        routes.MapFeature<CalendarEndpoints>();
        routes.MapFeature<CalendarFeedEndpoints>();
    }
}

/// <summary>Performers and their free times, for those who may see them.</summary>
internal sealed class PerformerEndpoints(IGrainFactory grains, TimeProvider time) : IEndpoints
{
    public void Map(IEndpointRouteBuilder routes)
    {
        var performers = routes
            .MapGroup("/api/v1/performers")
            .WithTags("Private calls")
            .Switchable(Features.Bookings)
            .Refuses(HttpRefusals.NotFoundCode);
        performers
            .Get("", List, PerformerJson.Default.PerformerListResponse)
            .WithSummary("Performers who take private calls, by id; hidden from users whose age is not verified")
            .Paged();
        performers
            .Get("/{performerId}", Get, PerformerJson.Default.PerformerResponse)
            .WithSummary("One performer: what calls cost, how she is rated")
            .Refuses(PerformerRefusals.PerformerNotFoundCode);
        performers
            .Get("/{performerId}/slots", Slots, PerformerJson.Default.SlotListResponse)
            .WithSummary("When a call can be booked: only what is free now")
            .WithQuery("from", "A time with its zone, or a date by timeZone; now unless given.", typeof(string))
            .WithQuery(
                "to",
                $"The same, a date included; at most {PerformerLimits.MaxSlotDays} days later, a week unless given.",
                typeof(string)
            )
            .WithQuery("duration", "Minutes; the shortest call unless given.", typeof(int))
            .WithQuery("type", "video or audio; the first that is offered unless given.", typeof(string))
            .WithQuery("timeZone", "Of the local times; the caller's unless given.", typeof(string))
            .Refuses(
                PerformerRefusals.PerformerNotFoundCode,
                PerformerRefusals.InvalidDurationCode,
                PerformerRefusals.InvalidCallTypeCode,
                PerformerRefusals.InvalidTimeZoneCode,
                CommonRefusals.InvalidDateRangeCode
            );
    }

    private async ValueTask<Outcome<PerformerListResponse>> List(Call call)
    {
        var viewer = await CallViewer.OfAsync(grains, call);
        var page = call.Page();
        if ((viewer.Refusal ?? page.Refusal) is { } refusal)
        {
            return refusal;
        }
        var (found, pagination) = await grains.ReadPerformersAsync(new PerformerListFilter(), page.Value);
        return new PerformerListResponse(
            [.. found.Select(static performer => PerformerResponse.From(performer, null))],
            pagination,
            viewer.Value!.Upgrade
        );
    }

    private async ValueTask<Outcome<PerformerResponse>> Get(Call call)
    {
        var viewer = await CallViewer.OfAsync(grains, call);
        var performer = viewer.Refusal ?? (await FindAsync(call)).Map(static one => one);
        return performer.Map(one => PerformerResponse.From(one, viewer.Value!.Upgrade));
    }

    private async ValueTask<Outcome<SlotListResponse>> Slots(Call call)
    {
        var viewer = await CallViewer.OfAsync(grains, call);
        if (viewer.Refusal is not null)
        {
            return viewer.Refusal;
        }
        var performer = await FindAsync(call);
        if (performer.Refusal is not null)
        {
            return performer.Refusal;
        }
        var request = SlotRequest.Read(call, performer.Value!, viewer.Value!.User?.TimeZone, time.GetUtcNow());
        if (request.Refusal is not null)
        {
            return request.Refusal;
        }
        var (query, zone) = request.Value!;
        var slots = await Performer(performer.Value!.PerformerId).Slots(query);
        return slots.Map(found => new SlotListResponse(
            performer.Value!.PerformerId,
            query.Duration,
            query.Type,
            zone.Id,
            MoneyContract.From(found.Price),
            [.. found.Starts.Select(start => new SlotResponse(start, LocalTimes.Write(start, zone)))],
            viewer.Value.Upgrade
        ));
    }

    /// <summary>To users, one who is inactive is not there.</summary>
    private async ValueTask<Outcome<PerformerView>> FindAsync(Call call)
    {
        if (!ModelId.TryParse(call.Route("performerId"), out var id))
        {
            return PerformerRefusals.PerformerNotFound;
        }
        var found = await Performer(id.Value).Get();
        return found.Value is { Status: PerformerStatus.Inactive } ? PerformerRefusals.PerformerNotFound : found;
    }

    private IPerformerGrain Performer(string id) => grains.GetGrain<IPerformerGrain>(id);
}
