using System.Text.Json.Serialization;
using Actors.ApiHost.Http;
using Actors.GrainInterfaces.Notifications.Webhooks;

namespace Actors.ApiHost.Notifications.Webhooks;

internal sealed record PutWebhookRequest
{
    public string? Url { get; init; }

    public IReadOnlyList<string>? EventTypes { get; init; }

    /// <summary>Left out, the one that is set stays; a new webhook gets one made.</summary>
    public string? Secret { get; init; }

    /// <summary>Leaves the secret out, so that logging a request cannot leak it.</summary>
    public override string ToString() => $"{nameof(PutWebhookRequest)} {Url}";
}

/// <param name="Secret">Only in the answer that created the webhook with a secret made for it; never shown again.</param>
internal sealed record WebhookResponse(
    string Id,
    string Url,
    IReadOnlyList<string> EventTypes,
    [property: JsonConverter(typeof(StrictEnumConverter<WebhookStatus>))] WebhookStatus Status,
    DateTimeOffset CreatedAt,
    DateTimeOffset UpdatedAt,
    int Pending,
    long Delivered,
    long DeadLettered,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Secret = null
)
{
    public static WebhookResponse From(WebhookView webhook) =>
        new(
            webhook.Id,
            webhook.Url,
            webhook.EventTypes,
            webhook.Status,
            webhook.CreatedAt,
            webhook.UpdatedAt,
            webhook.Pending,
            webhook.Delivered,
            webhook.DeadLettered
        );
}

internal sealed record WebhookListResponse(IReadOnlyList<WebhookResponse> Webhooks);

internal sealed record WebhookRemovedResponse(string Id, bool Removed);

internal sealed record WebhookDeliveryResponse(
    long DeliveryId,
    string EventId,
    string EventType,
    [property: JsonConverter(typeof(StrictEnumConverter<WebhookDeliveryStatus>))] WebhookDeliveryStatus Status,
    int Attempts,
    DateTimeOffset QueuedAt,
    DateTimeOffset? LastAttemptAt,
    DateTimeOffset? NextAttemptAt,
    int? StatusCode,
    string? LastError
)
{
    public static WebhookDeliveryResponse From(WebhookDeliveryView delivery) =>
        new(
            delivery.DeliveryId,
            delivery.EventId,
            delivery.EventType,
            delivery.Status,
            delivery.Attempts,
            delivery.QueuedAt,
            delivery.LastAttemptAt,
            delivery.NextAttemptAt,
            delivery.StatusCode,
            delivery.LastError
        );
}

internal sealed record WebhookDeliveryListResponse(IReadOnlyList<WebhookDeliveryResponse> Deliveries);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    AllowDuplicateProperties = false,
    MaxDepth = 16,
    Converters = [typeof(TimestampConverter)]
)]
[JsonSerializable(typeof(PutWebhookRequest))]
[JsonSerializable(typeof(WebhookResponse))]
[JsonSerializable(typeof(WebhookListResponse))]
[JsonSerializable(typeof(WebhookRemovedResponse))]
[JsonSerializable(typeof(WebhookDeliveryResponse))]
[JsonSerializable(typeof(WebhookDeliveryListResponse))]
internal sealed partial class WebhookJson : JsonSerializerContext;
