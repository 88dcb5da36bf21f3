using Actors.GrainInterfaces.Identity;
using Actors.GrainInterfaces.Ledger;
using Actors.GrainInterfaces.Menus;
using Actors.GrainInterfaces.Outcomes;
using Actors.GrainInterfaces.Purchases;
using Actors.GrainInterfaces.Queues;
using Actors.Grains.Wallets;

namespace Actors.Grains.Purchases;

/// <summary>Everything that is decided about purchases. Pure: knows no grain, no clock, no storage.</summary>
public static class PurchaseRules
{
    public const int MaxFailureLength = 200;

    /// <summary>Why the purchase cannot be made now; null when it can.</summary>
    public static Refusal? Refuse(Balance balance, PurchaseItem command, ItemQuote quote, DateTimeOffset now) =>
        balance.Restricted ? IdentityRefusals.Restricted
        : command.MenuVersion is { } seen && seen != quote.MenuVersion
            ? PurchaseRefusals.MenuChanged(quote.Price, quote.MenuVersion)
        : quote.MaxDailyPurchases is { } perDay && balance.Today.Of(quote.ItemId, now) >= perDay
            ? PurchaseRefusals.DailyLimitReached(perDay, DailyCounts.EndOfDay(now))
        : balance.Account is null || balance.Amounts.Available < quote.Price ? LedgerRefusals.InsufficientBalance
        : null;

    /// <param name="place">The place in the queue; for what is queued only.</param>
    public static Outcome<BalanceEvent> Decide(
        Balance balance,
        PurchaseItem command,
        ItemQuote quote,
        QueuePlace? place,
        DateTimeOffset now
    )
    {
        if (Refuse(balance, command, quote, now) is { } refusal)
        {
            return refusal;
        }
        var id = PurchaseId.Of(balance.Account!.Value, balance.Version + 1);
        var item = new BoughtItem(
            quote.ModelId,
            quote.MenuId,
            quote.MenuVersion,
            quote.ItemId,
            quote.ItemName,
            quote.Price,
            quote.LoyaltyPoints,
            quote.Device
        );
        var amounts = balance.Amounts;
        return place is null
            ? new ItemPurchased(now, amounts.Spent(item.Tokens, item.Points), id, item, command.Key)
            : new ItemHeld(
                now,
                amounts.Hold(item.Tokens),
                id,
                item,
                command.Key,
                place.Ticket,
                place.Position,
                place.WaitMinutes
            );
    }

    /// <summary>Null when the hold has ended already: it is resolved at most once, whatever arrives.</summary>
    public static HoldSettled? Decide(Balance balance, PurchaseSettlement settlement, DateTimeOffset now)
    {
        if (!balance.Holds.TryGetValue(settlement.PurchaseId.Version, out var hold))
        {
            return null;
        }
        var captured = CapturedOf(hold.Item.Tokens, settlement.DeliverPercent);
        var released = hold.Item.Tokens - captured;
        var points = PartOf(hold.Item.Points, settlement.DeliverPercent);
        return new HoldSettled(
            now,
            balance.Amounts.Settled(captured, released, points),
            settlement.PurchaseId,
            hold.Item,
            hold.At,
            settlement.Kind,
            captured,
            released,
            points,
            settlement.Reason,
            settlement.StartedAt,
            settlement.At,
            balance.NewestAbout(settlement.PurchaseId)
        );
    }

    /// <summary>Null when there is no such purchase here.</summary>
    public static DeviceFailureNoted? Decide(Balance balance, PurchaseId id, string failure, DateTimeOffset now) =>
        id.Account != balance.Account || id.Version > balance.Version
            ? null
            : new(
                now,
                balance.Amounts,
                id,
                failure.Length <= MaxFailureLength ? failure : failure[..MaxFailureLength],
                balance.NewestAbout(id)
            );

    /// <summary>What a model gets for a part: rounded down, but never nothing for something.</summary>
    public static Tokens CapturedOf(Tokens tokens, int percent) =>
        percent == 0 ? Tokens.None : Tokens.Of(Math.Max(1, PartOf(tokens.Count, percent)));

    private static long PartOf(long whole, int percent) => (long)((Int128)whole * percent / 100);
}
