using Actors.GrainInterfaces.Ledger;
using Actors.GrainInterfaces.Menus;

namespace Actors.Grains.Wallets;

/// <summary>What was bought, as the menu had it at that moment: later changes of the menu do not touch it.</summary>
public sealed record BoughtItem(
    string ModelId,
    string MenuId,
    long MenuVersion,
    string ItemId,
    string Name,
    Tokens Tokens,
    long Points,
    DeviceActivation? Device
);

/// <summary>Bought and paid at once.</summary>
public sealed record ItemPurchased(DateTimeOffset At, Amounts After, PurchaseId Id, BoughtItem Item, IdempotencyKey Key)
    : BalanceEvent(At, After);

/// <summary>Bought for the queue: the tokens are held until it is decided what becomes of them.</summary>
/// <param name="Position">The place in the queue that the buyer was told, and the wait.</param>
public sealed record ItemHeld(
    DateTimeOffset At,
    Amounts After,
    PurchaseId Id,
    BoughtItem Item,
    IdempotencyKey Key,
    long Ticket,
    int Position,
    int WaitMinutes
) : BalanceEvent(At, After);

/// <summary>The hold has ended. <paramref name="Captured"/> and <paramref name="Released"/> add up to it.</summary>
/// <param name="Points">Loyalty points that were awarded.</param>
/// <param name="PurchasedAt">When the hold began.</param>
/// <param name="EndedAt">When the queue decided it.</param>
/// <param name="Previous">The event about the same purchase before this one.</param>
public sealed record HoldSettled(
    DateTimeOffset At,
    Amounts After,
    PurchaseId Id,
    BoughtItem Item,
    DateTimeOffset PurchasedAt,
    SettlementKind Kind,
    Tokens Captured,
    Tokens Released,
    long Points,
    string? Reason,
    DateTimeOffset? StartedAt,
    DateTimeOffset EndedAt,
    long Previous
) : BalanceEvent(At, After);

/// <summary>A device did not do what was bought. No token moves.</summary>
public sealed record DeviceFailureNoted(DateTimeOffset At, Amounts After, PurchaseId Id, string Failure, long Previous)
    : BalanceEvent(At, After);
