using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Actors.GrainInterfaces.Ledger;
using Actors.GrainInterfaces.Notifications.Webhooks;
using Actors.Grains.Notifications.Webhooks;

namespace Actors.Grains.Queues;

/// <summary>What apps are told of a queue. That something came in is told by the purchase.</summary>
internal static class QueueNews
{
    /// <summary>Null for what apps are not told.</summary>
    public static string? TypeOf(QueueEvent @event) =>
        @event switch
        {
            EntryStarted => WebhookEventTypes.QueueEntryStarted,
            EntryEnded => WebhookEventTypes.QueueEntryEnded,
            QueuePaused => WebhookEventTypes.QueuePaused,
            QueueResumed => WebhookEventTypes.QueueResumed,
            _ => null,
        };

    public static WebhookMessage Of(string modelId, QueueEvent @event, long version) =>
        @event switch
        {
            EntryStarted { Entry: var entry } => Message(
                modelId,
                version,
                WebhookEventTypes.QueueEntryStarted,
                new EntryStartedBody(
                    WebhookEventTypes.QueueEntryStarted,
                    entry.PurchaseId,
                    entry.UserId,
                    modelId,
                    entry.ItemId,
                    entry.ItemName,
                    entry.Tokens,
                    @event.At.UtcDateTime
                ),
                QueueNewsJson.Default.EntryStartedBody
            ),
            EntryEnded { Entry: var entry } ended => Message(
                modelId,
                version,
                WebhookEventTypes.QueueEntryEnded,
                new EntryEndedBody(
                    WebhookEventTypes.QueueEntryEnded,
                    entry.PurchaseId,
                    entry.UserId,
                    modelId,
                    entry.ItemId,
                    entry.ItemName,
                    entry.Tokens,
                    ended.Kind,
                    ended.DeliverPercent,
                    ended.Reason,
                    entry.StartedAt?.UtcDateTime,
                    @event.At.UtcDateTime
                ),
                QueueNewsJson.Default.EntryEndedBody
            ),
            _ when TypeOf(@event) is { } type => Message(
                modelId,
                version,
                type,
                new QueueBody(type, modelId, @event.At.UtcDateTime),
                QueueNewsJson.Default.QueueBody
            ),
            _ => throw new InvalidOperationException($"Nobody is told of {@event.GetType().Name}."),
        };

    private static WebhookMessage Message<TBody>(
        string modelId,
        long version,
        string eventType,
        TBody body,
        JsonTypeInfo<TBody> json
    ) => WebhookMessages.Of("queue", modelId, version, eventType, body, json);
}

internal sealed record EntryStartedBody(
    string EventType,
    PurchaseId PurchaseId,
    string UserId,
    string ModelId,
    string ItemId,
    string ItemName,
    Tokens Tokens,
    DateTime Timestamp
);

/// <param name="How">Delivered, rejected, cancelled or timed out.</param>
/// <param name="StartedAt">For what had been started.</param>
internal sealed record EntryEndedBody(
    string EventType,
    PurchaseId PurchaseId,
    string UserId,
    string ModelId,
    string ItemId,
    string ItemName,
    Tokens Tokens,
    SettlementKind How,
    int DeliverPercent,
    string? Reason,
    DateTime? StartedAt,
    DateTime Timestamp
);

internal sealed record QueueBody(string EventType, string ModelId, DateTime Timestamp);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true
)]
[JsonSerializable(typeof(EntryStartedBody))]
[JsonSerializable(typeof(EntryEndedBody))]
[JsonSerializable(typeof(QueueBody))]
internal sealed partial class QueueNewsJson : JsonSerializerContext;
