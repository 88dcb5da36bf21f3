using System.Collections.Immutable;
using Actors.GrainInterfaces.Durability;
using Actors.GrainInterfaces.Notifications.Webhooks;
using Actors.Grains.Durability;

namespace Actors.Grains.Notifications.Webhooks;

/// <summary>How what apps are told leaves a grain.</summary>
internal static class WebhookEffects
{
    private static readonly BulkRoute<IWebhookFeedGrain, WebhookMessage> ToFeed = new(
        static (feed, messages) => feed.Receive(messages)
    )
    {
        IsNews = true,
    };

    /// <summary>To whoever wants it; the feed knows who that is.</summary>
    /// <param name="key">Of the grain that tells.</param>
    public static Effect Tell(string key, WebhookMessage message) => ToFeed.To(Shards.Of(key), message);

    /// <summary>To these, who are known.</summary>
    public static IReadOnlyList<Effect> ToEach(ImmutableArray<string> webhooks, WebhookMessage message) =>
        [
            .. webhooks.Select(webhook =>
                Effect.To<IWebhookGrain>(webhook, (grain, delivery) => grain.Receive(delivery, message))
            ),
        ];
}
