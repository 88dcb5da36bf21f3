using System.Text.Json;
using System.Text.Json.Serialization;
using Actors.ApiHost.Http;
using Actors.GrainInterfaces.Ledger;
using Actors.GrainInterfaces.Purchases;
using Actors.GrainInterfaces.Queues;
using Actors.GrainInterfaces.Wallets;

namespace Actors.ApiHost.Purchases;

internal sealed record PurchaseRequest
{
    private static readonly HashSet<string> Amounts = new(
        ["amount", "price", "cost", "total", "tokens", "token_value", "tokenvalue", "token_amount", "tokenamount"],
        StringComparer.OrdinalIgnoreCase
    );

    // Set and not init: members that only a constructor may set take the slow way through the serializer.
    public string? MenuId { get; set; }

    public string? MenuItemId { get; set; }

    public string? IdempotencyKey { get; set; }

    /// <summary>The version of the menu that was shown: at another one the purchase is refused.</summary>
    public long? MenuVersion { get; set; }

    /// <summary>Whatever else is sent.</summary>
    [JsonExtensionData]
    public Dictionary<string, JsonElement>? Others { get; set; }

    [JsonIgnore]
    public bool NamesAnAmount => Others is not null && Others.Keys.Any(Amounts.Contains);
}

/// <param name="QueuePosition">For a queued purchase only.</param>
internal sealed record PurchaseResponse(
    bool Success,
    string PurchaseId,
    string TransactionType,
    [property: JsonConverter(typeof(StrictEnumConverter<PurchaseStatus>))] PurchaseStatus Status,
    long TokenValue,
    long LoyaltyPointsAwarded,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] int? QueuePosition,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] int? EstimatedWaitMinutes
)
{
    public const string Immediate = "immediate";
    public const string Queued = "queued";

    public static PurchaseResponse From(PurchaseReceipt receipt) =>
        new(
            true,
            receipt.PurchaseId.ToString(),
            receipt.Immediate ? Immediate : Queued,
            receipt.Immediate ? PurchaseStatus.Completed : PurchaseStatus.Pending,
            receipt.Tokens.Count,
            receipt.LoyaltyPoints,
            receipt.QueuePosition,
            receipt.EstimatedWaitMinutes
        );
}

internal sealed record PurchaseHistoryResponse(
    IReadOnlyList<PurchaseEntry> Purchases,
    long Total,
    int Limit,
    int Offset
);

/// <summary>A purchase as it stands now.</summary>
/// <param name="Resolution">How a queued purchase ended: delivered, rejected, cancelled or timed_out.</param>
/// <param name="CapturedTokens">What the model got for it.</param>
/// <param name="DeviceFailure">Why a device did not do what was bought; the tokens are not touched by that.</param>
/// <param name="QueuePosition">While it is pending, its place now; only where a single purchase is asked for.</param>
internal sealed record PurchaseEntry(
    string PurchaseId,
    string UserId,
    string ModelId,
    string MenuId,
    long MenuVersion,
    string MenuItemId,
    string ItemName,
    string TransactionType,
    [property: JsonConverter(typeof(StrictEnumConverter<PurchaseStatus>))] PurchaseStatus Status,
    SettlementKind? Resolution,
    long TokenValue,
    long CapturedTokens,
    long RefundedTokens,
    long LoyaltyPointsAwarded,
    string? Reason,
    string? DeviceFailure,
    DateTimeOffset CreatedAt,
    DateTimeOffset? StartedAt,
    DateTimeOffset? CompletedAt,
    DateTimeOffset? RefundedAt,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] int? QueuePosition = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] int? EstimatedWaitMinutes = null
)
{
    public static PurchaseEntry From(PurchaseView view) => From(view, null);

    public static PurchaseEntry From(PurchaseView view, QueueEntry? entry) =>
        new(
            view.PurchaseId.ToString(),
            view.UserId,
            view.ModelId,
            view.MenuId,
            view.MenuVersion,
            view.ItemId,
            view.ItemName,
            view.Immediate ? PurchaseResponse.Immediate : PurchaseResponse.Queued,
            view.Status,
            view.Resolution,
            view.Tokens.Count,
            view.Captured.Count,
            view.Refunded.Count,
            view.Status == PurchaseStatus.Pending ? 0 : view.LoyaltyPoints,
            view.Reason,
            view.DeviceFailure,
            view.CreatedAt,
            view.StartedAt ?? entry?.StartedAt,
            view.ResolvedAt,
            view.RefundedAt,
            entry?.Position,
            entry?.WaitMinutes
        );
}

/// <param name="FromPlatform">An admin lets the platform pay when the wallet cannot.</param>
internal sealed record RefundRequest(string? Reason, bool? FromPlatform, string? IdempotencyKey);

internal sealed record RefundResponse(
    string PurchaseId,
    [property: JsonConverter(typeof(StrictEnumConverter<PurchaseStatus>))] PurchaseStatus Status,
    string TransferId,
    long RefundedTokens,
    long LoyaltyPointsTaken,
    string Reason,
    bool FromPlatform,
    DateTimeOffset RefundedAt
)
{
    public static RefundResponse From(RefundReceipt refund) =>
        new(
            refund.PurchaseId.ToString(),
            PurchaseStatus.Refunded,
            refund.Transfer,
            refund.Tokens.Count,
            refund.PointsTaken,
            refund.Reason,
            refund.FromPlatform,
            refund.At
        );
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    AllowDuplicateProperties = false,
    MaxDepth = 16,
    Converters = [typeof(TimestampConverter)]
)]
[JsonSerializable(typeof(PurchaseRequest))]
[JsonSerializable(typeof(PurchaseResponse))]
[JsonSerializable(typeof(PurchaseHistoryResponse))]
[JsonSerializable(typeof(PurchaseEntry))]
[JsonSerializable(typeof(RefundRequest))]
[JsonSerializable(typeof(RefundResponse))]
internal sealed partial class PurchaseJson : JsonSerializerContext;
