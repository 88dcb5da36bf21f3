using System.Text.Json.Serialization;
using Actors.GrainInterfaces.Durability;
using Actors.GrainInterfaces.Identity;
using Actors.GrainInterfaces.Ledger;
using Actors.GrainInterfaces.Outcomes;
using Actors.GrainInterfaces.Wallets;
using Orleans.Concurrency;

namespace Actors.GrainInterfaces.Purchases;

/// <summary>
/// What one user buys; the key is the user's id. The same grain as the user's balance, so that a purchase is one event:
/// debit or hold, record, key and what others must be told.
/// </summary>
[Alias("IPurchaserGrain")]
public interface IPurchaserGrain : IGrainWithStringKey
{
    Task<Outcome<PurchaseReceipt>> Purchase(PurchaseItem command);

    /// <summary>Newest first. With a filter only the newest <see cref="PurchaseFilter.MostLookedAt"/> purchases are looked at.</summary>
    [ReadOnly]
    Task<PurchasePage> History(int limit, int offset, PurchaseFilter filter);

    [ReadOnly]
    Task<Outcome<PurchaseView>> Find(PurchaseId purchaseId);

    /// <summary>
    /// Gives the tokens back: a model for what was bought from her or him, an admin for anything. Once; repeated with the
    /// same answer.
    /// </summary>
    Task<Outcome<RefundReceipt>> Refund(RequestRefund command);

    /// <summary>
    /// Gives a tip back: a model what she or he got, an admin any. Once; repeated with the same answer.
    /// </summary>
    Task<Outcome<RefundReceipt>> RefundTip(RequestRefund command);

    /// <summary>The models in whose queues something of this user is not finished.</summary>
    [ReadOnly]
    ValueTask<OpenQueues> OpenQueues();

    /// <summary>The queue has decided about a held purchase; a hold is resolved at most once.</summary>
    Task Settle(Delivery delivery, PurchaseSettlement settlement);

    /// <summary>A device did not do what was bought. Tells the buyer, and touches no token.</summary>
    Task DeviceFailed(Delivery delivery, PurchaseId purchaseId, string failure);
}

/// <param name="MenuVersion">The version of the menu that the buyer has seen; null when any will do.</param>
[GenerateSerializer, Immutable, Alias("PurchaseItem")]
public sealed record PurchaseItem(
    [property: Id(0)] string MenuId,
    [property: Id(1)] string ItemId,
    [property: Id(2)] IdempotencyKey Key,
    [property: Id(3)] long? MenuVersion = null
);

/// <param name="QueuePosition">Where it came in; null for a purchase that is complete.</param>
[GenerateSerializer, Immutable, Alias("PurchaseReceipt")]
public sealed record PurchaseReceipt(
    [property: Id(0)] PurchaseId PurchaseId,
    [property: Id(1)] Tokens Tokens,
    [property: Id(2)] long LoyaltyPoints,
    [property: Id(3)] int? QueuePosition,
    [property: Id(4)] int? EstimatedWaitMinutes
)
{
    public bool Immediate => QueuePosition is null;
}

[JsonConverter(typeof(JsonStringEnumConverter<PurchaseStatus>))]
public enum PurchaseStatus
{
    [JsonStringEnumMemberName("pending")]
    Pending,

    [JsonStringEnumMemberName("completed")]
    Completed,

    [JsonStringEnumMemberName("failed")]
    Failed,

    [JsonStringEnumMemberName("refunded")]
    Refunded,
}

/// <param name="DeliverPercent">How much of it was delivered: 1 to 100 when delivered, else 0. The rest is refunded.</param>
[GenerateSerializer, Immutable, Alias("PurchaseSettlement")]
public sealed record PurchaseSettlement(
    [property: Id(0)] PurchaseId PurchaseId,
    [property: Id(1)] SettlementKind Kind,
    [property: Id(2)] int DeliverPercent,
    [property: Id(3)] string? Reason,
    [property: Id(4)] DateTimeOffset? StartedAt,
    [property: Id(5)] DateTimeOffset At
);

/// <summary>A purchase as it stands.</summary>
/// <param name="LoyaltyPoints">What it has earned; while it is pending, what it will.</param>
/// <param name="Captured">What the model got.</param>
/// <param name="Refunded">What came back.</param>
/// <param name="ResolvedAt">When a held purchase was delivered, rejected, cancelled or timed out.</param>
[GenerateSerializer, Immutable, Alias("PurchaseView")]
public sealed record PurchaseView(
    [property: Id(0)] PurchaseId PurchaseId,
    [property: Id(1)] string UserId,
    [property: Id(2)] string ModelId,
    [property: Id(3)] string MenuId,
    [property: Id(4)] long MenuVersion,
    [property: Id(5)] string ItemId,
    [property: Id(6)] string ItemName,
    [property: Id(7)] Tokens Tokens,
    [property: Id(8)] long LoyaltyPoints,
    [property: Id(9)] bool Immediate,
    [property: Id(10)] PurchaseStatus Status,
    [property: Id(11)] SettlementKind? Resolution,
    [property: Id(12)] Tokens Captured,
    [property: Id(13)] Tokens Refunded,
    [property: Id(14)] string? Reason,
    [property: Id(15)] string? DeviceFailure,
    [property: Id(16)] DateTimeOffset CreatedAt,
    [property: Id(17)] DateTimeOffset? StartedAt,
    [property: Id(18)] DateTimeOffset? ResolvedAt,
    [property: Id(19)] DateTimeOffset? RefundedAt
);

/// <summary>Which purchases are asked for; what is null excludes nothing.</summary>
/// <param name="From">The first moment at which they were made.</param>
/// <param name="Until">The first moment after.</param>
[GenerateSerializer, Immutable, Alias("PurchaseFilter")]
public sealed record PurchaseFilter(
    [property: Id(0)] PurchaseStatus? Status = null,
    [property: Id(1)] DateTimeOffset? From = null,
    [property: Id(2)] DateTimeOffset? Until = null
)
{
    public const int MostLookedAt = 10_000;

    public static readonly PurchaseFilter None = new();

    public bool Admits(PurchaseView purchase) =>
        (Status ?? purchase.Status) == purchase.Status
        && !(purchase.CreatedAt < From)
        && !(purchase.CreatedAt >= Until);
}

/// <param name="Total">Of all that were asked for, on however many pages.</param>
[GenerateSerializer, Immutable, Alias("PurchasePage")]
public sealed record PurchasePage(
    [property: Id(0)] IReadOnlyList<PurchaseView> Purchases,
    [property: Id(1)] long Total
);

/// <param name="PurchaseId">The purchase, or the tip.</param>
/// <param name="FromPlatform">The platform pays when the wallet cannot; heeded for admins only.</param>
[GenerateSerializer, Immutable, Alias("RequestRefund")]
public sealed record RequestRefund(
    [property: Id(0)] PurchaseId PurchaseId,
    [property: Id(1)] Actor Actor,
    [property: Id(2)] string Reason,
    [property: Id(3)] bool FromPlatform,
    [property: Id(4)] IdempotencyKey Key
);

[GenerateSerializer, Immutable, Alias("OpenQueues")]
public sealed record OpenQueues([property: Id(0)] IReadOnlyList<string> ModelIds);
