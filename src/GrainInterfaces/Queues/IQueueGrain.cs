using System.Text.Json.Serialization;
using Actors.GrainInterfaces.Durability;
using Actors.GrainInterfaces.Identity;
using Actors.GrainInterfaces.Ledger;
using Actors.GrainInterfaces.Outcomes;
using Orleans.Concurrency;

namespace Actors.GrainInterfaces.Queues;

/// <summary>
/// What one model has still to perform, in order; the key is the model's id. It decides how a held purchase ends, and the
/// buyer's balance follows.
/// </summary>
[Alias("IQueueGrain")]
public interface IQueueGrain : IFollowedGrain
{
    /// <summary>
    /// A place for a purchase that is about to be made. It counts against the length and lapses after a minute when no
    /// purchase follows; a purchase that was made finds its place even so.
    /// </summary>
    ValueTask<Outcome<QueuePlace>> Reserve(string itemId, string userId);

    /// <summary>Gives an unused place back.</summary>
    [OneWay]
    ValueTask Release(long ticket);

    /// <summary>Takes in a purchase whose tokens are held.</summary>
    Task Enqueue(Delivery delivery, QueuedPurchase purchase);

    /// <summary>Everything that is not finished, in order; of one user when given.</summary>
    [ReadOnly]
    ValueTask<QueueView> View(string? userId);

    /// <summary>One unfinished entry; null when there is none.</summary>
    [ReadOnly]
    ValueTask<QueueEntry?> Find(PurchaseId purchaseId);

    Task<Outcome<QueueEntry>> Start(StartEntry command);

    Task<Outcome<FinishedEntry>> Complete(CompleteEntry command);

    Task<Outcome<FinishedEntry>> Reject(RejectEntry command);

    /// <summary>The user takes a purchase back that is still waiting.</summary>
    Task<Outcome<FinishedEntry>> Cancel(CancelEntry command);

    /// <summary>Nothing new comes in while it is paused; what is there stays and can be performed.</summary>
    Task<Outcome<QueueView>> Pause(Actor actor);

    Task<Outcome<QueueView>> Resume(Actor actor);
}

/// <param name="Ticket">Orders the entries: who reserved first is served first.</param>
/// <param name="Position">1 for the first that is not finished.</param>
[GenerateSerializer, Immutable, Alias("QueuePlace")]
public sealed record QueuePlace(
    [property: Id(0)] long Ticket,
    [property: Id(1)] int Position,
    [property: Id(2)] int WaitMinutes,
    [property: Id(3)] int WaitMinutesAtMost
);

[GenerateSerializer, Immutable, Alias("QueuedPurchase")]
public sealed record QueuedPurchase(
    [property: Id(0)] PurchaseId PurchaseId,
    [property: Id(1)] string UserId,
    [property: Id(2)] string ItemId,
    [property: Id(3)] string ItemName,
    [property: Id(4)] Tokens Tokens,
    [property: Id(5)] long Ticket,
    [property: Id(6)] DateTimeOffset At
);

[JsonConverter(typeof(JsonStringEnumConverter<EntryStatus>))]
public enum EntryStatus
{
    [JsonStringEnumMemberName("waiting")]
    Waiting,

    [JsonStringEnumMemberName("started")]
    Started,
}

/// <param name="WaitMinutes">Until it is delivered, by the median of what its kind has taken so far.</param>
/// <param name="WaitMinutesAtMost">The same by the 90th percentile.</param>
[GenerateSerializer, Immutable, Alias("QueueEntry")]
public sealed record QueueEntry(
    [property: Id(0)] PurchaseId PurchaseId,
    [property: Id(1)] string UserId,
    [property: Id(2)] string ItemId,
    [property: Id(3)] string ItemName,
    [property: Id(4)] Tokens Tokens,
    [property: Id(5)] EntryStatus Status,
    [property: Id(6)] int Position,
    [property: Id(7)] int WaitMinutes,
    [property: Id(8)] int WaitMinutesAtMost,
    [property: Id(9)] DateTimeOffset QueuedAt,
    [property: Id(10)] DateTimeOffset? StartedAt,
    [property: Id(11)] DateTimeOffset ExpiresAt
);

/// <param name="Length">How many are not finished, whoever asks.</param>
[GenerateSerializer, Immutable, Alias("QueueView")]
public sealed record QueueView(
    [property: Id(0)] string ModelId,
    [property: Id(1)] bool Paused,
    [property: Id(2)] int Length,
    [property: Id(3)] IReadOnlyList<QueueEntry> Entries,
    [property: Id(4)] long Version
);

[GenerateSerializer, Immutable, Alias("StartEntry")]
public sealed record StartEntry([property: Id(0)] Actor Actor, [property: Id(1)] PurchaseId PurchaseId);

[GenerateSerializer, Immutable, Alias("CompleteEntry")]
public sealed record CompleteEntry(
    [property: Id(0)] Actor Actor,
    [property: Id(1)] PurchaseId PurchaseId,
    [property: Id(2)] int DeliverPercent,
    [property: Id(3)] IdempotencyKey Key
);

[GenerateSerializer, Immutable, Alias("RejectEntry")]
public sealed record RejectEntry(
    [property: Id(0)] Actor Actor,
    [property: Id(1)] PurchaseId PurchaseId,
    [property: Id(2)] string? Reason,
    [property: Id(3)] IdempotencyKey Key
);

[GenerateSerializer, Immutable, Alias("CancelEntry")]
public sealed record CancelEntry(
    [property: Id(0)] Actor Actor,
    [property: Id(1)] PurchaseId PurchaseId,
    [property: Id(2)] IdempotencyKey Key
);

/// <summary>How an entry ended, and what that does to its tokens.</summary>
[GenerateSerializer, Immutable, Alias("FinishedEntry")]
public sealed record FinishedEntry(
    [property: Id(0)] PurchaseId PurchaseId,
    [property: Id(1)] SettlementKind Kind,
    [property: Id(2)] int DeliverPercent,
    [property: Id(3)] Tokens Captured,
    [property: Id(4)] Tokens Refunded,
    [property: Id(5)] DateTimeOffset? StartedAt,
    [property: Id(6)] DateTimeOffset At
);
