using System.Collections.Immutable;
using Actors.GrainInterfaces.Ledger;
using Actors.GrainInterfaces.Purchases;
using Actors.GrainInterfaces.Wallets;
using Actors.Grains.Wallets;

namespace Actors.Simulation.Tests.Oracles.Money;

/// <summary>A balance after some of its events, added up without the product's own rules.</summary>
/// <param name="Purchases">By the version of their event.</param>
/// <param name="Calls">What is held for private calls, by payment.</param>
internal sealed record ExpectedBalance(
    long Available,
    long Held,
    long Points,
    bool Restricted,
    ImmutableSortedDictionary<long, ExpectedPurchase> Purchases,
    ImmutableDictionary<string, long> Calls
)
{
    public static readonly ExpectedBalance Empty = new(
        0,
        0,
        0,
        false,
        ImmutableSortedDictionary<long, ExpectedPurchase>.Empty,
        ImmutableDictionary<string, long>.Empty
    );

    public ExpectedBalance After(BalanceEvent @event, long version) =>
        @event switch
        {
            TokensCredited e => this with { Available = Available + e.Tokens.Count },
            TokensDebited e => this with { Available = Available - e.Tokens.Count },
            SpendingRestricted e => this with { Restricted = e.Restricted },
            TipSent e => this with { Available = Available - e.Tokens.Count },
            ItemPurchased e => Spent(e.Item).With(version, ExpectedPurchase.Of(e)) with
            {
                Points = Points + e.Item.Points,
            },
            ItemHeld e => Spent(e.Item).With(version, ExpectedPurchase.Of(e)) with
            {
                Held = Held + e.Item.Tokens.Count,
            },
            HoldSettled e => Changed(e.Id, purchase => purchase.After(e)) with
            {
                Available = Available + e.Released.Count,
                Held = Held - e.Captured.Count - e.Released.Count,
                Points = Points + e.Points,
            },
            TokensRefunded e => Changed(e.Id, purchase => purchase.After(e)) with
            {
                Available = Available + e.Tokens.Count,
                Points = Points - e.PointsTaken,
            },
            CallHeld e => this with
            {
                Available = Available - e.Call.Tokens.Count,
                Held = Held + e.Call.Tokens.Count,
                Calls = Calls.Add(e.Call.PaymentId, e.Call.Tokens.Count),
            },
            CallReduced e => this with
            {
                Available = Available + e.Released.Count,
                Held = Held - e.Released.Count,
                Calls = Calls.SetItem(e.Call.PaymentId, Calls.GetValueOrDefault(e.Call.PaymentId) - e.Released.Count),
            },
            CallSettled e => this with
            {
                Available = Available + e.Released.Count,
                Held = Held - e.Captured.Count - e.Released.Count,
                Calls = Calls.Remove(e.Call.PaymentId),
            },
            DeviceFailureNoted e => Changed(e.Id, purchase => purchase with { DeviceFailure = e.Failure }),
            _ => this,
        };

    public bool Fits(Amounts amounts) =>
        (amounts.Available.Count, amounts.Held.Count, amounts.LoyaltyPoints) == (Available, Held, Points);

    public bool Fits(BalanceView view) =>
        (view.Available.Count, view.Held.Count, view.LoyaltyPoints) == (Available, Held, Points);

    private ExpectedBalance Spent(BoughtItem item) => this with { Available = Available - item.Tokens.Count };

    private ExpectedBalance With(long version, ExpectedPurchase purchase) =>
        this with
        {
            Purchases = Purchases.Add(version, purchase),
        };

    private ExpectedBalance Changed(PurchaseId id, Func<ExpectedPurchase, ExpectedPurchase> change) =>
        Purchases.TryGetValue(id.Version, out var purchase)
            ? this with
            {
                Purchases = Purchases.SetItem(id.Version, change(purchase)),
            }
            : this;
}

/// <summary>A purchase as the events about it say it should be.</summary>
internal sealed record ExpectedPurchase(
    PurchaseId Id,
    BoughtItem Item,
    DateTimeOffset At,
    bool Immediate,
    PurchaseStatus Status,
    SettlementKind? Resolution,
    long Captured,
    long Refunded,
    long Points,
    string? DeviceFailure
)
{
    public static ExpectedPurchase Of(ItemPurchased e) =>
        new(e.Id, e.Item, e.At, true, PurchaseStatus.Completed, null, e.Item.Tokens.Count, 0, e.Item.Points, null);

    public static ExpectedPurchase Of(ItemHeld e) =>
        new(e.Id, e.Item, e.At, false, PurchaseStatus.Pending, null, 0, 0, e.Item.Points, null);

    public ExpectedPurchase After(HoldSettled e) =>
        this with
        {
            Status = e.Kind == SettlementKind.Delivered ? PurchaseStatus.Completed : PurchaseStatus.Refunded,
            Resolution = e.Kind,
            Captured = e.Captured.Count,
            Refunded = e.Released.Count,
            Points = e.Points,
        };

    public ExpectedPurchase After(TokensRefunded e) =>
        this with
        {
            Status = PurchaseStatus.Refunded,
            Captured = 0,
            Refunded = Refunded + e.Tokens.Count,
            Points = Points - e.PointsTaken,
        };

    public bool Fits(PurchaseView view) =>
        view.PurchaseId == Id
        && (view.ModelId, view.MenuId, view.MenuVersion, view.ItemId, view.ItemName, view.Tokens)
            == (Item.ModelId, Item.MenuId, Item.MenuVersion, Item.ItemId, Item.Name, Item.Tokens)
        && (view.Immediate, view.Status, view.Resolution) == (Immediate, Status, Resolution)
        && (view.Captured.Count, view.Refunded.Count, view.LoyaltyPoints) == (Captured, Refunded, Points)
        && (view.CreatedAt, view.DeviceFailure) == (At, DeviceFailure);
}
