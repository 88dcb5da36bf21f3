using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Actors.GrainInterfaces.Identity;

namespace Actors.Grains.Notifications.Webhooks;

[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(WebhookSet), "webhook.configured.v1")]
[JsonDerivedType(typeof(WebhookRemoved), "webhook.removed.v1")]
[JsonDerivedType(typeof(DeliveryQueued), "webhook.delivery-queued.v1")]
[JsonDerivedType(typeof(DeliveryQueuedAgain), "webhook.delivery-queued-again.v1")]
[JsonDerivedType(typeof(AttemptsStarted), "webhook.attempts-started.v1")]
[JsonDerivedType(typeof(AttemptSucceeded), "webhook.delivered.v1")]
[JsonDerivedType(typeof(AttemptFailed), "webhook.attempt-failed.v1")]
[JsonDerivedType(typeof(DeliveryGivenUp), "webhook.delivery-given-up.v1")]
[JsonDerivedType(typeof(WebhookGone), "webhook.gone.v1")]
public abstract record WebhookEvent(DateTimeOffset At);

public sealed record WebhookSet(
    DateTimeOffset At,
    Actor Actor,
    string Url,
    ImmutableArray<string> EventTypes,
    string Secret
) : WebhookEvent(At)
{
    /// <summary>Leaves the secret out, so that logging cannot leak it.</summary>
    public override string ToString() => $"{nameof(WebhookSet)} {Url}";
}

public sealed record WebhookRemoved(DateTimeOffset At, Actor Actor) : WebhookEvent(At);

/// <param name="StartedUntil">Set when the first try begins at once: the time at which it counts as lost.</param>
/// <param name="Dropped">The oldest delivery, given up because the queue was full.</param>
public sealed record DeliveryQueued(
    DateTimeOffset At,
    long Number,
    string EventId,
    string EventType,
    string Body,
    DateTimeOffset? StartedUntil,
    long? Dropped
) : WebhookEvent(At);

/// <summary>A dead-lettered delivery gets all its tries once more.</summary>
public sealed record DeliveryQueuedAgain(DateTimeOffset At, Actor Actor, long Number, DateTimeOffset? StartedUntil)
    : WebhookEvent(At);

public sealed record AttemptsStarted(DateTimeOffset At, ImmutableArray<long> Numbers, DateTimeOffset Until)
    : WebhookEvent(At);

public sealed record AttemptSucceeded(DateTimeOffset At, long Number, int StatusCode) : WebhookEvent(At);

public sealed record AttemptFailed(
    DateTimeOffset At,
    long Number,
    int? StatusCode,
    string Error,
    DateTimeOffset RetryAt
) : WebhookEvent(At);

/// <summary>Its last try failed: it is dead-lettered.</summary>
public sealed record DeliveryGivenUp(DateTimeOffset At, long Number, int? StatusCode, string Error) : WebhookEvent(At);

/// <summary>The app answered 410 to a delivery: it wants no more, and everything that waits is dead-lettered.</summary>
public sealed record WebhookGone(DateTimeOffset At, long Number) : WebhookEvent(At);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true
)]
[JsonSerializable(typeof(WebhookEvent))]
[JsonSerializable(typeof(Webhook))]
[JsonSerializable(typeof(WebhookCatalogEvent))]
[JsonSerializable(typeof(WebhookCatalog))]
[JsonSerializable(typeof(WebhookFeedEvent))]
[JsonSerializable(typeof(WebhookFeed))]
internal sealed partial class WebhookJson : JsonSerializerContext;
