using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Actors.GrainInterfaces.Notifications;

namespace Actors.Grains.Notifications;

[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(NotificationReceived), "notification.received.v1")]
[JsonDerivedType(typeof(NotificationTold), "notification.told.v1")]
[JsonDerivedType(typeof(NotificationsRead), "notification.read.v1")]
[JsonDerivedType(typeof(AllNotificationsRead), "notification.all-read.v1")]
[JsonDerivedType(typeof(InboxErased), "notification.inbox-erased.v1")]
public abstract record InboxEvent(DateTimeOffset At);

/// <summary>As older versions wrote it: with a text in English.</summary>
public sealed record NotificationReceived(DateTimeOffset At, string Kind, string Text) : InboxEvent(At);

/// <summary>Something happened that the person must know; in which words is decided when it is read.</summary>
public sealed record NotificationTold(DateTimeOffset At, string Kind, NotificationFacts Facts) : InboxEvent(At);

public sealed record NotificationsRead(DateTimeOffset At, ImmutableArray<long> Ids) : InboxEvent(At);

/// <summary>Everything that had arrived by then, of which <paramref name="UpTo"/> was the newest.</summary>
public sealed record AllNotificationsRead(DateTimeOffset At, long UpTo) : InboxEvent(At);

/// <summary>Whose it is was erased.</summary>
public sealed record InboxErased(DateTimeOffset At) : InboxEvent(At);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull
)]
[JsonSerializable(typeof(InboxEvent))]
[JsonSerializable(typeof(Inbox))]
internal sealed partial class InboxJson : JsonSerializerContext;
