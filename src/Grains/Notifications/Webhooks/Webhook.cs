using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Actors.GrainInterfaces.Notifications.Webhooks;

namespace Actors.Grains.Notifications.Webhooks;

/// <summary>A subscription as the fold of its events; bounded, whatever arrives.</summary>
/// <param name="Settings">Null while there is no subscription.</param>
/// <param name="LastNumber">The number of the newest delivery; numbers are never used again.</param>
/// <param name="Queue">What the app has not taken yet.</param>
/// <param name="Recent">The newest deliveries that the app took, oldest first.</param>
/// <param name="Dead">The newest deliveries that were given up.</param>
public sealed record Webhook(
    WebhookSettings? Settings,
    long LastNumber,
    DeliveryQueue Queue,
    ImmutableList<QueuedDelivery> Recent,
    ImmutableSortedDictionary<long, QueuedDelivery> Dead,
    long DeliveredCount,
    long DeadCount
)
{
    public static readonly Webhook None = new(
        null,
        0,
        DeliveryQueue.Empty,
        [],
        ImmutableSortedDictionary<long, QueuedDelivery>.Empty,
        0,
        0
    );

    [JsonIgnore]
    public bool IsActive => Settings is { Disabled: false };

    public bool Wants(string eventType) =>
        Settings is { Disabled: false } settings && settings.EventTypes.Contains(eventType);
}

/// <param name="PreviousSecret">Signs as well until its time is over.</param>
public sealed record WebhookSettings(
    string Url,
    ImmutableArray<string> EventTypes,
    string Secret,
    bool Disabled,
    DateTimeOffset CreatedAt,
    DateTimeOffset UpdatedAt,
    string? PreviousSecret = null,
    DateTimeOffset? PreviousSecretUntil = null
)
{
    /// <summary>Leaves the secret out, so that logging cannot leak it.</summary>
    public override string ToString() => $"{nameof(WebhookSettings)} {Url}";
}

/// <summary>One event on its way to one app.</summary>
/// <param name="Attempts">Tries begun, the one that is under way included.</param>
/// <param name="Due">When to try next; for one under way, when it counts as lost.</param>
public sealed record QueuedDelivery(
    long Number,
    string EventId,
    string EventType,
    string Body,
    DateTimeOffset QueuedAt,
    int Attempts,
    DateTimeOffset Due,
    bool UnderWay,
    DateTimeOffset? LastAttemptAt = null,
    int? StatusCode = null,
    string? LastError = null
)
{
    public QueuedDelivery Started(DateTimeOffset at, DateTimeOffset until) =>
        this with
        {
            Attempts = Attempts + 1,
            Due = until,
            UnderWay = true,
            LastAttemptAt = at,
        };

    public QueuedDelivery Failed(int? statusCode, string error, DateTimeOffset retryAt) =>
        this with
        {
            StatusCode = statusCode,
            LastError = error,
            Due = retryAt,
            UnderWay = false,
        };

    public WebhookDeliveryView View(WebhookDeliveryStatus status) =>
        new(
            Number,
            EventId,
            EventType,
            status,
            Attempts,
            QueuedAt,
            LastAttemptAt,
            status == WebhookDeliveryStatus.Pending && !UnderWay ? Due : null,
            StatusCode,
            LastError
        );
}
