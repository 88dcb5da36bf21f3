using Actors.GrainInterfaces.Durability;
using Actors.GrainInterfaces.Outcomes;
using Orleans.Concurrency;

namespace Actors.GrainInterfaces.Notifications;

/// <summary>What one person has been told; the key is the person's id.</summary>
[Alias("INotificationInboxGrain")]
public interface INotificationInboxGrain : IGrainWithStringKey
{
    Task Receive(Delivery delivery, Notification notification);

    /// <summary>Newest first.</summary>
    [ReadOnly]
    Task<NotificationPage> List(int limit, int offset);

    /// <summary>Marks everything up to and including a notification as read; a null id means all.</summary>
    Task<Outcome<NotificationCount>> MarkRead(MarkNotificationsRead command);
}

/// <param name="Kind">A stable name such as <c>mood_reset</c> or <c>mood_overridden</c>.</param>
[GenerateSerializer, Immutable, Alias("Notification")]
public sealed record Notification(
    [property: Id(0)] string Kind,
    [property: Id(1)] string Text,
    [property: Id(2)] DateTimeOffset At
);

[GenerateSerializer, Immutable, Alias("NotificationItem")]
public sealed record NotificationItem(
    [property: Id(0)] long Id,
    [property: Id(1)] string Kind,
    [property: Id(2)] string Text,
    [property: Id(3)] DateTimeOffset At,
    [property: Id(4)] bool Read
);

[GenerateSerializer, Immutable, Alias("NotificationPage")]
public sealed record NotificationPage(
    [property: Id(0)] IReadOnlyList<NotificationItem> Notifications,
    [property: Id(1)] long Total,
    [property: Id(2)] long Unread
);

[GenerateSerializer, Immutable, Alias("NotificationCount")]
public sealed record NotificationCount([property: Id(0)] long Unread);

/// <param name="Ids">The notifications to mark; null marks all.</param>
[GenerateSerializer, Immutable, Alias("MarkNotificationsRead")]
public sealed record MarkNotificationsRead([property: Id(0)] IReadOnlyList<long>? Ids = null);
