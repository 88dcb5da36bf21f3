using Actors.GrainInterfaces.Durability;
using Actors.GrainInterfaces.Identity;
using Actors.GrainInterfaces.Notifications;
using Actors.GrainInterfaces.Outcomes;
using Actors.Grains.Durability;
using Actors.Grains.Identity;
using Actors.Grains.Sealing;
using Microsoft.Extensions.Logging;

namespace Actors.Grains.Notifications;

[GrainType("inbox")]
public sealed class NotificationInboxGrain(
    IGrainContext context,
    DurableServices services,
    TimeProvider time,
    IErasableKeys keys,
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
        return await ShowAsync(await OpenAsync(InboxRules.Page(Durable, limit, offset, reader), reader), reader);
    }

    public async Task<NotificationPage> Since(long after, int limit)
    {
        var reader = await _reader.LatelyAsync();
        return await OpenAsync(InboxRules.Since(Durable, after, limit, reader), reader);
    }

    public Task<Outcome<NotificationCount>> MarkRead(MarkNotificationsRead command) =>
        Apply<InboxEvent?, NotificationCount>(
            InboxRules.Decide(Current, command, Now),
            () => new NotificationCount(Durable.Unread)
        );

    private async Task<NotificationPage> OpenAsync(NotificationPage page, Reader reader) =>
        page.Notifications.Any(static one => InboxRules.HasWords(one.Facts))
            ? page with
            {
                Notifications = await Task.WhenAll(page.Notifications.Select(one => OpenAsync(one, reader))),
            }
            : page;

    /// <summary>Whoever was erased has a pseudonym. Who follows is told of what is new, and of nobody who is gone.</summary>
    private async Task<NotificationPage> ShowAsync(NotificationPage page, Reader reader)
    {
        var persons = page.Notifications.Select(static one => one.Facts?.Person).OfType<string>();
        var erased = await GrainFactory.FindErasedAsync(persons);
        return erased.Count == 0
            ? page
            : page with
            {
                Notifications = [.. page.Notifications.Select(one => Show(one, erased, reader))],
            };
    }

    private static NotificationItem Show(
        NotificationItem item,
        IReadOnlyDictionary<string, string> erased,
        Reader reader
    )
    {
        if (item.Facts is not { Person: { } person } facts || !erased.TryGetValue(person, out var pseudonym))
        {
            return item;
        }
        var shown = facts with { Person = pseudonym };
        return item with { Facts = shown, Text = NotificationKinds.Say(item.Kind, shown, reader) };
    }

    /// <summary>A note is its giver's; a reason was given to whose inbox it is.</summary>
    private async Task<NotificationItem> OpenAsync(NotificationItem item, Reader reader)
    {
        if (item.Facts is not { } facts || !InboxRules.HasWords(facts))
        {
            return item;
        }
        var opened = facts with
        {
            Note = await keys.OpenWordsOfAsync(facts.Person ?? Key, facts.Note),
            Reason = await keys.OpenWordsOfAsync(Key, facts.Reason),
        };
        return item with { Facts = opened, Text = NotificationKinds.Say(item.Kind, opened, reader) };
    }
}
