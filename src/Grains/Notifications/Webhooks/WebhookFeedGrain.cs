using Actors.GrainInterfaces.Durability;
using Actors.GrainInterfaces.Notifications.Webhooks;
using Actors.Grains.Durability;

namespace Actors.Grains.Notifications.Webhooks;

[GrainType("webhook-feed")]
public sealed class WebhookFeedGrain(IGrainContext context, DurableServices services)
    : EventSourcedGrain<WebhookFeed, WebhookFeedEvent>(context, services, Definition),
        IWebhookFeedGrain
{
    private static readonly Aggregate<WebhookFeed, WebhookFeedEvent> Definition = new()
    {
        Initial = WebhookFeed.Empty,
        Evolve = WebhookFeedRules.Evolve,
        EventJson = WebhookJson.Default.WebhookFeedEvent,
        StateJson = WebhookJson.Default.WebhookFeed,
    };

    public Task Receive(IReadOnlyList<Delivered<WebhookMessage>> messages) =>
        CommitOnce(messages, message => WebhookFeedRules.Decide(Current, message, Now));

    public Task SetSubscribers(Delivery delivery, IReadOnlyList<EventSubscribers> subscribers) =>
        CommitOnce(delivery, () => WebhookFeedRules.Decide(subscribers, Now));

    protected override IReadOnlyList<Effect> EffectsOf(WebhookFeedEvent @event, long version) =>
        @event is MessagePassedOn passed ? WebhookEffects.ToEach(passed.Subscribers, passed.Message) : [];
}
