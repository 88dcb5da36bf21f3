using Actors.GrainInterfaces.Notifications;
using Actors.Grains.Durability;

namespace Actors.Grains.Notifications;

internal static class NotificationEffects
{
    /// <summary>An event's effect: somebody is told of it.</summary>
    public static Effect Tell(string personId, Notification notification) =>
        Effect.To<INotificationInboxGrain>(personId, (inbox, delivery) => inbox.Receive(delivery, notification));
}
