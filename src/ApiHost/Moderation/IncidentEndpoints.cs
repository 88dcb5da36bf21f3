using System.Globalization;
using System.Text.Json.Serialization;
using Actors.ApiHost.Auth;
using Actors.ApiHost.Errors;
using Actors.ApiHost.Http;
using Actors.ApiHost.Operations.Switches;
using Actors.GrainInterfaces.Identity;
using Actors.GrainInterfaces.Moderation;
using Actors.GrainInterfaces.Operations;
using Actors.GrainInterfaces.Outcomes;

namespace Actors.ApiHost.Moderation;

internal static class ModerationRoutes
{
    public static void MapModeration(this IEndpointRouteBuilder routes) => routes.MapFeature<IncidentEndpoints>();
}

internal sealed class IncidentEndpoints(IGrainFactory grains) : IEndpoints
{
    private static readonly Refusal InvalidFilter = HttpRefusals.InvalidRequest(
        "open is true or false, person an id; or absent."
    );

    public void Map(IEndpointRouteBuilder routes)
    {
        var incidents = routes
            .MapGroup("/api/v1/admin/incidents")
            .WithTags("Moderation")
            .For(Roles.Admin)
            .Switchable(Features.Bookings);
        incidents
            .Get("", List, ModerationJson.Default.IncidentListResponse)
            .WithSummary("What was reported of calls, newest first: who, whom, when and under which heading")
            .WithQuery("open", "Only those that are open, or only those that are closed.", typeof(bool))
            .WithQuery("person", "Only those that this person reported or was reported in.", typeof(string))
            .Paged()
            .Refuses(HttpRefusals.InvalidRequestCode);
        incidents
            .Post(
                "/{incidentId}/close",
                Close,
                ModerationJson.Default.CloseIncidentRequest,
                ModerationJson.Default.IncidentResponse
            )
            .WithSummary("Closes an incident with a note of what was done")
            .WithExample("""{ "note": "Talked to both; the account was warned." }""")
            .WhenMistyped("note", ModerationRefusals.InvalidNote)
            .Refuses(
                ModerationRefusals.IncidentNotFoundCode,
                ModerationRefusals.IncidentClosedCode,
                ModerationRefusals.InvalidNoteCode
            );
    }

    private async ValueTask<Outcome<IncidentListResponse>> List(Call call)
    {
        var page = call.Page();
        if (page.Refusal is not null)
        {
            return page.Refusal;
        }
        var (open, person) = (call.Query("open"), call.Query("person"));
        if (open is not (null or "true" or "false") || (person is not null && !Identifier.IsValid(person)))
        {
            return InvalidFilter;
        }
        var filter = new IncidentFilter(open is null ? null : open == "true", person);
        var found = await Desk.List(filter, page.Value.Limit, page.Value.Offset);
        return new IncidentListResponse(
            [.. found.Incidents.Select(IncidentResponse.From)],
            found.Total,
            found.Open,
            page.Value.Limit,
            page.Value.Offset
        );
    }

    private async ValueTask<Outcome<IncidentResponse>> Close(Call call, CloseIncidentRequest body) =>
        !long.TryParse(call.Route("incidentId"), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? ModerationRefusals.IncidentNotFound
            : (await Desk.Close(new CloseIncident(call.Actor(), number, body.Note ?? ""))).Map(IncidentResponse.From);

    private IIncidentDeskGrain Desk => grains.GetGrain<IIncidentDeskGrain>(IIncidentDeskGrain.OnlyKey);
}

internal sealed record CloseIncidentRequest(string? Note);

/// <param name="ClosedAt">Null while it is open.</param>
internal sealed record IncidentResponse(
    long IncidentId,
    string BookingId,
    string ReporterId,
    string ReportedId,
    string Category,
    DateTimeOffset At,
    DateTimeOffset? ClosedAt,
    string? ClosedBy,
    string? Note
)
{
    public static IncidentResponse From(IncidentView view) =>
        new(
            view.IncidentId,
            view.Notice.BookingId,
            view.Notice.ReporterId,
            view.Notice.ReportedId,
            view.Notice.Category,
            view.Notice.At,
            view.ClosedAt,
            view.ClosedBy,
            view.Note
        );
}

/// <param name="Open">Of all, whatever was asked for.</param>
internal sealed record IncidentListResponse(
    IReadOnlyList<IncidentResponse> Incidents,
    long Total,
    long Open,
    int Limit,
    int Offset
);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    AllowDuplicateProperties = false,
    MaxDepth = 16,
    Converters = [typeof(TimestampConverter)]
)]
[JsonSerializable(typeof(CloseIncidentRequest))]
[JsonSerializable(typeof(IncidentResponse))]
[JsonSerializable(typeof(IncidentListResponse))]
internal sealed partial class ModerationJson : JsonSerializerContext;
