using Actors.GrainInterfaces.Durability;

namespace Actors.GrainInterfaces.Notifications.Webhooks;

/// <summary>
/// Passes on to subscribed webhooks what features have to tell. It knows of messages, not of what they are about. The key
/// is a shard of the key of the grain that tells, so that what one grain tells goes one way.
/// </summary>
[Alias("IWebhookFeedGrain")]
public interface IWebhookFeedGrain : IGrainWithStringKey
{
    /// <summary>Takes messages in, of each delivery once, and all of them together.</summary>
    Task Receive(IReadOnlyList<Delivered<WebhookMessage>> messages);

    /// <summary>Which webhooks messages go to from now on.</summary>
    Task SetSubscribers(Delivery delivery, IReadOnlyList<EventSubscribers> subscribers);
}

/// <summary>Who wants events of one type.</summary>
[GenerateSerializer, Immutable, Alias("EventSubscribers")]
public sealed record EventSubscribers(
    [property: Id(0)] string EventType,
    [property: Id(1)] IReadOnlyList<string> WebhookIds
);
