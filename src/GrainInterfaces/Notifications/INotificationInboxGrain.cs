using Actors.GrainInterfaces.Durability;
using Actors.GrainInterfaces.Outcomes;
using Orleans.Concurrency;

namespace Actors.GrainInterfaces.Notifications;

/// <summary>
/// What one person has been told; the key is the person's id. The newest <see cref="Kept"/> can be listed; whatever is
/// older counts as read. What happened is kept as facts, and put into words when it is read: in the person's language and
/// time zone.
/// </summary>
[Alias("INotificationInboxGrain")]
public interface INotificationInboxGrain : IFollowedGrain
{
    const int Kept = 1_000;

    /// <summary>What all admins are told of together; no person's id can be this.</summary>
    const string Admins = "admins:";

    Task Receive(Delivery delivery, Notification notification);

    /// <summary>Newest first, in the language that the person has now.</summary>
    [ReadOnly]
    Task<NotificationPage> List(int limit, int offset);

    /// <summary>
    /// Those with an id above <paramref name="after"/> that are still kept, oldest first. For whoever follows the inbox: a
    /// change of language is seen within half a minute.
    /// </summary>
    [ReadOnly]
    Task<NotificationPage> Since(long after, int limit);

    /// <summary>Marks notifications as read; marking again changes nothing, and ids of none are passed over.</summary>
    Task<Outcome<NotificationCount>> MarkRead(MarkNotificationsRead command);

    /// <summary>Nothing that was told is shown any more, and nothing more is taken in; erasing again changes nothing.</summary>
    Task Erase();
}

/// <param name="Kind">A stable name such as <c>mood_reset</c> or <c>mood_overridden</c>.</param>
/// <param name="Text">What older versions sent instead of facts; it is shown as it is.</param>
[GenerateSerializer, Immutable, Alias("Notification")]
public sealed record Notification(
    [property: Id(0)] string Kind,
    [property: Id(1)] string? Text,
    [property: Id(2)] DateTimeOffset At,
    [property: Id(3)] NotificationFacts? Facts = null
);

/// <param name="Text">In the reader's language.</param>
/// <param name="Facts">What the text is made of; null for what was received as a text.</param>
[GenerateSerializer, Immutable, Alias("NotificationItem")]
public sealed record NotificationItem(
    [property: Id(0)] long Id,
    [property: Id(1)] string Kind,
    [property: Id(2)] string Text,
    [property: Id(3)] DateTimeOffset At,
    [property: Id(4)] bool Read,
    [property: Id(5)] NotificationFacts? Facts = null
);

/// <param name="Total">How many can be listed, at most <see cref="INotificationInboxGrain.Kept"/>.</param>
[GenerateSerializer, Immutable, Alias("NotificationPage")]
public sealed record NotificationPage(
    [property: Id(0)] IReadOnlyList<NotificationItem> Notifications,
    [property: Id(1)] long Total,
    [property: Id(2)] long Unread
);

[GenerateSerializer, Immutable, Alias("NotificationCount")]
public sealed record NotificationCount([property: Id(0)] long Unread);

/// <param name="Ids">The notifications to mark; null marks all received so far.</param>
[GenerateSerializer, Immutable, Alias("MarkNotificationsRead")]
public sealed record MarkNotificationsRead([property: Id(0)] IReadOnlyList<long>? Ids = null);
