using Actors.GrainInterfaces.Conversations;
using Actors.GrainInterfaces.Identity;
using Actors.GrainInterfaces.Ledger;
using Actors.GrainInterfaces.Notifications;
using Actors.GrainInterfaces.Wallets;
using Actors.Grains.Durability;
using Actors.Grains.Notifications;
using Actors.Grains.Notifications.Webhooks;

namespace Actors.Grains.Wallets;

/// <summary>Whom an event of a wallet concerns: the buyer whose tokens come back, the model, and apps.</summary>
internal static class WalletEffects
{
    private static readonly BulkRoute<IConversationGrain, TipNotice> ToConversation = new(
        static (conversation, tips) => conversation.ReceiveTips(tips)
    )
    {
        IsNews = true,
    };

    public static IReadOnlyList<Effect> Of(string modelId, WalletEvent @event, long version)
    {
        if (@event is IReturn returned)
        {
            var refund = Refund(modelId, returned, version);
            return @event.Told == true
                ? [refund, WebhookEffects.Tell(modelId, WalletNews.Of(modelId, @event, version))]
                : [refund];
        }
        if (NotificationOf(@event) is not { } notification)
        {
            return [];
        }
        var told = NotificationEffects.Tell(modelId, notification);
        return @event is TokensEarned { Earning: { Kind: EarningKind.Tip } tip }
            ? [told, Thanks(modelId, tip)]
            : [told];
    }

    /// <param name="reason">Opened; the event may have it sealed.</param>
    public static RefundReceipt ReceiptOf(string modelId, IReturn returned, string? reason, long version) =>
        new(
            returned.Of,
            BalanceMovements.TransferOf(AccountId.OfModel(modelId), version),
            returned.Tokens,
            returned.Points,
            reason ?? "",
            returned.FromPlatform,
            returned.At
        );

    private static Effect Refund(string modelId, IReturn returned, long version)
    {
        var notice = NoticeOf(modelId, returned, version);
        return Effect.To<IBalanceGrain>(
            returned.UserId,
            (balance, delivery) => balance.ReceiveRefund(delivery, notice)
        ) with
        {
            Tokens = notice.Tokens.Count,
        };
    }

    /// <summary>Of the wallet that has earned it: none is thanked for that bounces.</summary>
    private static Effect Thanks(string modelId, Earning tip)
    {
        var conversation = ConversationId.WithModel(ModelId.Parse(modelId), UserId.Parse(tip.UserId));
        return ToConversation.To(conversation.ToString(), new TipNotice(tip.Transfer, tip.Tokens.Count, tip.At));
    }

    private static RefundNotice NoticeOf(string modelId, IReturn returned, long version) =>
        new(
            returned.Of,
            returned.Tokens,
            returned.Points,
            returned.Reason,
            returned.At,
            BalanceMovements.TransferOf(AccountId.OfModel(modelId), version),
            WalletMovements.PayerOf(modelId, returned),
            returned is TipReturned,
            returned is CallReturned
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
