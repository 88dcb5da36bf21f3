using Actors.GrainInterfaces.Identity;
using Actors.GrainInterfaces.Notifications.Webhooks;
using Actors.Grains.Notifications.Webhooks;

namespace Actors.Grains.Wallets;

/// <summary>What apps are told of a wallet: what it gives back, since it is the one that decides about that.</summary>
internal static class WalletNews
{
    /// <summary>Null for what apps are not told.</summary>
    public static string? TypeOf(WalletEvent @event) =>
        @event switch
        {
            RefundGranted => WebhookEventTypes.PurchaseRefunded,
            TipReturned => WebhookEventTypes.TipRefunded,
            _ => null,
        };

    public static WebhookMessage Of(string modelId, WalletEvent @event, long version) =>
        @event switch
        {
            RefundGranted e => MoneyNews.Refunded(
                "wallet",
                modelId,
                version,
                new PurchaseRefundedBody(
                    WebhookEventTypes.PurchaseRefunded,
                    e.Sold.PurchaseId,
                    e.UserId,
                    modelId,
                    e.Sold.MenuId,
                    e.Sold.ItemId,
                    e.Sold.Name,
                    e.Tokens,
                    CauseOf(e),
                    e.Reason,
                    e.At.UtcDateTime
                )
            ),
            TipReturned e => WebhookMessages.Of(
                "wallet",
                modelId,
                version,
                WebhookEventTypes.TipRefunded,
                new TipRefundedBody(
                    WebhookEventTypes.TipRefunded,
                    e.TipId,
                    e.UserId,
                    modelId,
                    e.Tokens,
                    CauseOf(e),
                    e.Reason,
                    e.At.UtcDateTime
                ),
                MoneyNewsJson.Default.TipRefundedBody
            ),
            _ => throw new InvalidOperationException($"Nobody is told of {@event.GetType().Name}."),
        };

    private static RefundCause CauseOf(IReturn returned) =>
        returned.FromPlatform ? RefundCause.Platform
        : returned.Actor.Role == ActorRole.Model ? RefundCause.Model
        : RefundCause.Admin;
}
