using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using Actors.GrainInterfaces.Notifications;
using Actors.GrainInterfaces.Outcomes;
using Actors.Grains.Sealing;

namespace Actors.Grains.Notifications;

/// <summary>Everything that is decided about an inbox. Pure: knows no grain, no clock, no storage.</summary>
public static class InboxRules
{
    public const int MaxKept = INotificationInboxGrain.Kept;
    public const int MaxTextLength = 1_000;
    public const int MaxSealedLength = 16_000;

    public static InboxEvent Decide(Notification notification) =>
        notification.Text is { } text
            ? new NotificationReceived(notification.At, notification.Kind, Clipped(text))
            : new NotificationTold(
                notification.At,
                notification.Kind,
                Bounded(notification.Facts ?? new NotificationFacts())
            );

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
            NotificationReceived received => Add(inbox, new Notification(received.Kind, received.Text, received.At)),
            NotificationTold told => Add(inbox, new Notification(told.Kind, null, told.At, told.Facts)),
            NotificationsRead read => Compact(inbox with { ReadBeyond = inbox.ReadBeyond.Union(read.Ids) }),
            InboxErased => new Inbox(inbox.Received, [], inbox.Received, [], IsErased: true),
            AllNotificationsRead read => Compact(inbox with { ReadUpTo = Math.Max(inbox.ReadUpTo, read.UpTo) }),
            _ => throw new InvalidOperationException($"Unknown event {@event.GetType().Name}."),
        };

    public static NotificationPage Page(Inbox inbox, int limit, int offset, Reader reader)
    {
        var items = ImmutableArray.CreateBuilder<NotificationItem>();
        for (var id = inbox.Received - offset; id >= inbox.OldestKept && items.Count < limit; id--)
        {
            items.Add(Item(inbox, id, reader));
        }
        return new NotificationPage(items.ToImmutable(), inbox.Kept.Count, inbox.Unread);
    }

    /// <summary>Oldest first, from the first that is above <paramref name="after"/> and still kept.</summary>
    public static NotificationPage Since(Inbox inbox, long after, int limit, Reader reader)
    {
        var items = ImmutableArray.CreateBuilder<NotificationItem>();
        for (var id = Math.Max(after + 1, inbox.OldestKept); id <= inbox.Received && items.Count < limit; id++)
        {
            items.Add(Item(inbox, id, reader));
        }
        return new NotificationPage(items.ToImmutable(), inbox.Kept.Count, inbox.Unread);
    }

    /// <summary>Whether something in it is sealed, and is to be opened before it is shown.</summary>
    public static bool HasWords(NotificationFacts? facts) =>
        facts is not null && (IsSealed(facts.Reason) || IsSealed(facts.Note));

    private static NotificationItem Item(Inbox inbox, long id, Reader reader)
    {
        var (kind, text, at, facts) = inbox.Kept[(int)(id - inbox.OldestKept)];
        text ??= NotificationKinds.Say(kind, facts!, reader);
        return new NotificationItem(id, kind, text, at, inbox.IsRead(id), facts);
    }

    private static Inbox Add(Inbox inbox, Notification notification)
    {
        var kept = inbox.Kept.Add(notification);
        return Compact(
            inbox with
            {
                Received = inbox.Received + 1,
                Kept = kept.Count > MaxKept ? kept.RemoveAt(0) : kept,
            }
        );
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

    private static NotificationFacts Bounded(NotificationFacts facts) =>
        facts with
        {
            Item = Clipped(facts.Item),
            Person = Clipped(facts.Person),
            State = Clipped(facts.State),
            Reason = ClippedOrSealed(facts.Reason),
            Note = ClippedOrSealed(facts.Note),
        };

    private static bool IsSealed(string? text) => text is not null && SealingKey.IsSealed(text);

    /// <summary>A part of what is sealed opens no more; who sealed it has seen to its length.</summary>
    private static string? ClippedOrSealed(string? text) =>
        !IsSealed(text) ? Clipped(text)
        : text!.Length <= MaxSealedLength ? text
        : null;

    [return: NotNullIfNotNull(nameof(text))]
    private static string? Clipped(string? text)
    {
        if (text is null || text.Length <= MaxTextLength)
        {
            return text;
        }
        // Half of a surrogate pair is no text.
        var length = char.IsHighSurrogate(text[MaxTextLength - 1]) ? MaxTextLength - 1 : MaxTextLength;
        return text[..length];
    }
}
