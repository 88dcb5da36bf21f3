using Actors.GrainInterfaces.Notifications;
using Actors.Grains.Durability;

namespace Actors.Grains.Notifications;

/// <summary>What admins are to look at, in the inbox that all of them share.</summary>
internal static class AdminAlerts
{
    public static Effect Tell(Notification alert) => NotificationEffects.Tell(INotificationInboxGrain.Admins, alert);
}
