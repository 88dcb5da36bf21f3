using Actors.ApiHost.Auth;
using Actors.ApiHost.Calls;
using Actors.ApiHost.Http;
using Actors.ApiHost.Operations.Switches;
using Actors.GrainInterfaces.Bookings;
using Actors.GrainInterfaces.Ledger;
using Actors.GrainInterfaces.Operations;
using Actors.GrainInterfaces.Outcomes;
using Actors.GrainInterfaces.Performers;
using Actors.GrainInterfaces.Rooms;

namespace Actors.ApiHost.Bookings;

/// <summary>What people do with a call that is booked: another time, none at all, going there, and what they say of it after.</summary>
internal sealed class CallEndpoints(IGrainFactory grains) : IEndpoints
{
    private const int MostMinutes = 1_440;

    private readonly BookingAccess _access = new(grains);

    public void Map(IEndpointRouteBuilder routes)
    {
        var call = routes
            .MapGroup("/api/v1/bookings/{bookingId}")
            .WithTags("Bookings")
            .Switchable(Features.Bookings)
            .Refuses(BookingAccess.StageCodes);
        call.Get("/join", Join, BookingJson.Default.JoinResponse)
            .For(Roles.User | Roles.Model)
            .WithSummary("The caller's own way into the room, from ten minutes before the call until it is over")
            .Refuses(RoomRefusals.RoomNotOpenCode, RoomRefusals.RoomClosedCode);
        call.Post("/cancel", Cancel, BookingJson.Default.CancelBookingRequest, BookingJson.Default.BookingResponse)
            .For(Roles.User | Roles.Model | Roles.Admin)
            .BodyOptional()
            .WithSummary(
                "Calls it off: what comes back follows from the policy of the booking, and all of it unless the user did it"
            )
            .WithExample("""{ "reason": "I am ill" }""")
            .WhenMistyped("reason", BookingRefusals.InvalidReason)
            .Refuses(BookingRefusals.InvalidBookingCode);
        call.Post("/reschedule", Reschedule, BookingJson.Default.RescheduleRequest, BookingJson.Default.BookingResponse)
            .For(Roles.User | Roles.Admin)
            .Keyed()
            .WithSummary("Another time, or length: what it costs less comes back, what it costs more is paid first")
            .WithExample("""{ "start": "2026-12-02T20:00:00Z", "duration": 60 }""")
            .WhenMistyped("start", BookingRefusals.InvalidReschedule)
            .WhenMistyped("duration", BookingRefusals.InvalidReschedule)
            .Refuses(
                BookingRefusals.InvalidBookingCode,
                BookingRefusals.ReschedulePendingCode,
                BookingRefusals.RescheduleTooLateCode,
                BookingRefusals.RescheduleNotPossibleCode,
                PerformerRefusals.NotAvailableCode,
                PerformerRefusals.InvalidDurationCode,
                PerformerRefusals.PerformerNotFoundCode,
                LedgerRefusals.IdempotencyKeyRequiredCode,
                LedgerRefusals.IdempotencyKeyReusedCode
            );
        call.Post("/rating", Rate, BookingJson.Default.RateBookingRequest, BookingJson.Default.BookingResponse)
            .For(Roles.User)
            .WithSummary("Rates a call that took place, once; for a day it can be changed")
            .WithExample("""{ "stars": 5, "text": "Lovely" }""")
            .WhenMistyped("stars", BookingRefusals.InvalidRating)
            .WhenMistyped("text", BookingRefusals.InvalidRating)
            .Refuses(BookingRefusals.InvalidBookingCode, BookingRefusals.RatingFinalCode);
        call.Post("/incident", Report, BookingJson.Default.ReportIncidentRequest, BookingJson.Default.BookingResponse)
            .For(Roles.User | Roles.Model | Roles.Admin)
            .WithSummary(
                "Ends the call at once because of what must not go on; a category, and never what was said or shown"
            )
            .WithExample("""{ "category": "harassment" }""")
            .WhenMistyped("category", BookingRefusals.InvalidIncident)
            .Refuses(BookingRefusals.InvalidBookingCode);
    }

    private async ValueTask<Outcome<JoinResponse>> Join(Call call)
    {
        var booking = await _access.OpenAsync(call);
        return booking.Refusal is not null
            ? booking.Refusal
            : (await _access.Booking(booking).Join(call.Actor())).Map(link => new JoinResponse(
                Absolute(call.Http.Request, link.Url),
                link.OpensAt,
                link.ExpiresAt
            ));
    }

    /// <summary>A room of ours is where the caller has reached us, unless the settings say where that is.</summary>
    private static string Absolute(HttpRequest request, string url) =>
        url.StartsWith('/') ? $"{request.Scheme}://{request.Host}{url}" : url;

    private async ValueTask<Outcome<BookingResponse>> Cancel(Call call, CancelBookingRequest body)
    {
        var booking = await _access.OpenAsync(call);
        return booking.Refusal is not null ? booking.Refusal
            : !BookingAccess.IsText(body.Reason, BookingRefusals.MaxReasonLength, isRequired: false)
                ? BookingRefusals.InvalidReason
            : BookingAccess.Answer(
                call,
                await _access.Booking(booking).Cancel(new CancelBooking(call.Actor(), body.Reason))
            );
    }

    private async ValueTask<Outcome<BookingResponse>> Reschedule(Call call, RescheduleRequest body)
    {
        var key = call.IdempotencyKey(body.IdempotencyKey);
        var booking = await _access.OpenAsync(call);
        if ((booking.Refusal ?? key.Refusal) is { } refusal)
        {
            return refusal;
        }
        if (body.Start is not { } start || body.Duration is < 1 or > MostMinutes)
        {
            return BookingRefusals.InvalidReschedule;
        }
        var command = new RescheduleBooking(call.Actor(), start, body.Duration, key.Value);
        return BookingAccess.Answer(call, await _access.Booking(booking).Reschedule(command));
    }

    private async ValueTask<Outcome<BookingResponse>> Rate(Call call, RateBookingRequest body)
    {
        var booking = await _access.OpenAsync(call);
        return booking.Refusal is not null ? booking.Refusal
            : body.Stars is not { } stars
            || stars is < 1 or > 5
            || !BookingAccess.IsText(body.Text, BookingRefusals.MaxRatingTextLength, isRequired: false)
                ? BookingRefusals.InvalidRating
            : BookingAccess.Answer(
                call,
                await _access.Booking(booking).Rate(new RateBooking(call.Caller.Id, stars, body.Text))
            );
    }

    private async ValueTask<Outcome<BookingResponse>> Report(Call call, ReportIncidentRequest body)
    {
        var booking = await _access.OpenAsync(call);
        return booking.Refusal is not null ? booking.Refusal
            : !IncidentCategories.IsKnown(body.Category) ? BookingRefusals.InvalidIncident
            : BookingAccess.Answer(
                call,
                await _access.Booking(booking).ReportIncident(new ReportIncident(call.Actor(), body.Category!))
            );
    }
}
