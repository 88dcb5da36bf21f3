using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Actors.GrainInterfaces.Notifications.Webhooks;
using Actors.GrainInterfaces.Outcomes;

namespace Actors.Grains.Notifications.Webhooks;

/// <summary>Event types by webhook id; a place that is only reserved wants nothing yet.</summary>
public sealed record WebhookCatalog(ImmutableDictionary<string, ImmutableArray<string>> Webhooks)
{
    public static readonly WebhookCatalog Empty = new(ImmutableDictionary<string, ImmutableArray<string>>.Empty);

    public ImmutableArray<string> Subscribers(string eventType) =>
        [
            .. Webhooks
                .Where(entry => entry.Value.Contains(eventType))
                .Select(static entry => entry.Key)
                .Order(StringComparer.Ordinal),
        ];
}

[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(PlaceReserved), "webhooks.place-reserved.v1")]
[JsonDerivedType(typeof(EventTypesSet), "webhooks.event-types-set.v1")]
[JsonDerivedType(typeof(PlaceReleased), "webhooks.place-released.v1")]
public abstract record WebhookCatalogEvent(DateTimeOffset At, string WebhookId);

public sealed record PlaceReserved(DateTimeOffset At, string WebhookId) : WebhookCatalogEvent(At, WebhookId);

/// <param name="MoodSubscribers">Who wants mood changes from now on.</param>
public sealed record EventTypesSet(
    DateTimeOffset At,
    string WebhookId,
    ImmutableArray<string> EventTypes,
    ImmutableArray<string> MoodSubscribers
) : WebhookCatalogEvent(At, WebhookId);

/// <param name="MoodSubscribers">Who wants mood changes from now on.</param>
public sealed record PlaceReleased(DateTimeOffset At, string WebhookId, ImmutableArray<string> MoodSubscribers)
    : WebhookCatalogEvent(At, WebhookId);

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
        return set with { MoodSubscribers = Evolve(catalog, set).Subscribers(WebhookEventTypes.MoodChanged) };
    }

    public static PlaceReleased DecideRelease(WebhookCatalog catalog, string webhookId, DateTimeOffset now)
    {
        var released = new PlaceReleased(now, webhookId, []);
        return released with { MoodSubscribers = Evolve(catalog, released).Subscribers(WebhookEventTypes.MoodChanged) };
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
}
