using Actors.GrainInterfaces.Devices;
using Actors.GrainInterfaces.Ledger;
using Actors.GrainInterfaces.Notifications;
using Actors.GrainInterfaces.Queues;
using Actors.GrainInterfaces.Wallets;
using Actors.Grains.Durability;
using Actors.Grains.Notifications;
using Actors.Grains.Notifications.Webhooks;

namespace Actors.Grains.Wallets;

/// <summary>Whom an event of a balance concerns: the wallet that earns, the queue, the device, the person, apps.</summary>
internal static class BalanceEffects
{
    private static readonly BulkRoute<IWalletGrain, Earning> ToWallet = new(
        static (wallet, earnings) => wallet.Receive(earnings)
    );

    /// <summary>Tokens for a wallet come first: the conservation proof relies on their number.</summary>
    public static IReadOnlyList<Effect> Of(string userId, BalanceEvent @event, long version) =>
        @event.Told == true
            ? [.. Within(userId, @event, version), WebhookEffects.Tell(userId, BalanceNews.Of(userId, @event, version))]
            : Within(userId, @event, version);

    private static Effect[] Within(string userId, BalanceEvent @event, long version) =>
        @event switch
        {
            ItemPurchased { Item.Device: null } or TipSent => Earned(userId, @event, version),
            ItemPurchased purchased =>
            [
                .. Earned(userId, @event, version),
                .. Device(userId, purchased.Id, purchased.Item, purchased.At),
            ],
            ItemHeld held => [Queue(userId, held)],
            HoldSettled settled =>
            [
                .. Earned(userId, @event, version),
                .. settled.Captured > Tokens.None ? Device(userId, settled.Id, settled.Item, settled.At) : [],
            ],
            CallSettled => Earned(userId, @event, version),
            CallCorrected corrected => [Return(userId, corrected.Correction)],
            TokensCredited credited =>
            [
                Tell(userId, NotificationKinds.TokensCredited, credited.At, new(Tokens: credited.Tokens.Count)),
            ],
            DeviceFailureNoted noted => [Tell(userId, NotificationKinds.DeviceFailed, noted.At)],
            TokensDebited debited =>
            [
                Tell(
                    userId,
                    NotificationKinds.TokensDebited,
                    debited.At,
                    new(Tokens: debited.Tokens.Count, Reason: debited.Reason)
                ),
            ],
            TokensRefunded refunded =>
            [
                Tell(
                    userId,
                    refunded.OfTip == true ? NotificationKinds.TipRefunded : NotificationKinds.PurchaseRefunded,
                    refunded.At,
                    new(Tokens: refunded.Tokens.Count, Reason: refunded.Reason)
                ),
            ],
            _ => [],
        };

    /// <summary>What a wallet earns by an event, and whose; null when none does.</summary>
    public static (string ModelId, Earning Earning)? EarningOf(string userId, BalanceEvent @event, long version)
    {
        var transfer = BalanceMovements.TransferOf(AccountId.OfUser(userId), version);
        return @event switch
        {
            TipSent tip => (
                tip.ModelId,
                new Earning(EarningKind.Tip, userId, tip.Tokens, transfer, tip.At, null, tip.Message)
            ),
            ItemPurchased purchased => (
                purchased.Item.ModelId,
                new Earning(
                    EarningKind.Purchase,
                    userId,
                    purchased.Item.Tokens,
                    transfer,
                    purchased.At,
                    Sold(purchased.Id, purchased.Item, purchased.At),
                    null
                )
            ),
            HoldSettled settled when settled.Captured > Tokens.None => (
                settled.Item.ModelId,
                new Earning(
                    EarningKind.Capture,
                    userId,
                    settled.Captured,
                    transfer,
                    settled.At,
                    Sold(settled.Id, settled.Item, settled.PurchasedAt),
                    null
                )
            ),
            CallSettled settled when settled.Captured > Tokens.None => (
                settled.Call.ModelId,
                new Earning(
                    EarningKind.Call,
                    userId,
                    settled.Captured,
                    transfer,
                    settled.At,
                    null,
                    null,
                    CallRules.Sold(settled.Call)
                )
            ),
            _ => null,
        };
    }

    private static SoldItem Sold(PurchaseId id, BoughtItem item, DateTimeOffset at) =>
        new(id, item.MenuId, item.ItemId, item.Name, at, item.Tokens);

    private static Effect[] Earned(string userId, BalanceEvent @event, long version) =>
        EarningOf(userId, @event, version) is var (modelId, earning)
            ? [ToWallet.To(modelId, earning) with { Tokens = earning.Tokens.Count }]
            : [];

    private static Effect Return(string userId, CallCorrection correction)
    {
        var command = new ReturnCall(correction.Call, userId, correction.Tokens, correction.Reason);
        return Effect.To<IWalletGrain>(correction.ModelId, (wallet, delivery) => wallet.ReturnCall(delivery, command));
    }

    private static Effect Queue(string userId, ItemHeld held)
    {
        var purchase = new QueuedPurchase(
            held.Id,
            userId,
            held.Item.ItemId,
            held.Item.Name,
            held.Item.Tokens,
            held.Ticket,
            held.At
        );
        return Effect.To<IQueueGrain>(held.Item.ModelId, (queue, delivery) => queue.Enqueue(delivery, purchase));
    }

    private static Effect[] Device(string userId, PurchaseId id, BoughtItem item, DateTimeOffset at)
    {
        if (item.Device is null)
        {
            return [];
        }
        var order = new DeviceOrder(id, userId, item.Device, at);
        return [Effect.To<IDeviceGrain>(item.ModelId, (device, delivery) => device.Activate(delivery, order))];
    }

    private static Effect Tell(
        string userId,
        NotificationKind kind,
        DateTimeOffset at,
        NotificationFacts? facts = null
    ) => NotificationEffects.Tell(userId, kind.Told(at, facts));
}
