using Actors.GrainInterfaces.Outcomes;

namespace Actors.GrainInterfaces.Notifications;

public static class NotificationRefusals
{
    public const string InvalidNotificationIdsCode = "INVALID_NOTIFICATION_IDS";

    public static readonly Refusal InvalidNotificationIds = new(
        InvalidNotificationIdsCode,
        "Give ids (1 to 1000 whole numbers from 1 up), or all: true; one of the two."
    );
}
