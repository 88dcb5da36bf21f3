using Actors.ApiHost.Auth;
using Actors.ApiHost.Http;
using Actors.ApiHost.Operations.Switches;
using Actors.GrainInterfaces.Operations;
using Actors.GrainInterfaces.Outcomes;
using Actors.GrainInterfaces.Performers;

namespace Actors.ApiHost.Performers;

/// <summary>A performer's own hours.</summary>
internal sealed class CalendarEndpoints(IGrainFactory grains) : IEndpoints
{
    public void Map(IEndpointRouteBuilder routes)
    {
        var calendar = routes
            .MapGroup("/api/v1/me/calendar")
            .WithTags("Private calls")
            .For(Roles.Model)
            .Switchable(Features.Bookings)
            .Refuses(PerformerRefusals.PerformerNotFoundCode);
        calendar
            .Get("", Get, PerformerJson.Default.CalendarResponse)
            .WithSummary("The hours of the performer who asks, and the dates that differ");
        calendar
            .Put("", Set, PerformerJson.Default.SetCalendarRequest, PerformerJson.Default.CalendarResponse)
            .WithSummary("Replaces what is given of them; what is booked stays booked")
            .WithExample(
                """
                {
                  "timeZone": "Europe/Madrid",
                  "weekly": { "friday": [{ "from": "18:00", "to": "24:00" }], "saturday": [{ "from": "00:00", "to": "02:00" }] },
                  "exceptions": [{ "date": "2026-12-24", "hours": [] }]
                }
                """
            )
            .WhenMistyped("timeZone", PerformerRefusals.InvalidTimeZone)
            .WhenMistyped("weekly", PerformerRefusals.InvalidHours)
            .WhenMistyped("exceptions", PerformerRefusals.InvalidExceptions)
            .Refuses(
                PerformerRefusals.PerformerRemovedCode,
                PerformerRefusals.InvalidTimeZoneCode,
                PerformerRefusals.InvalidHoursCode,
                PerformerRefusals.InvalidExceptionsCode
            );
    }

    private async ValueTask<Outcome<CalendarResponse>> Get(Call call) =>
        (await Performer(call).Get()).Map(CalendarResponse.From);

    private async ValueTask<Outcome<CalendarResponse>> Set(Call call, SetCalendarRequest body)
    {
        var command = body.Read(call.Actor());
        return command.Refusal is not null
            ? command.Refusal
            : (await Performer(call).SetCalendar(command.Value!)).Map(CalendarResponse.From);
    }

    private IPerformerGrain Performer(Call call) => grains.GetGrain<IPerformerGrain>(call.Caller.Id);
}
