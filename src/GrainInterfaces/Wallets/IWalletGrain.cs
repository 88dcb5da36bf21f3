using System.Text.Json.Serialization;
using Actors.GrainInterfaces.Durability;
using Actors.GrainInterfaces.Identity;
using Actors.GrainInterfaces.Ledger;
using Actors.GrainInterfaces.Outcomes;
using Orleans.Concurrency;

namespace Actors.GrainInterfaces.Wallets;

/// <summary>What one model has earned; the key is the model's id. Who decides about a refund, since the tokens are here.</summary>
[Alias("IWalletGrain")]
public interface IWalletGrain : ILedgerAccountGrain, IFollowedGrain
{
    [ReadOnly]
    ValueTask<WalletView> Get();

    /// <summary>Takes in tokens that balances have given: of each delivery once, and all of them together.</summary>
    Task Receive(IReadOnlyList<Delivered<Earning>> earnings);

    /// <summary>Gives the tokens of a completed purchase back: once, and repeated with the same answer.</summary>
    Task<Outcome<RefundReceipt>> Refund(RefundPurchase command);

    /// <summary>Gives a tip back: once, and repeated with the same answer.</summary>
    Task<Outcome<RefundReceipt>> ReturnTip(ReturnTip command);

    /// <summary>Gives tokens of a call back, at most once for each; the platform pays what the wallet does not hold any more.</summary>
    Task ReturnCall(Delivery delivery, ReturnCall command);

    /// <summary>Tokens leave the platform.</summary>
    Task<Outcome<PayoutReceipt>> PayOut(PayOut command);

    /// <summary>The wallet as it was at a time in the past.</summary>
    [ReadOnly]
    Task<WalletView> AsOf(DateTimeOffset time);

    /// <summary>Movements with a <see cref="Movement.Number"/> below <paramref name="before"/>, newest first.</summary>
    [ReadOnly]
    Task<StatementPage> Statement(long? before, int limit, StatementFilter filter);

    /// <summary>Movements with a <see cref="Movement.Number"/> above <paramref name="after"/>, oldest first.</summary>
    [ReadOnly]
    Task<StatementPage> Since(long after, int limit);

    /// <summary>Sales and refunds in events after <paramref name="after"/>, oldest first, for whoever adds them up.</summary>
    [ReadOnly]
    Task<SalesPage> Sales(long after, int limit);
}

/// <param name="Earned">Everything that ever came in.</param>
[GenerateSerializer, Immutable, Alias("WalletView")]
public sealed record WalletView(
    [property: Id(0)] Tokens Tokens,
    [property: Id(1)] Tokens Earned,
    [property: Id(2)] Tokens Refunded,
    [property: Id(3)] Tokens PaidOut
);

[System.Text.Json.Serialization.JsonConverter(
    typeof(System.Text.Json.Serialization.JsonStringEnumConverter<EarningKind>)
)]
public enum EarningKind
{
    [JsonStringEnumMemberName("tip")]
    Tip,

    [JsonStringEnumMemberName("purchase")]
    Purchase,

    [JsonStringEnumMemberName("capture")]
    Capture,

    [JsonStringEnumMemberName("call")]
    Call,
}

/// <param name="Purchase">What was sold; null for a tip and a call.</param>
/// <param name="Note">The message of a tip.</param>
/// <param name="Call">The private call that earned it; null for everything else.</param>
[GenerateSerializer, Immutable, Alias("Earning")]
public sealed record Earning(
    [property: Id(0)] EarningKind Kind,
    [property: Id(1)] string UserId,
    [property: Id(2)] Tokens Tokens,
    [property: Id(3)] string Transfer,
    [property: Id(4)] DateTimeOffset At,
    [property: Id(5)] SoldItem? Purchase,
    [property: Id(6)] string? Note,
    [property: Id(7)] SoldCall? Call = null
);

/// <param name="Price">What the menu asked; the wallet may have got a part of it.</param>
[GenerateSerializer, Immutable, Alias("SoldItem")]
public sealed record SoldItem(
    [property: Id(0)] PurchaseId PurchaseId,
    [property: Id(1)] string MenuId,
    [property: Id(2)] string ItemId,
    [property: Id(3)] string Name,
    [property: Id(4)] DateTimeOffset PurchasedAt,
    [property: Id(5)] Tokens Price
);

/// <param name="Sold">The purchase as the buyer's balance has it, with what the wallet got for it.</param>
/// <param name="FromPlatform">The platform pays when the wallet cannot; for admins only.</param>
[GenerateSerializer, Immutable, Alias("RefundPurchase")]
public sealed record RefundPurchase(
    [property: Id(0)] SoldItem Sold,
    [property: Id(1)] string UserId,
    [property: Id(2)] Tokens Tokens,
    [property: Id(3)] long Points,
    [property: Id(4)] Actor Actor,
    [property: Id(5)] string Reason,
    [property: Id(6)] bool FromPlatform,
    [property: Id(7)] IdempotencyKey Key
);

/// <param name="TipId">Where the tip is written, as its giver's balance has it.</param>
/// <param name="FromPlatform">The platform pays when the wallet cannot; for admins only.</param>
[GenerateSerializer, Immutable, Alias("ReturnTip")]
public sealed record ReturnTip(
    [property: Id(0)] PurchaseId TipId,
    [property: Id(1)] string UserId,
    [property: Id(2)] Tokens Tokens,
    [property: Id(3)] Actor Actor,
    [property: Id(4)] string Reason,
    [property: Id(5)] bool FromPlatform,
    [property: Id(6)] IdempotencyKey Key
);

/// <param name="PurchaseId">The purchase or the tip.</param>
[GenerateSerializer, Immutable, Alias("RefundReceipt")]
public sealed record RefundReceipt(
    [property: Id(0)] PurchaseId PurchaseId,
    [property: Id(1)] string Transfer,
    [property: Id(2)] Tokens Tokens,
    [property: Id(3)] long PointsTaken,
    [property: Id(4)] string Reason,
    [property: Id(5)] bool FromPlatform,
    [property: Id(6)] DateTimeOffset At
);

[GenerateSerializer, Immutable, Alias("PayOut")]
public sealed record PayOut(
    [property: Id(0)] Actor Actor,
    [property: Id(1)] Tokens Tokens,
    [property: Id(2)] string Reason,
    [property: Id(3)] IdempotencyKey Key
);

[GenerateSerializer, Immutable, Alias("PayoutReceipt")]
public sealed record PayoutReceipt(
    [property: Id(0)] string Transfer,
    [property: Id(1)] Tokens Tokens,
    [property: Id(2)] Tokens Left,
    [property: Id(3)] DateTimeOffset At
);

/// <param name="Tokens">Negative for a refund.</param>
/// <param name="Immediate">Whether it was bought at once; false when it went through the queue.</param>
[GenerateSerializer, Immutable, Alias("Sale")]
public sealed record Sale(
    [property: Id(0)] DateTimeOffset At,
    [property: Id(1)] SoldItem Sold,
    [property: Id(2)] long Tokens,
    [property: Id(3)] bool Immediate,
    [property: Id(4)] bool IsRefund
);

/// <param name="UpTo">The newest event that the page has seen; go on from it while <paramref name="More"/>.</param>
[GenerateSerializer, Immutable, Alias("SalesPage")]
public sealed record SalesPage(
    [property: Id(0)] IReadOnlyList<Sale> Sales,
    [property: Id(1)] long UpTo,
    [property: Id(2)] bool More
);
