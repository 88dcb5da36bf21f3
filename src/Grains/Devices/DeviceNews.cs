using System.Text.Json.Serialization;
using Actors.GrainInterfaces.Ledger;
using Actors.GrainInterfaces.Notifications.Webhooks;
using Actors.Grains.Notifications.Webhooks;

namespace Actors.Grains.Devices;

/// <summary>What apps are told of a device: what it did not do.</summary>
internal static class DeviceNews
{
    /// <summary>Null for what apps are not told.</summary>
    public static string? TypeOf(DeviceEvent @event) =>
        FailureOf(@event) is null ? null : WebhookEventTypes.DeviceFailed;

    public static WebhookMessage Of(string modelId, DeviceEvent @event, long version)
    {
        var (purchaseId, userId, failure) =
            FailureOf(@event) ?? throw new InvalidOperationException($"Nobody is told of {@event.GetType().Name}.");
        return WebhookMessages.Of(
            "device",
            modelId,
            version,
            WebhookEventTypes.DeviceFailed,
            new DeviceFailedBody(
                WebhookEventTypes.DeviceFailed,
                purchaseId,
                userId,
                modelId,
                failure,
                @event.At.UtcDateTime
            ),
            DeviceNewsJson.Default.DeviceFailedBody
        );
    }

    /// <summary>Which purchase of whom an event says was not done, and why; null when it says no such thing.</summary>
    public static (PurchaseId PurchaseId, string UserId, string Failure)? FailureOf(DeviceEvent @event) =>
        @event switch
        {
            DeviceFailed failed => (failed.PurchaseId, failed.UserId, failed.Failure),
            DeviceOrdered { Lapsed: { } lapsed } => (lapsed.PurchaseId, lapsed.UserId, DeviceRules.TooMany),
            _ => null,
        };
}

internal sealed record DeviceFailedBody(
    string EventType,
    PurchaseId PurchaseId,
    string UserId,
    string ModelId,
    string Failure,
    DateTime Timestamp
);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(DeviceFailedBody))]
internal sealed partial class DeviceNewsJson : JsonSerializerContext;
