using Actors.GrainInterfaces.Durability;
using Actors.GrainInterfaces.Notifications;
using Actors.GrainInterfaces.Outcomes;
using Actors.Grains.Durability;

namespace Actors.Grains.Notifications;

[GrainType("inbox")]
public sealed class NotificationInboxGrain(IGrainContext context, DurableServices services)
    : EventSourcedGrain<Inbox, InboxEvent>(context, services, Definition),
        INotificationInboxGrain
{
    private static readonly Aggregate<Inbox, InboxEvent> Definition = new()
    {
        Initial = Inbox.Empty,
        Evolve = InboxRules.Evolve,
        EventJson = InboxJson.Default.InboxEvent,
        StateJson = InboxJson.Default.Inbox,
    };

    public Task Receive(Delivery delivery, Notification notification) =>
        CommitOnce(delivery, () => InboxRules.Decide(notification));

    public Task<NotificationPage> List(int limit, int offset) =>
        Task.FromResult(InboxRules.Page(Durable, limit, offset));

    public Task<NotificationPage> Since(long after, int limit) =>
        Task.FromResult(InboxRules.Since(Durable, after, limit));

    public Task<Outcome<NotificationCount>> MarkRead(MarkNotificationsRead command) =>
        Apply<InboxEvent?, NotificationCount>(
            InboxRules.Decide(Current, command, Now),
            () => new NotificationCount(Durable.Unread)
        );
}
