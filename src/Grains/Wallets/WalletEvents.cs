using System.Text.Json.Serialization;
using Actors.GrainInterfaces.Identity;
using Actors.GrainInterfaces.Ledger;
using Actors.GrainInterfaces.Wallets;
using Actors.Grains.Notifications.Webhooks;

namespace Actors.Grains.Wallets;

/// <param name="After">What the wallet holds once the event has happened.</param>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(WalletOpened), "wallet.opened.v1")]
[JsonDerivedType(typeof(TokensEarned), "wallet.earned.v1")]
[JsonDerivedType(typeof(RefundGranted), "wallet.refund-granted.v1")]
[JsonDerivedType(typeof(TipReturned), "wallet.tip-returned.v1")]
[JsonDerivedType(typeof(CallReturned), "wallet.call-returned.v1")]
[JsonDerivedType(typeof(TokensPaidOut), "wallet.paid-out.v1")]
[JsonDerivedType(typeof(SalesAnnounced), "wallet.sales-announced.v1")]
public abstract record WalletEvent(DateTimeOffset At, Tokens After) : TellableEvent;

/// <summary>The account was listed under a number.</summary>
public sealed record WalletOpened(DateTimeOffset At, Tokens After, long Account) : WalletEvent(At, After);

public sealed record TokensEarned(DateTimeOffset At, Tokens After, Earning Earning) : WalletEvent(At, After);

/// <summary>Tokens go back to who gave them.</summary>
public interface IReturn
{
    /// <summary>The purchase or the tip.</summary>
    PurchaseId Of { get; }

    DateTimeOffset At { get; }

    string UserId { get; }

    Tokens Tokens { get; }

    /// <summary>Loyalty points that go with them.</summary>
    long Points { get; }

    Actor Actor { get; }

    string Reason { get; }

    /// <summary>The wallet did not hold them, and the platform paid.</summary>
    bool FromPlatform { get; }

    IdempotencyKey Key { get; }
}

/// <summary>The tokens of a purchase go back to its buyer.</summary>
/// <param name="FromPlatform">The wallet did not hold them, and the platform paid.</param>
public sealed record RefundGranted(
    DateTimeOffset At,
    Tokens After,
    SoldItem Sold,
    string UserId,
    Tokens Tokens,
    long Points,
    Actor Actor,
    string Reason,
    bool FromPlatform,
    IdempotencyKey Key
) : WalletEvent(At, After), IReturn
{
    PurchaseId IReturn.Of => Sold.PurchaseId;
}

/// <summary>A tip goes back to who gave it.</summary>
/// <param name="FromPlatform">The wallet did not hold it, and the platform paid.</param>
public sealed record TipReturned(
    DateTimeOffset At,
    Tokens After,
    PurchaseId TipId,
    string UserId,
    Tokens Tokens,
    Actor Actor,
    string Reason,
    bool FromPlatform,
    IdempotencyKey Key
) : WalletEvent(At, After), IReturn
{
    PurchaseId IReturn.Of => TipId;

    long IReturn.Points => 0;
}

/// <summary>Tokens of a private call go back to who paid for it.</summary>
/// <param name="FromPlatform">The wallet did not hold them, and the platform paid.</param>
public sealed record CallReturned(
    DateTimeOffset At,
    Tokens After,
    SoldCall Call,
    string UserId,
    Tokens Tokens,
    string Reason,
    bool FromPlatform
) : WalletEvent(At, After), IReturn
{
    PurchaseId IReturn.Of => Call.CallId;

    long IReturn.Points => 0;

    Actor IReturn.Actor => Actor.System;

    IdempotencyKey IReturn.Key => IdempotencyKey.Parse(Call.PaymentId);
}

/// <summary>Tokens left the platform.</summary>
public sealed record TokensPaidOut(
    DateTimeOffset At,
    Tokens After,
    Tokens Tokens,
    Actor Actor,
    string Reason,
    IdempotencyKey Key
) : WalletEvent(At, After);

/// <summary>The model is told of the sales of the last while, together: one message each would be a flood.</summary>
public sealed record SalesAnnounced(DateTimeOffset At, Tokens After, long Count, Tokens Tokens)
    : WalletEvent(At, After);
