using Actors.GrainInterfaces.Ledger;
using Actors.GrainInterfaces.Notifications;
using Actors.GrainInterfaces.Purchases;
using Actors.Grains.Durability;
using Actors.Grains.Notifications;
using Actors.Grains.Notifications.Webhooks;

namespace Actors.Grains.Queues;

/// <summary>Whom an event of a queue concerns: the buyer's account, the buyer, the model, apps.</summary>
internal static class QueueEffects
{
    public static IReadOnlyList<Effect> Of(string modelId, QueueEvent @event, long version) =>
        @event.Told == true
            ? [.. Within(modelId, @event), WebhookEffects.Tell(modelId, QueueNews.Of(modelId, @event, version))]
            : Within(modelId, @event);

    private static IReadOnlyList<Effect> Within(string modelId, QueueEvent @event) =>
        @event switch
        {
            EntryQueued queued =>
            [
                NotificationEffects.Tell(
                    modelId,
                    NotificationKinds.QueueEntry.Told(queued.At, new(Item: queued.Entry.ItemName))
                ),
            ],
            EntryStarted started =>
            [
                NotificationEffects.Tell(
                    started.Entry.UserId,
                    NotificationKinds.QueueStarted.Told(started.At, new(Item: started.Entry.ItemName))
                ),
            ],
            EntryEnded ended => [Settle(ended), TellEnd(modelId, ended)],
            _ => [],
        };

    private static Effect Settle(EntryEnded ended)
    {
        var settlement = new PurchaseSettlement(
            ended.Entry.PurchaseId,
            ended.Kind,
            ended.DeliverPercent,
            ended.Reason,
            ended.Entry.StartedAt,
            ended.At
        );
        return Effect.To<IPurchaserGrain>(
            ended.Entry.UserId,
            (purchaser, delivery) => purchaser.Settle(delivery, settlement)
        );
    }

    /// <summary>Whoever did not do it is told.</summary>
    private static Effect TellEnd(string modelId, EntryEnded ended)
    {
        var facts = new NotificationFacts(
            Item: ended.Entry.ItemName,
            Percent: ended.DeliverPercent is > 0 and < EndOfEntry.WholePercent ? ended.DeliverPercent : null,
            Reason: ended.Kind == SettlementKind.Rejected ? ended.Reason : null
        );
        var kind = ended.Kind switch
        {
            SettlementKind.Delivered => NotificationKinds.QueueDelivered,
            SettlementKind.Rejected => NotificationKinds.QueueRejected,
            SettlementKind.Cancelled => NotificationKinds.QueueCancelled,
            _ => NotificationKinds.QueueTimedOut,
        };
        return NotificationEffects.Tell(
            ended.Kind == SettlementKind.Cancelled ? modelId : ended.Entry.UserId,
            kind.Told(ended.At, facts)
        );
    }
}
