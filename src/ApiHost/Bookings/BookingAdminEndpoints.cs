using System.Globalization;
using Actors.ApiHost.Auth;
using Actors.ApiHost.Http;
using Actors.ApiHost.Notifications;
using Actors.ApiHost.Operations.Switches;
using Actors.GrainInterfaces.Bookings;
using Actors.GrainInterfaces.Notifications;
using Actors.GrainInterfaces.Operations;
using Actors.GrainInterfaces.Outcomes;

namespace Actors.ApiHost.Bookings;

/// <summary>What admins look at and decide of a single call.</summary>
internal sealed class BookingAdminEndpoints(IGrainFactory grains) : IEndpoints
{
    private readonly BookingAccess _access = new(grains);

    public void Map(IEndpointRouteBuilder routes)
    {
        var admin = routes
            .MapGroup("/api/v1/admin")
            .WithTags("Bookings (administration)")
            .For(Roles.Admin)
            .Switchable(Features.Bookings);
        admin
            .Get("/bookings/{bookingId}/log", Log, BookingJson.Default.BookingLogResponse)
            .WithSummary("What has happened to a booking, who did it and on what evidence, newest first")
            .WithQuery("limit", "Lines per page, 1 to 100.", typeof(int), 20)
            .WithQuery("before", "Where to go on: what the page before answered as next.", typeof(long))
            .Refuses(
                BookingRefusals.BookingNotFoundCode,
                BookingRefusals.InvalidBookingCode,
                Errors.HttpRefusals.InvalidPageCode
            );
        admin
            .Post(
                "/bookings/{bookingId}/verdict",
                Correct,
                BookingJson.Default.CorrectVerdictRequest,
                BookingJson.Default.BookingResponse
            )
            .WithSummary("Decides otherwise how a call ended, once; what has not gone back yet goes back")
            .WithExample("""{ "verdict": "completed", "refundPercent": 0, "reason": "Both were there" }""")
            .WhenMistyped("verdict", BookingRefusals.InvalidVerdict)
            .WhenMistyped("refundPercent", BookingRefusals.InvalidVerdict)
            .WhenMistyped("reason", BookingRefusals.InvalidVerdict)
            .Refuses(BookingRefusals.InvalidBookingCode, BookingRefusals.VerdictFinalCode)
            .Refuses(BookingAccess.StageCodes);
        admin
            .Get("/alerts", Alerts, NotificationJson.Default.NotificationListResponse)
            .WithSummary("What admins are to look at, newest first: no-shows, incidents, paused calendars")
            .Paged();
    }

    private async ValueTask<Outcome<BookingLogResponse>> Log(Call call)
    {
        var (booking, page) = (await _access.OpenAsync(call), call.Page());
        if ((booking.Refusal ?? page.Refusal) is { } refusal)
        {
            return refusal;
        }
        var given = call.Http.Request.Query["before"];
        long before = 0;
        if (
            given.Count > 1
            || (
                given.Count == 1
                && !long.TryParse(given[0], NumberStyles.None, CultureInfo.InvariantCulture, out before)
            )
        )
        {
            return BookingRefusals.InvalidBookingQuery;
        }
        var log = await _access.Booking(booking).Log(page.Value.Limit, given.Count == 0 ? null : before);
        return log.Lines.Count == 0 && given.Count == 0
            ? BookingRefusals.BookingNotFound
            : BookingLogResponse.From(log);
    }

    private async ValueTask<Outcome<BookingResponse>> Correct(Call call, CorrectVerdictRequest body)
    {
        var booking = await _access.OpenAsync(call);
        if (booking.Refusal is not null)
        {
            return booking.Refusal;
        }
        if (
            body is not { Verdict: { } verdict, RefundPercent: { } percent and >= 0 and <= 100 }
            || !BookingAccess.IsText(body.Reason, BookingRefusals.MaxReasonLength, isRequired: true)
        )
        {
            return BookingRefusals.InvalidVerdict;
        }
        var command = new CorrectVerdict(call.Actor(), verdict, percent, body.Reason!);
        return BookingAccess.Answer(call, await _access.Booking(booking).Correct(command));
    }

    private async ValueTask<Outcome<NotificationListResponse>> Alerts(Call call)
    {
        var page = call.Page();
        if (page.Refusal is { } refusal)
        {
            return refusal;
        }
        var (limit, offset) = (page.Value.Limit, page.Value.Offset);
        var inbox = grains.GetGrain<INotificationInboxGrain>(INotificationInboxGrain.Admins);
        var found = await inbox.List(limit, offset);
        return new NotificationListResponse(
            [.. found.Notifications.Select(NotificationResponse.From)],
            found.Total,
            found.Unread,
            limit,
            offset
        );
    }
}
