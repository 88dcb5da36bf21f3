using Actors.GrainInterfaces.Ledger;
using Actors.GrainInterfaces.Notifications;
using Actors.GrainInterfaces.Wallets;
using Actors.Grains.Durability;
using Actors.Grains.Notifications;

namespace Actors.Grains.Wallets;

/// <summary>Whom an event of a wallet concerns: the buyer whose tokens come back, and the model.</summary>
internal static class WalletEffects
{
    public static IReadOnlyList<Effect> Of(string modelId, WalletEvent @event, long version)
    {
        if (@event is IReturn returned)
        {
            var notice = NoticeOf(modelId, returned, version);
            return
            [
                Effect.To<IBalanceGrain>(
                    returned.UserId,
                    (balance, delivery) => balance.ReceiveRefund(delivery, notice)
                ) with
                {
                    Tokens = notice.Tokens.Count,
                },
            ];
        }
        if (NotificationOf(@event) is { } notification)
        {
            return [NotificationEffects.Tell(modelId, notification)];
        }
        return [];
    }

    public static RefundReceipt ReceiptOf(string modelId, IReturn returned, long version) =>
        new(
            returned.Of,
            BalanceMovements.TransferOf(AccountId.OfModel(modelId), version),
            returned.Tokens,
            returned.Points,
            returned.Reason,
            returned.FromPlatform,
            returned.At
        );

    private static RefundNotice NoticeOf(string modelId, IReturn returned, long version) =>
        new(
            returned.Of,
            returned.Tokens,
            returned.Points,
            returned.Reason,
            returned.At,
            BalanceMovements.TransferOf(AccountId.OfModel(modelId), version),
            WalletMovements.PayerOf(modelId, returned),
            returned is TipReturned
        );

    private static Notification? NotificationOf(WalletEvent @event) =>
        @event switch
        {
            TokensEarned { Earning: { Kind: EarningKind.Tip } tip } => NotificationKinds.TipReceived.Told(
                tip.At,
                new(Person: tip.UserId, Tokens: tip.Tokens.Count, Note: tip.Note)
            ),
            SalesAnnounced sold => NotificationKinds.Purchase.Told(
                sold.At,
                new(Count: sold.Count, Tokens: sold.Tokens.Count)
            ),
            TokensPaidOut paid => NotificationKinds.Payout.Told(paid.At, new(Tokens: paid.Tokens.Count)),
            _ => null,
        };
}
