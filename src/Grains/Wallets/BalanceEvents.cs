using System.Text.Json.Serialization;
using Actors.GrainInterfaces.Identity;
using Actors.GrainInterfaces.Ledger;
using Actors.Grains.Notifications.Webhooks;

namespace Actors.Grains.Wallets;

/// <param name="After">The amounts once the event has happened: so every event is a line of the statement.</param>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(BalanceOpened), "balance.opened.v1")]
[JsonDerivedType(typeof(TokensCredited), "balance.credited.v1")]
[JsonDerivedType(typeof(TipSent), "balance.tip-sent.v1")]
[JsonDerivedType(typeof(TokensDebited), "balance.debited.v1")]
[JsonDerivedType(typeof(TokensRefunded), "balance.refunded.v1")]
[JsonDerivedType(typeof(SpendingRestricted), "balance.restricted.v1")]
[JsonDerivedType(typeof(ItemPurchased), "purchase.completed.v1")]
[JsonDerivedType(typeof(ItemHeld), "purchase.held.v1")]
[JsonDerivedType(typeof(HoldSettled), "purchase.settled.v1")]
[JsonDerivedType(typeof(DeviceFailureNoted), "purchase.device-failed.v1")]
[JsonDerivedType(typeof(CallHeld), "call.held.v1")]
[JsonDerivedType(typeof(CallReduced), "call.reduced.v1")]
[JsonDerivedType(typeof(CallSettled), "call.settled.v1")]
[JsonDerivedType(typeof(CallCorrected), "call.corrected.v1")]
public abstract record BalanceEvent(DateTimeOffset At, Amounts After) : TellableEvent;

/// <summary>The account was listed under a number.</summary>
public sealed record BalanceOpened(DateTimeOffset At, Amounts After, long Account) : BalanceEvent(At, After);

/// <summary>Tokens came into being.</summary>
public sealed record TokensCredited(
    DateTimeOffset At,
    Amounts After,
    Tokens Tokens,
    string Reason,
    Actor Actor,
    IdempotencyKey Key
) : BalanceEvent(At, After);

/// <summary>Tokens were taken back and are no more: a credit that was a mistake.</summary>
public sealed record TokensDebited(
    DateTimeOffset At,
    Amounts After,
    Tokens Tokens,
    string Reason,
    Actor Actor,
    IdempotencyKey Key
) : BalanceEvent(At, After);

/// <summary>Whether the person may spend changed.</summary>
public sealed record SpendingRestricted(DateTimeOffset At, Amounts After, bool Restricted) : BalanceEvent(At, After);

/// <param name="Id">Where it is written, for apps that are told of it; null when none is.</param>
public sealed record TipSent(
    DateTimeOffset At,
    Amounts After,
    string ModelId,
    Tokens Tokens,
    string? Message,
    IdempotencyKey Key,
    PurchaseId? Id = null
) : BalanceEvent(At, After);

/// <summary>The tokens of a completed purchase, or of a tip, came back.</summary>
/// <param name="Id">Where the purchase or the tip is written.</param>
/// <param name="PointsTaken">Loyalty points that went with them.</param>
/// <param name="Previous">The event about the same purchase before this one.</param>
/// <param name="OfTip">Whether it was a tip; events from before tips could come back do not say.</param>
/// <param name="OfCall">Whether it was a private call.</param>
public sealed record TokensRefunded(
    DateTimeOffset At,
    Amounts After,
    PurchaseId Id,
    string Transfer,
    string From,
    Tokens Tokens,
    long PointsTaken,
    string Reason,
    long Previous,
    bool? OfTip = null,
    bool? OfCall = null
) : BalanceEvent(At, After);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true
)]
[JsonSerializable(typeof(BalanceEvent))]
[JsonSerializable(typeof(Balance))]
[JsonSerializable(typeof(WalletEvent))]
[JsonSerializable(typeof(Wallet))]
internal sealed partial class WalletJson : JsonSerializerContext;
