using System.Text.Json.Serialization;
using Actors.ApiHost.Http;
using Actors.GrainInterfaces.Ledger;
using Actors.GrainInterfaces.Queues;

namespace Actors.ApiHost.Queues;

/// <param name="Length">How many are not finished, whoever asks.</param>
/// <param name="Entries">In the order in which they are served; a user's own only.</param>
internal sealed record QueueResponse(string ModelId, bool Paused, int Length, IReadOnlyList<EntryResponse> Entries)
{
    public static QueueResponse From(QueueView queue) => From(queue, EntryResponse.From);

    public static QueueResponse From(QueueView queue, Func<QueueEntry, EntryResponse> entry) =>
        new(queue.ModelId, queue.Paused, queue.Length, [.. queue.Entries.Select(entry)]);
}

/// <param name="UserId">Who bought it; for the model and admins.</param>
/// <param name="Position">1 for the first that is not finished.</param>
/// <param name="EstimatedWaitMinutes">Until it is delivered, by the median of what its kind has taken so far.</param>
/// <param name="EstimatedWaitP90Minutes">The same by the 90th percentile.</param>
/// <param name="ExpiresAt">When it is given up and the tokens are free again.</param>
internal sealed record EntryResponse(
    string PurchaseId,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? UserId,
    string ItemId,
    string ItemName,
    long TokenValue,
    [property: JsonConverter(typeof(StrictEnumConverter<EntryStatus>))] EntryStatus Status,
    int Position,
    int EstimatedWaitMinutes,
    [property: JsonPropertyName("estimated_wait_p90_minutes")] int EstimatedWaitP90Minutes,
    DateTimeOffset QueuedAt,
    DateTimeOffset? StartedAt,
    DateTimeOffset ExpiresAt
)
{
    public static EntryResponse From(QueueEntry entry) =>
        new(
            entry.PurchaseId.ToString(),
            entry.UserId,
            entry.ItemId,
            entry.ItemName,
            entry.Tokens.Count,
            entry.Status,
            entry.Position,
            entry.WaitMinutes,
            entry.WaitMinutesAtMost,
            entry.QueuedAt,
            entry.StartedAt,
            entry.ExpiresAt
        );

    public static EntryResponse OfCaller(QueueEntry entry) => From(entry) with { UserId = null };
}

internal sealed record CompleteEntryRequest(int? DeliverPercent, string? IdempotencyKey);

internal sealed record RejectEntryRequest(string? Reason, string? IdempotencyKey);

internal sealed record CancelEntryRequest(string? IdempotencyKey);

/// <param name="Resolution">How it ended: delivered, rejected or cancelled.</param>
/// <param name="CapturedTokens">What the model gets.</param>
internal sealed record FinishedEntryResponse(
    string PurchaseId,
    [property: JsonConverter(typeof(StrictEnumConverter<SettlementKind>))] SettlementKind Resolution,
    int DeliverPercent,
    long CapturedTokens,
    long RefundedTokens,
    DateTimeOffset? StartedAt,
    DateTimeOffset FinishedAt
)
{
    public static FinishedEntryResponse From(FinishedEntry entry) =>
        new(
            entry.PurchaseId.ToString(),
            entry.Kind,
            entry.DeliverPercent,
            entry.Captured.Count,
            entry.Refunded.Count,
            entry.StartedAt,
            entry.At
        );
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    AllowDuplicateProperties = false,
    MaxDepth = 16,
    Converters = [typeof(TimestampConverter)]
)]
[JsonSerializable(typeof(QueueResponse))]
[JsonSerializable(typeof(EntryResponse))]
[JsonSerializable(typeof(CompleteEntryRequest))]
[JsonSerializable(typeof(RejectEntryRequest))]
[JsonSerializable(typeof(CancelEntryRequest))]
[JsonSerializable(typeof(FinishedEntryResponse))]
internal sealed partial class QueueJson : JsonSerializerContext;
