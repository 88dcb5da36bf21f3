using Actors.GrainInterfaces.Ledger;
using Actors.GrainInterfaces.Notifications;
using Actors.GrainInterfaces.Purchases;
using Actors.Grains.Durability;
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
                Tell(modelId, "queue_entry", $"New in your queue: {queued.Entry.ItemName}.", queued.At),
            ],
            EntryStarted started =>
            [
                Tell(started.Entry.UserId, "queue_started", $"{started.Entry.ItemName} has begun.", started.At),
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
        var (userId, item, at) = (ended.Entry.UserId, ended.Entry.ItemName, ended.At);
        return ended.Kind switch
        {
            SettlementKind.Delivered => Tell(userId, "queue_delivered", Delivered(item, ended.DeliverPercent), at),
            SettlementKind.Rejected => Tell(userId, "queue_rejected", Rejected(item, ended.Reason), at),
            SettlementKind.Cancelled => Tell(modelId, "queue_cancelled", $"{item} was cancelled by its buyer.", at),
            _ => Tell(
                userId,
                "queue_timed_out",
                $"{item} was not performed in time, and your tokens are free again.",
                at
            ),
        };
    }

    private static string Delivered(string item, int percent) =>
        percent == EndOfEntry.WholePercent
            ? $"{item} is complete."
            : $"{item} was delivered in part. You get the rest of your tokens back.";

    private static string Rejected(string item, string? reason) =>
        reason is null
            ? $"{item} was turned down, and your tokens are free again."
            : $"{item} was turned down, and your tokens are free again. The reason: {reason}";

    private static Effect Tell(string personId, string kind, string text, DateTimeOffset at)
    {
        var notification = new Notification(kind, text, at);
        return Effect.To<INotificationInboxGrain>(personId, (inbox, delivery) => inbox.Receive(delivery, notification));
    }
}
