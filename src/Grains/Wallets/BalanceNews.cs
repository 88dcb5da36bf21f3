using Actors.GrainInterfaces.Ledger;
using Actors.GrainInterfaces.Notifications.Webhooks;
using Actors.Grains.Notifications.Webhooks;

namespace Actors.Grains.Wallets;

/// <summary>What apps are told of a balance: what its user buys and gives, and what becomes of held tokens.</summary>
internal static class BalanceNews
{
    /// <summary>Null for what apps are not told.</summary>
    public static string? TypeOf(BalanceEvent @event) =>
        @event switch
        {
            ItemPurchased or ItemHeld => WebhookEventTypes.PurchaseMade,
            HoldSettled { Kind: SettlementKind.Delivered } => WebhookEventTypes.PurchaseCompleted,
            HoldSettled => WebhookEventTypes.PurchaseRefunded,
            TipSent => WebhookEventTypes.TipSent,
            _ => null,
        };

    public static WebhookMessage Of(string userId, BalanceEvent @event, long version) =>
        @event switch
        {
            ItemPurchased e => Made(userId, version, e, e.Id, e.Item, PurchaseMode.Immediate),
            ItemHeld e => Made(userId, version, e, e.Id, e.Item, PurchaseMode.Queued, e.Position),
            HoldSettled { Kind: SettlementKind.Delivered } e => WebhookMessages.Of(
                "balance",
                userId,
                version,
                WebhookEventTypes.PurchaseCompleted,
                new PurchaseCompletedBody(
                    WebhookEventTypes.PurchaseCompleted,
                    e.Id,
                    userId,
                    e.Item.ModelId,
                    e.Item.MenuId,
                    e.Item.ItemId,
                    e.Item.Name,
                    e.Item.Tokens,
                    e.Captured,
                    e.Released,
                    e.Points,
                    e.At.UtcDateTime
                ),
                MoneyNewsJson.Default.PurchaseCompletedBody
            ),
            HoldSettled e => MoneyNews.Refunded(
                "balance",
                userId,
                version,
                new PurchaseRefundedBody(
                    WebhookEventTypes.PurchaseRefunded,
                    e.Id,
                    userId,
                    e.Item.ModelId,
                    e.Item.MenuId,
                    e.Item.ItemId,
                    e.Item.Name,
                    e.Released,
                    CauseOf(e.Kind),
                    e.Reason,
                    e.At.UtcDateTime
                )
            ),
            TipSent e => WebhookMessages.Of(
                "balance",
                userId,
                version,
                WebhookEventTypes.TipSent,
                new TipSentBody(
                    WebhookEventTypes.TipSent,
                    e.Id!.Value,
                    userId,
                    e.ModelId,
                    e.Tokens,
                    e.Message,
                    e.At.UtcDateTime
                ),
                MoneyNewsJson.Default.TipSentBody
            ),
            _ => throw new InvalidOperationException($"Nobody is told of {@event.GetType().Name}."),
        };

    private static WebhookMessage Made(
        string userId,
        long version,
        BalanceEvent @event,
        PurchaseId id,
        BoughtItem item,
        PurchaseMode mode,
        int? position = null
    ) =>
        WebhookMessages.Of(
            "balance",
            userId,
            version,
            WebhookEventTypes.PurchaseMade,
            new PurchaseMadeBody(
                WebhookEventTypes.PurchaseMade,
                id,
                userId,
                item.ModelId,
                item.MenuId,
                item.ItemId,
                item.Name,
                item.Tokens,
                item.Points,
                mode,
                mode == PurchaseMode.Immediate ? MadeStatus.Completed : MadeStatus.Pending,
                position,
                @event.At.UtcDateTime
            ),
            MoneyNewsJson.Default.PurchaseMadeBody
        );

    private static RefundCause CauseOf(SettlementKind kind) =>
        kind switch
        {
            SettlementKind.Rejected => RefundCause.Rejected,
            SettlementKind.Cancelled => RefundCause.Cancelled,
            _ => RefundCause.TimedOut,
        };
}
