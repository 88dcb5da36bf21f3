using System.Collections.Immutable;
using Actors.GrainInterfaces.Notifications.Webhooks;

namespace Actors.Grains.Notifications.Webhooks;

/// <summary>Who gets a message. Pure: knows no grain, no clock, no storage.</summary>
public static class WebhookFeedRules
{
    /// <summary>Null when nobody wants it: whoever told could not know, or somebody has just left.</summary>
    public static MessagePassedOn? Decide(WebhookFeed feed, WebhookMessage message, DateTimeOffset now) =>
        feed.Subscribers.TryGetValue(message.EventType, out var subscribers)
            ? new MessagePassedOn(now, message, subscribers)
            : null;

    public static FeedSubscribersSet Decide(IEnumerable<EventSubscribers> subscribers, DateTimeOffset now) =>
        new(
            now,
            subscribers.ToImmutableSortedDictionary(
                static one => one.EventType,
                static one => one.WebhookIds.ToImmutableArray(),
                StringComparer.Ordinal
            )
        );

    public static WebhookFeed Evolve(WebhookFeed feed, WebhookFeedEvent @event) =>
        @event switch
        {
            FeedSubscribersSet set => new WebhookFeed(set.Subscribers),
            MessagePassedOn => feed,
            _ => throw new InvalidOperationException($"Unknown event {@event.GetType().Name}."),
        };
}
