using Actors.GrainInterfaces.Durability;
using Actors.GrainInterfaces.Identity;
using Actors.GrainInterfaces.Ledger;
using Actors.GrainInterfaces.Outcomes;
using Actors.GrainInterfaces.Purchases;
using Orleans.Concurrency;

namespace Actors.GrainInterfaces.Wallets;

/// <summary>One user's tokens; the key is the user's id. What the user buys with them is <see cref="IPurchaserGrain"/>, the same grain.</summary>
[Alias("IBalanceGrain")]
public interface IBalanceGrain : ILedgerAccountGrain, IFollowedGrain
{
    [ReadOnly]
    ValueTask<BalanceView> Get();

    /// <summary>Tokens come into being: a top-up.</summary>
    Task<Outcome<CreditReceipt>> Credit(CreditBalance command);

    /// <summary>Takes free tokens back out of the world: a credit that was a mistake.</summary>
    Task<Outcome<DebitReceipt>> Debit(DebitBalance command);

    /// <summary>Gives tokens to a model for nothing but joy.</summary>
    Task<Outcome<TipReceipt>> Tip(SendTip command);

    /// <summary>Keeps tokens aside for a private call; repeated for the same payment, answers the same.</summary>
    Task<Outcome<CallHold>> HoldForCall(HoldForCall command);

    Task ReduceCall(Delivery delivery, CallReduction reduction);

    /// <summary>Ends a hold, at most once whatever arrives.</summary>
    Task SettleCall(Delivery delivery, CallSettlement settlement);

    /// <summary>Lets the performer's wallet give tokens of a settled call back.</summary>
    Task CorrectCall(Delivery delivery, CallCorrection correction);

    /// <summary>Tokens of a refunded purchase or tip come back, at most once for each.</summary>
    Task ReceiveRefund(Delivery delivery, RefundNotice notice);

    /// <summary>The person may no longer spend, or may again.</summary>
    Task Restrict(Delivery delivery, bool restricted);

    /// <summary>The balance as it was at a time in the past.</summary>
    [ReadOnly]
    Task<BalanceView> AsOf(DateTimeOffset time);

    /// <summary>Movements with a <see cref="Movement.Number"/> below <paramref name="before"/>, newest first.</summary>
    [ReadOnly]
    Task<StatementPage> Statement(long? before, int limit, StatementFilter filter);

    /// <summary>Movements with a <see cref="Movement.Number"/> above <paramref name="after"/>, oldest first.</summary>
    [ReadOnly]
    Task<StatementPage> Since(long after, int limit);
}

[GenerateSerializer, Immutable, Alias("BalanceView")]
public sealed record BalanceView(
    [property: Id(0)] Tokens Available,
    [property: Id(1)] Tokens Held,
    [property: Id(2)] long LoyaltyPoints
);

[GenerateSerializer, Immutable, Alias("CreditBalance")]
public sealed record CreditBalance(
    [property: Id(0)] Actor Actor,
    [property: Id(1)] Tokens Tokens,
    [property: Id(2)] string Reason,
    [property: Id(3)] IdempotencyKey Key
);

[GenerateSerializer, Immutable, Alias("CreditReceipt")]
public sealed record CreditReceipt(
    [property: Id(0)] string Transfer,
    [property: Id(1)] Tokens Tokens,
    [property: Id(2)] Tokens Available,
    [property: Id(3)] DateTimeOffset At
);

[GenerateSerializer, Immutable, Alias("DebitBalance")]
public sealed record DebitBalance(
    [property: Id(0)] Actor Actor,
    [property: Id(1)] Tokens Tokens,
    [property: Id(2)] string Reason,
    [property: Id(3)] IdempotencyKey Key
);

[GenerateSerializer, Immutable, Alias("DebitReceipt")]
public sealed record DebitReceipt(
    [property: Id(0)] string Transfer,
    [property: Id(1)] Tokens Tokens,
    [property: Id(2)] Tokens Available,
    [property: Id(3)] DateTimeOffset At
);

[GenerateSerializer, Immutable, Alias("SendTip")]
public sealed record SendTip(
    [property: Id(0)] ModelId ModelId,
    [property: Id(1)] Tokens Tokens,
    [property: Id(2)] string? Message,
    [property: Id(3)] IdempotencyKey Key
);

/// <param name="TipId">Where the tip is written: a name for giving it back.</param>
[GenerateSerializer, Immutable, Alias("TipReceipt")]
public sealed record TipReceipt(
    [property: Id(0)] string Transfer,
    [property: Id(1)] string ModelId,
    [property: Id(2)] Tokens Tokens,
    [property: Id(3)] Tokens Available,
    [property: Id(4)] DateTimeOffset At,
    [property: Id(5)] PurchaseId TipId
);

/// <param name="Points">Loyalty points that the purchase had earned and that go with it.</param>
/// <param name="From">Whose tokens they are: the wallet's, or the platform's.</param>
/// <param name="OfTip">Whether it was a tip and no purchase.</param>
/// <param name="OfCall">Whether it was a private call and no purchase.</param>
[GenerateSerializer, Immutable, Alias("RefundNotice")]
public sealed record RefundNotice(
    [property: Id(0)] PurchaseId PurchaseId,
    [property: Id(1)] Tokens Tokens,
    [property: Id(2)] long Points,
    [property: Id(3)] string Reason,
    [property: Id(4)] DateTimeOffset At,
    [property: Id(5)] string Transfer,
    [property: Id(6)] string From,
    [property: Id(7)] bool OfTip,
    [property: Id(8)] bool OfCall = false
);
