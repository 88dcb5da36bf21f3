using Actors.GrainInterfaces.Ledger;
using Actors.GrainInterfaces.Outcomes;
using Actors.GrainInterfaces.Purchases;
using Actors.Grains.Wallets;

namespace Actors.Grains.Purchases;

/// <summary>How the events about one purchase read as its present state, and as what its buyer was answered.</summary>
public static class PurchaseViews
{
    /// <summary>Null for an event that is no purchase.</summary>
    public static PurchaseReceipt? Receipt(BalanceEvent @event) =>
        @event switch
        {
            ItemPurchased e => new PurchaseReceipt(e.Id, e.Item.Tokens, e.Item.Points, null, null),
            ItemHeld e => new PurchaseReceipt(e.Id, e.Item.Tokens, e.Item.Points, e.Position, e.WaitMinutes),
            _ => null,
        };

    /// <summary>What a repeat is answered: the same, unless the key was used for something else.</summary>
    public static Outcome<PurchaseReceipt> Repeated(BalanceEvent @event, PurchaseItem command)
    {
        var (item, key) = @event switch
        {
            ItemPurchased purchased => (purchased.Item, purchased.Key),
            ItemHeld held => (held.Item, held.Key),
            _ => (null, default),
        };
        return
            item?.MenuId == command.MenuId
            && item.ItemId == command.ItemId
            && (command.MenuVersion ?? item.MenuVersion) == item.MenuVersion
            && key == command.Key
            ? Receipt(@event)!
            : LedgerRefusals.IdempotencyKeyReused;
    }

    /// <summary>The purchase before anything followed; null for an event that is no purchase.</summary>
    public static PurchaseView? Begin(string userId, BalanceEvent @event) =>
        @event switch
        {
            ItemPurchased e => Begin(userId, e.Id, e.Item, e.At) with
            {
                Immediate = true,
                Status = PurchaseStatus.Completed,
                Captured = e.Item.Tokens,
                ResolvedAt = e.At,
            },
            ItemHeld e => Begin(userId, e.Id, e.Item, e.At),
            _ => null,
        };

    public static PurchaseView After(PurchaseView view, BalanceEvent @event) =>
        @event switch
        {
            HoldSettled e => view with
            {
                Status = e.Captured > Tokens.None ? PurchaseStatus.Completed : PurchaseStatus.Refunded,
                Resolution = e.Kind,
                LoyaltyPoints = e.Points,
                Captured = e.Captured,
                Refunded = e.Released,
                Reason = e.Reason,
                StartedAt = e.StartedAt,
                ResolvedAt = e.EndedAt,
                RefundedAt = e.Released > Tokens.None ? e.EndedAt : null,
            },
            TokensRefunded e => view with
            {
                Status = PurchaseStatus.Refunded,
                LoyaltyPoints = view.LoyaltyPoints - e.PointsTaken,
                Captured = Tokens.None,
                Refunded = view.Refunded + e.Tokens,
                Reason = e.Reason,
                RefundedAt = e.At,
            },
            DeviceFailureNoted e => view with { DeviceFailure = e.Failure },
            _ => view,
        };

    /// <summary>The event about the same purchase before this one; null for the purchase itself.</summary>
    public static long? PreviousOf(BalanceEvent @event) =>
        @event switch
        {
            HoldSettled e => e.Previous,
            TokensRefunded e => e.Previous,
            DeviceFailureNoted e => e.Previous,
            _ => null,
        };

    private static PurchaseView Begin(string userId, PurchaseId id, BoughtItem item, DateTimeOffset at) =>
        new(
            id,
            userId,
            item.ModelId,
            item.MenuId,
            item.MenuVersion,
            item.ItemId,
            item.Name,
            item.Tokens,
            item.Points,
            Immediate: false,
            PurchaseStatus.Pending,
            Resolution: null,
            Captured: Tokens.None,
            Refunded: Tokens.None,
            Reason: null,
            DeviceFailure: null,
            at,
            StartedAt: null,
            ResolvedAt: null,
            RefundedAt: null
        );
}
