using Actors.GrainInterfaces.Identity;
using Actors.GrainInterfaces.Ledger;
using Actors.GrainInterfaces.Outcomes;
using Actors.GrainInterfaces.Purchases;
using Actors.GrainInterfaces.Queues;
using Actors.GrainInterfaces.Wallets;
using Actors.Grains.Ledger;
using Actors.Grains.Wallets;

namespace Actors.Grains.Purchases;

/// <summary>Finds who has the tokens of a purchase now, and asks there: the queue while they are held, else the wallet.</summary>
internal sealed class RefundDesk(IGrainFactory grains)
{
    /// <summary>A tip was never held: the wallet has it.</summary>
    public async Task<Outcome<RefundReceipt>> ReturnTipAsync(string userId, TipSent tip, RequestRefund command)
    {
        if (!MayReturn(command.Actor, tip.ModelId))
        {
            return WalletRefusals.NotYourTip;
        }
        if (MoneyText.Reason(command.Reason) is not { } reason)
        {
            return LedgerRefusals.InvalidReason;
        }
        var isFromPlatform = command.Actor.Role == ActorRole.Admin && command.FromPlatform;
        return await grains
            .GetGrain<IWalletGrain>(tip.ModelId)
            .ReturnTip(
                new ReturnTip(
                    command.PurchaseId,
                    userId,
                    tip.Tokens,
                    command.Actor,
                    reason,
                    isFromPlatform,
                    command.Key
                )
            );
    }

    public async Task<Outcome<RefundReceipt>> RefundAsync(PurchaseView purchase, RequestRefund command)
    {
        var isAdmin = command.Actor.Role == ActorRole.Admin;
        if (!MayReturn(command.Actor, purchase.ModelId))
        {
            return PurchaseRefusals.NotYours;
        }
        if (MoneyText.Reason(command.Reason) is not { } reason)
        {
            return LedgerRefusals.InvalidReason;
        }
        return purchase.Status switch
        {
            PurchaseStatus.Pending => await RejectAsync(purchase, command, reason),
            // Also what a wallet has given back already: it knows the answer that it gave.
            _ when purchase.Captured > Tokens.None || purchase.Resolution is null or SettlementKind.Delivered =>
                await AskWalletAsync(purchase, command, reason, isAdmin && command.FromPlatform),
            _ => Given(purchase),
        };
    }

    private static bool MayReturn(Actor actor, string modelId) =>
        actor.Role == ActorRole.Admin || (actor.Role == ActorRole.Model && actor.Id == modelId);

    private async Task<Outcome<RefundReceipt>> RejectAsync(PurchaseView purchase, RequestRefund command, string reason)
    {
        var reject = new RejectEntry(command.Actor, purchase.PurchaseId, reason, command.Key);
        var ended = await grains.GetGrain<IQueueGrain>(purchase.ModelId).Reject(reject);
        return ended.Map(entry => Receipt(purchase, entry.Refunded, reason, entry.At));
    }

    private Task<Outcome<RefundReceipt>> AskWalletAsync(
        PurchaseView purchase,
        RequestRefund command,
        string reason,
        bool fromPlatform
    )
    {
        var sold = new SoldItem(
            purchase.PurchaseId,
            purchase.MenuId,
            purchase.ItemId,
            purchase.ItemName,
            purchase.CreatedAt,
            purchase.Tokens
        );
        var refund = new RefundPurchase(
            sold,
            purchase.UserId,
            purchase.Captured,
            purchase.LoyaltyPoints,
            command.Actor,
            reason,
            fromPlatform,
            command.Key
        );
        return grains.GetGrain<IWalletGrain>(purchase.ModelId).Refund(refund);
    }

    private static RefundReceipt Given(PurchaseView purchase) =>
        Receipt(purchase, purchase.Refunded, purchase.Reason ?? "", purchase.RefundedAt ?? purchase.CreatedAt);

    /// <summary>Held tokens never left the buyer's account, and no points had been awarded.</summary>
    private static RefundReceipt Receipt(PurchaseView purchase, Tokens tokens, string reason, DateTimeOffset at) =>
        new(
            purchase.PurchaseId,
            AccountId.OfUser(purchase.UserId) + "/" + purchase.PurchaseId,
            tokens,
            0,
            reason,
            FromPlatform: false,
            at
        );
}
