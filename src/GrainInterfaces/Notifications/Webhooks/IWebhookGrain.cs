using System.Text.Json.Serialization;
using Actors.GrainInterfaces.Durability;
using Actors.GrainInterfaces.Identity;
using Actors.GrainInterfaces.Outcomes;
using Orleans.Concurrency;

namespace Actors.GrainInterfaces.Notifications.Webhooks;

/// <summary>One subscription of an outside app; the key is the webhook's id. Events wait here until the app has taken them.</summary>
[Alias("IWebhookGrain")]
public interface IWebhookGrain : IGrainWithStringKey
{
    [ReadOnly]
    ValueTask<Outcome<WebhookView>> Get();

    /// <summary>Creates the subscription, or changes it; a disabled one is enabled again.</summary>
    Task<Outcome<WebhookConfigured>> Configure(ConfigureWebhook command);

    /// <summary>Ends the subscription, if there is one, forgets what waits, and gives its place in the catalog back.</summary>
    Task Remove(Actor actor);

    /// <summary>Takes in an event for the app, unless the subscription does not want it.</summary>
    Task Receive(Delivery delivery, WebhookMessage message);

    /// <summary>Queues an event of type <see cref="WebhookEventTypes.Test"/>.</summary>
    Task<Outcome<WebhookDeliveryView>> Test();

    /// <summary>The newest deliveries of every status, newest first.</summary>
    [ReadOnly]
    Task<Outcome<WebhookDeliveries>> Deliveries();

    /// <summary>Queues a dead-lettered delivery again, with its event id and all its tries.</summary>
    Task<Outcome<WebhookDeliveryView>> Redeliver(Actor actor, long deliveryId);
}

/// <param name="Id">Stable: every try, and every subscription, carries the same.</param>
/// <param name="Body">The JSON text, byte for byte as it is signed and sent.</param>
[GenerateSerializer, Immutable, Alias("WebhookMessage")]
public sealed record WebhookMessage(
    [property: Id(0)] string Id,
    [property: Id(1)] string EventType,
    [property: Id(2)] string Body
);

/// <param name="Secret">Null keeps the one that is set.</param>
/// <param name="SecretIfNew">Taken when no secret is given and none is set.</param>
[GenerateSerializer, Immutable, Alias("ConfigureWebhook")]
public sealed record ConfigureWebhook(
    [property: Id(0)] Actor Actor,
    [property: Id(1)] string Url,
    [property: Id(2)] IReadOnlyList<string> EventTypes,
    [property: Id(3)] string? Secret,
    [property: Id(4)] string SecretIfNew
)
{
    /// <summary>Leaves the secrets out, so that logging a command cannot leak them.</summary>
    public override string ToString() => $"{nameof(ConfigureWebhook)} {Url}";
}

/// <param name="Created">Whether there was no such subscription before.</param>
/// <param name="SecretMade">Whether <see cref="ConfigureWebhook.SecretIfNew"/> was taken.</param>
[GenerateSerializer, Immutable, Alias("WebhookConfigured")]
public sealed record WebhookConfigured(
    [property: Id(0)] WebhookView Webhook,
    [property: Id(1)] bool Created,
    [property: Id(2)] bool SecretMade
);

[JsonConverter(typeof(JsonStringEnumConverter<WebhookStatus>))]
public enum WebhookStatus
{
    [JsonStringEnumMemberName("active")]
    Active,

    /// <summary>The app answered 410; nothing is sent until the subscription is configured again.</summary>
    [JsonStringEnumMemberName("disabled")]
    Disabled,
}

/// <param name="DeadLettered">How many were ever given up; the newest of them can be delivered again.</param>
[GenerateSerializer, Immutable, Alias("WebhookView")]
public sealed record WebhookView(
    [property: Id(0)] string Id,
    [property: Id(1)] string Url,
    [property: Id(2)] IReadOnlyList<string> EventTypes,
    [property: Id(3)] WebhookStatus Status,
    [property: Id(4)] DateTimeOffset CreatedAt,
    [property: Id(5)] DateTimeOffset UpdatedAt,
    [property: Id(6)] int Pending,
    [property: Id(7)] long Delivered,
    [property: Id(8)] long DeadLettered
);

[JsonConverter(typeof(JsonStringEnumConverter<WebhookDeliveryStatus>))]
public enum WebhookDeliveryStatus
{
    [JsonStringEnumMemberName("pending")]
    Pending,

    [JsonStringEnumMemberName("delivered")]
    Delivered,

    [JsonStringEnumMemberName("dead")]
    Dead,
}

/// <param name="NextAttemptAt">Null when no further try will be made.</param>
/// <param name="StatusCode">What the app answered last; null when it did not answer.</param>
[GenerateSerializer, Immutable, Alias("WebhookDeliveryView")]
public sealed record WebhookDeliveryView(
    [property: Id(0)] long DeliveryId,
    [property: Id(1)] string EventId,
    [property: Id(2)] string EventType,
    [property: Id(3)] WebhookDeliveryStatus Status,
    [property: Id(4)] int Attempts,
    [property: Id(5)] DateTimeOffset QueuedAt,
    [property: Id(6)] DateTimeOffset? LastAttemptAt,
    [property: Id(7)] DateTimeOffset? NextAttemptAt,
    [property: Id(8)] int? StatusCode,
    [property: Id(9)] string? LastError
);

[GenerateSerializer, Immutable, Alias("WebhookDeliveries")]
public sealed record WebhookDeliveries([property: Id(0)] IReadOnlyList<WebhookDeliveryView> Deliveries);
