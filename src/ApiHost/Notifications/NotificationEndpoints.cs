using Actors.ApiHost.Http;
using Actors.ApiHost.Operations.Switches;
using Actors.GrainInterfaces.Notifications;
using Actors.GrainInterfaces.Operations;
using Actors.GrainInterfaces.Outcomes;

namespace Actors.ApiHost.Notifications;

public static class NotificationMapping
{
    public static void MapNotifications(this IEndpointRouteBuilder routes) =>
        routes.MapFeature<NotificationEndpoints>();
}

internal sealed class NotificationEndpoints(IGrainFactory grains) : IEndpoints
{
    public void Map(IEndpointRouteBuilder routes)
    {
        var inbox = routes
            .MapGroup("/api/v1/notifications")
            .WithTags("Notifications")
            .Switchable(Features.Notifications);
        inbox
            .Get("", List, NotificationJson.Default.NotificationListResponse)
            .WithSummary(
                "What the caller has been told, newest first, in the caller's language; the newest 1000 are kept"
            )
            .Paged();
        inbox
            .Post("/read", MarkRead, NotificationJson.Default.MarkReadRequest, NotificationJson.Default.UnreadResponse)
            .WithSummary("Marks some of the caller's notifications as read, or all")
            .WithExample("""{ "ids": [3, 4] }""")
            .WhenMistyped("ids", NotificationRefusals.InvalidNotificationIds)
            .WhenMistyped("all", NotificationRefusals.InvalidNotificationIds)
            .Refuses(NotificationRefusals.InvalidNotificationIdsCode);
    }

    private async ValueTask<Outcome<NotificationListResponse>> List(Call call)
    {
        var page = call.Page();
        if (page.Refusal is { } refusal)
        {
            return refusal;
        }
        var (limit, offset) = (page.Value.Limit, page.Value.Offset);
        var found = await Inbox(call).List(limit, offset);
        return new NotificationListResponse(
            [.. found.Notifications.Select(NotificationResponse.From)],
            found.Total,
            found.Unread,
            limit,
            offset
        );
    }

    private async ValueTask<Outcome<UnreadResponse>> MarkRead(Call call, MarkReadRequest body)
    {
        var wantsAll = body.All ?? false;
        if (wantsAll == body.Ids is not null)
        {
            return NotificationRefusals.InvalidNotificationIds;
        }
        var outcome = await Inbox(call).MarkRead(new MarkNotificationsRead(body.Ids));
        return outcome.Map(static count => new UnreadResponse(count.Unread));
    }

    private INotificationInboxGrain Inbox(Call call) => grains.GetGrain<INotificationInboxGrain>(call.Caller.Key);
}
