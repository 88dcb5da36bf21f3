using System.Collections.Immutable;
using Actors.GrainInterfaces.Notifications;
using Actors.GrainInterfaces.Outcomes;

namespace Actors.Grains.Notifications;

/// <summary>Everything that is decided about an inbox. Pure: knows no grain, no clock, no storage.</summary>
public static class InboxRules
{
    public const int MaxKept = INotificationInboxGrain.Kept;
    public const int MaxTextLength = 1_000;

    public static NotificationReceived Decide(Notification notification) =>
        new(notification.At, notification.Kind, Clipped(notification.Text));

    /// <summary>Null when all of them are read already.</summary>
    public static Outcome<InboxEvent?> Decide(Inbox inbox, MarkNotificationsRead command, DateTimeOffset now)
    {
        if (command.Ids is null)
        {
            return inbox.Unread == 0 ? (InboxEvent?)null : new AllNotificationsRead(now, inbox.Received);
        }
        if (command.Ids.Count is 0 or > MaxKept || command.Ids.Any(static id => id < 1))
        {
            return NotificationRefusals.InvalidNotificationIds;
        }
        var unread = command.Ids.Where(id => id <= inbox.Received && !inbox.IsRead(id)).Distinct().Order();
        ImmutableArray<long> ids = [.. unread];
        return ids.IsEmpty ? (InboxEvent?)null : new NotificationsRead(now, ids);
    }

    public static Inbox Evolve(Inbox inbox, InboxEvent @event) =>
        @event switch
        {
            NotificationReceived received => Compact(Add(inbox, received)),
            NotificationsRead read => Compact(inbox with { ReadBeyond = inbox.ReadBeyond.Union(read.Ids) }),
            AllNotificationsRead read => Compact(inbox with { ReadUpTo = Math.Max(inbox.ReadUpTo, read.UpTo) }),
            _ => throw new InvalidOperationException($"Unknown event {@event.GetType().Name}."),
        };

    public static NotificationPage Page(Inbox inbox, int limit, int offset)
    {
        var items = ImmutableArray.CreateBuilder<NotificationItem>();
        for (var id = inbox.Received - offset; id >= inbox.OldestKept && items.Count < limit; id--)
        {
            items.Add(Item(inbox, id));
        }
        return new NotificationPage(items.ToImmutable(), inbox.Kept.Count, inbox.Unread);
    }

    /// <summary>Oldest first, from the first that is above <paramref name="after"/> and still kept.</summary>
    public static NotificationPage Since(Inbox inbox, long after, int limit)
    {
        var items = ImmutableArray.CreateBuilder<NotificationItem>();
        for (var id = Math.Max(after + 1, inbox.OldestKept); id <= inbox.Received && items.Count < limit; id++)
        {
            items.Add(Item(inbox, id));
        }
        return new NotificationPage(items.ToImmutable(), inbox.Kept.Count, inbox.Unread);
    }

    private static NotificationItem Item(Inbox inbox, long id)
    {
        var notification = inbox.Kept[(int)(id - inbox.OldestKept)];
        return new NotificationItem(id, notification.Kind, notification.Text, notification.At, inbox.IsRead(id));
    }

    private static Inbox Add(Inbox inbox, NotificationReceived received)
    {
        var kept = inbox.Kept.Add(new Notification(received.Kind, received.Text, received.At));
        return inbox with { Received = inbox.Received + 1, Kept = kept.Count > MaxKept ? kept.RemoveAt(0) : kept };
    }

    /// <summary>Moves the watermark over everything that is read or no longer kept, so that the exceptions stay few.</summary>
    private static Inbox Compact(Inbox inbox)
    {
        var upTo = Math.Max(inbox.ReadUpTo, inbox.OldestKept - 1);
        var beyond = inbox.ReadBeyond;
        while (!beyond.IsEmpty && beyond.Min <= upTo + 1)
        {
            upTo = Math.Max(upTo, beyond.Min);
            beyond = beyond.Remove(beyond.Min);
        }
        return inbox with { ReadUpTo = upTo, ReadBeyond = beyond };
    }

    private static string Clipped(string text)
    {
        if (text.Length <= MaxTextLength)
        {
            return text;
        }
        // Half of a surrogate pair is no text.
        var length = char.IsHighSurrogate(text[MaxTextLength - 1]) ? MaxTextLength - 1 : MaxTextLength;
        return text[..length];
    }
}
