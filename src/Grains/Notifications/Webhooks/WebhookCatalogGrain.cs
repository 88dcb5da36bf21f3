using System.Collections.Immutable;
using Actors.GrainInterfaces.Durability;
using Actors.GrainInterfaces.MoodAnalytics;
using Actors.GrainInterfaces.Notifications.Webhooks;
using Actors.GrainInterfaces.Outcomes;
using Actors.Grains.Durability;

namespace Actors.Grains.Notifications.Webhooks;

[GrainType("webhooks")]
public sealed class WebhookCatalogGrain(IGrainContext context, DurableServices services)
    : EventSourcedGrain<WebhookCatalog, WebhookCatalogEvent>(context, services, Definition),
        IWebhookCatalogGrain
{
    private static readonly Aggregate<WebhookCatalog, WebhookCatalogEvent> Definition = new()
    {
        Initial = WebhookCatalog.Empty,
        Evolve = WebhookCatalogRules.Evolve,
        EventJson = WebhookJson.Default.WebhookCatalogEvent,
        StateJson = WebhookJson.Default.WebhookCatalog,
    };

    public Task<Outcome<Done>> Reserve(string webhookId) =>
        Apply<PlaceReserved?, Done>(WebhookCatalogRules.DecidePlace(Current, webhookId, Now), static () => Done.It);

    public Task SetEventTypes(Delivery delivery, string webhookId, IReadOnlyList<string> eventTypes) =>
        CommitOnce(delivery, () => WebhookCatalogRules.DecideEventTypes(Current, webhookId, eventTypes, Now));

    public Task Release(Delivery delivery, string webhookId) =>
        CommitOnce(delivery, () => WebhookCatalogRules.DecideRelease(Current, webhookId, Now));

    public ValueTask<WantedEvents> Wanted() => new(new WantedEvents([.. Durable.Subscribers().Keys]));

    public async Task<WebhookList> List()
    {
        var ids = Durable.Webhooks.Keys.Order(StringComparer.Ordinal).ToArray();
        var webhooks = await Task.WhenAll(ids.Select(id => GrainFactory.GetGrain<IWebhookGrain>(id).Get().AsTask()));
        return new WebhookList([.. webhooks.Select(static outcome => outcome.Value).OfType<WebhookView>()]);
    }

    protected override IReadOnlyList<Effect> EffectsOf(WebhookCatalogEvent @event, long version) =>
        @event is IChangesSubscribers changed
            ? [.. ToMoodFeeds(changed.MoodSubscribers), .. ToFeeds(changed.Subscribers)]
            : [];

    private static IEnumerable<Effect> ToMoodFeeds(ImmutableArray<string> subscribers) =>
        Shards.Keys.Select(shard =>
            Effect.To<IMoodFeedGrain>(shard, (feed, delivery) => feed.SetSubscribers(delivery, subscribers))
        );

    private static IEnumerable<Effect> ToFeeds(
        ImmutableSortedDictionary<string, ImmutableArray<string>>? subscribersByType
    )
    {
        if (subscribersByType is null)
        {
            return [];
        }
        EventSubscribers[] subscribers =
        [
            .. subscribersByType.Select(static pair => new EventSubscribers(pair.Key, pair.Value)),
        ];
        return Shards.Keys.Select(shard =>
            Effect.To<IWebhookFeedGrain>(shard, (feed, delivery) => feed.SetSubscribers(delivery, subscribers))
        );
    }
}
