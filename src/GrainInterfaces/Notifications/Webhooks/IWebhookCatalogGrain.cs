using Actors.GrainInterfaces.Durability;
using Actors.GrainInterfaces.Outcomes;
using Orleans.Concurrency;

namespace Actors.GrainInterfaces.Notifications.Webhooks;

/// <summary>Which webhooks there are and who wants what; one grain, with the key <see cref="Key"/>.</summary>
[Alias("IWebhookCatalogGrain")]
public interface IWebhookCatalogGrain : IGrainWithStringKey
{
    const string Key = "all";

    /// <summary>An event reaches this many subscriptions at most.</summary>
    const int MaxWebhooks = 100;

    /// <summary>Takes one of the places, which a webhook keeps until it is released; taking it again changes nothing.</summary>
    Task<Outcome<Done>> Reserve(string webhookId);

    /// <summary>What a webhook wants from now on; nothing when it is disabled.</summary>
    Task SetEventTypes(Delivery delivery, string webhookId, IReadOnlyList<string> eventTypes);

    Task Release(Delivery delivery, string webhookId);

    /// <summary>The event types that anybody wants. Silos ask every few seconds while they have something to tell.</summary>
    [ReadOnly]
    ValueTask<WantedEvents> Wanted();

    /// <summary>Every webhook, by id.</summary>
    [ReadOnly]
    Task<WebhookList> List();
}

[GenerateSerializer, Immutable, Alias("WebhookList")]
public sealed record WebhookList([property: Id(0)] IReadOnlyList<WebhookView> Webhooks);

[GenerateSerializer, Immutable, Alias("WantedEvents")]
public sealed record WantedEvents([property: Id(0)] IReadOnlyList<string> EventTypes);
