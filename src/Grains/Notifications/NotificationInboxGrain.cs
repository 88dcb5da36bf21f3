using Actors.GrainInterfaces.Durability;
using Actors.GrainInterfaces.Notifications;
using Actors.GrainInterfaces.Outcomes;
using Actors.Grains.Durability;
using Microsoft.Extensions.Logging;

namespace Actors.Grains.Notifications;

[GrainType("inbox")]
public sealed class NotificationInboxGrain(
    IGrainContext context,
    DurableServices services,
    TimeProvider time,
    ILogger<NotificationInboxGrain> logger
) : EventSourcedGrain<Inbox, InboxEvent>(context, services, Definition), INotificationInboxGrain
{
    private static readonly Aggregate<Inbox, InboxEvent> Definition = new()
    {
        Initial = Inbox.Empty,
        Evolve = InboxRules.Evolve,
        EventJson = InboxJson.Default.InboxEvent,
        StateJson = InboxJson.Default.Inbox,
    };

    private InboxReader _reader = null!;

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _reader = new InboxReader(Key, GrainFactory, time, logger);
        return base.OnActivateAsync(cancellationToken);
    }

    public Task Receive(Delivery delivery, Notification notification) =>
        CommitOnce(delivery, () => Current.IsErased ? null : InboxRules.Decide(notification));

    public Task Erase() => Current.IsErased ? WhenDurable() : Commit(new InboxErased(Now));

    public async Task<NotificationPage> List(int limit, int offset)
    {
        var reader = await _reader.NowAsync();
        return InboxRules.Page(Durable, limit, offset, reader);
    }

    public async Task<NotificationPage> Since(long after, int limit)
    {
        var reader = await _reader.LatelyAsync();
        return InboxRules.Since(Durable, after, limit, reader);
    }

    public Task<Outcome<NotificationCount>> MarkRead(MarkNotificationsRead command) =>
        Apply<InboxEvent?, NotificationCount>(
            InboxRules.Decide(Current, command, Now),
            () => new NotificationCount(Durable.Unread)
        );
}
