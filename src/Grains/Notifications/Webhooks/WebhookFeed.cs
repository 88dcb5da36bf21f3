using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Actors.GrainInterfaces.Notifications.Webhooks;

namespace Actors.Grains.Notifications.Webhooks;

/// <param name="Subscribers">The webhooks that messages go to, by event type.</param>
public sealed record WebhookFeed(ImmutableSortedDictionary<string, ImmutableArray<string>> Subscribers)
{
    public static readonly WebhookFeed Empty = new(ImmutableSortedDictionary<string, ImmutableArray<string>>.Empty);
}

[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(FeedSubscribersSet), "webhook-feed.subscribers-set.v1")]
[JsonDerivedType(typeof(MessagePassedOn), "webhook-feed.message-passed-on.v1")]
public abstract record WebhookFeedEvent(DateTimeOffset At);

public sealed record FeedSubscribersSet(
    DateTimeOffset At,
    ImmutableSortedDictionary<string, ImmutableArray<string>> Subscribers
) : WebhookFeedEvent(At);

/// <param name="Subscribers">Webhooks that get it; whoever subscribes later does not.</param>
public sealed record MessagePassedOn(DateTimeOffset At, WebhookMessage Message, ImmutableArray<string> Subscribers)
    : WebhookFeedEvent(At);
