using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Actors.GrainInterfaces.Notifications.Webhooks;
using Actors.GrainInterfaces.Outcomes;

namespace Actors.Grains.Notifications.Webhooks;

/// <summary>Event types by webhook id; a place that is only reserved wants nothing yet.</summary>
public sealed record WebhookCatalog(ImmutableDictionary<string, ImmutableArray<string>> Webhooks)
{
    public static readonly WebhookCatalog Empty = new(ImmutableDictionary<string, ImmutableArray<string>>.Empty);

    /// <summary>Every event type that anybody wants, with those who do.</summary>
    public ImmutableSortedDictionary<string, ImmutableArray<string>> Subscribers() =>
        Webhooks
            .SelectMany(static entry => entry.Value.Select(eventType => (eventType, webhook: entry.Key)))
            .GroupBy(static pair => pair.eventType, static pair => pair.webhook)
            .ToImmutableSortedDictionary(
                static group => group.Key,
                static group => group.Order(StringComparer.Ordinal).ToImmutableArray(),
                StringComparer.Ordinal
            );
}

[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(PlaceReserved), "webhooks.place-reserved.v1")]
[JsonDerivedType(typeof(EventTypesSet), "webhooks.event-types-set.v1")]
[JsonDerivedType(typeof(PlaceReleased), "webhooks.place-released.v1")]
public abstract record WebhookCatalogEvent(DateTimeOffset At, string WebhookId);

public sealed record PlaceReserved(DateTimeOffset At, string WebhookId) : WebhookCatalogEvent(At, WebhookId);

/// <summary>After it somebody may want something else than before.</summary>
public interface IChangesSubscribers
{
    /// <summary>Who wants mood changes from now on.</summary>
    ImmutableArray<string> MoodSubscribers { get; }

    /// <summary>Who wants what from now on, by event type; null when it was written while moods were all there was.</summary>
    ImmutableSortedDictionary<string, ImmutableArray<string>>? Subscribers { get; }
}

public sealed record EventTypesSet(
    DateTimeOffset At,
    string WebhookId,
    ImmutableArray<string> EventTypes,
    ImmutableArray<string> MoodSubscribers,
    ImmutableSortedDictionary<string, ImmutableArray<string>>? Subscribers = null
) : WebhookCatalogEvent(At, WebhookId), IChangesSubscribers;

public sealed record PlaceReleased(
    DateTimeOffset At,
    string WebhookId,
    ImmutableArray<string> MoodSubscribers,
    ImmutableSortedDictionary<string, ImmutableArray<string>>? Subscribers = null
) : WebhookCatalogEvent(At, WebhookId), IChangesSubscribers;

/// <summary>Everything that is decided about the catalog.</summary>
public static class WebhookCatalogRules
{
    /// <summary>Null when the webhook has its place already.</summary>
    public static Outcome<PlaceReserved?> DecidePlace(WebhookCatalog catalog, string webhookId, DateTimeOffset now) =>
        catalog.Webhooks.ContainsKey(webhookId) ? (PlaceReserved?)null
        : catalog.Webhooks.Count >= IWebhookCatalogGrain.MaxWebhooks ? WebhookRefusals.TooManyWebhooks
        : new PlaceReserved(now, webhookId);

    public static EventTypesSet DecideEventTypes(
        WebhookCatalog catalog,
        string webhookId,
        IEnumerable<string> eventTypes,
        DateTimeOffset now
    )
    {
        var set = new EventTypesSet(now, webhookId, [.. eventTypes], []);
        var subscribers = Evolve(catalog, set).Subscribers();
        return set with { MoodSubscribers = OfMoods(subscribers), Subscribers = subscribers };
    }

    public static PlaceReleased DecideRelease(WebhookCatalog catalog, string webhookId, DateTimeOffset now)
    {
        var released = new PlaceReleased(now, webhookId, []);
        var subscribers = Evolve(catalog, released).Subscribers();
        return released with { MoodSubscribers = OfMoods(subscribers), Subscribers = subscribers };
    }

    public static WebhookCatalog Evolve(WebhookCatalog catalog, WebhookCatalogEvent @event) =>
        new(
            @event switch
            {
                PlaceReserved => catalog.Webhooks.SetItem(@event.WebhookId, []),
                EventTypesSet set => catalog.Webhooks.SetItem(@event.WebhookId, set.EventTypes),
                PlaceReleased => catalog.Webhooks.Remove(@event.WebhookId),
                _ => throw new InvalidOperationException($"Unknown event {@event.GetType().Name}."),
            }
        );

    private static ImmutableArray<string> OfMoods(
        ImmutableSortedDictionary<string, ImmutableArray<string>> subscribers
    ) => subscribers.GetValueOrDefault(WebhookEventTypes.MoodChanged, []);
}
