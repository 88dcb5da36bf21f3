using System.Collections.Immutable;
using Actors.GrainInterfaces.Notifications.Webhooks;

namespace Actors.Grains.Notifications.Webhooks;

/// <summary>How a subscription's events make its state.</summary>
public static class WebhookFold
{
    public const int MaxRecent = 100;
    public const int MaxDead = 1_000;

    public static Webhook Evolve(Webhook webhook, WebhookEvent @event) =>
        @event switch
        {
            WebhookSet set => webhook with { Settings = Settings(webhook, set) },
            WebhookRemoved => Webhook.None with { LastNumber = webhook.LastNumber },
            DeliveryQueued queued => Add(webhook, queued),
            DeliveryQueuedAgain again => Revive(webhook, again),
            AttemptsStarted started => Start(webhook, started),
            AttemptSucceeded succeeded => Finish(webhook, succeeded),
            AttemptFailed failed => Change(
                webhook,
                failed.Number,
                delivery => delivery.Failed(failed.StatusCode, failed.Error, failed.RetryAt)
            ),
            DeliveryGivenUp given => Bury(webhook, given.Number, given.StatusCode, given.Error),
            WebhookGone gone => End(webhook, gone),
            _ => throw new InvalidOperationException($"Unknown event {@event.GetType().Name}."),
        };

    /// <summary>The newest deliveries of every status, newest first.</summary>
    public static ImmutableArray<WebhookDeliveryView> Newest(Webhook webhook, int count)
    {
        var pending = webhook.Queue.All.Reverse().Take(count).Select(static d => d.View(WebhookDeliveryStatus.Pending));
        var delivered = webhook.Recent.Select(static d => d.View(WebhookDeliveryStatus.Delivered));
        var dead = webhook.Dead.Values.Reverse().Take(count).Select(static d => d.View(WebhookDeliveryStatus.Dead));
        var newest = pending.Concat(delivered).Concat(dead).OrderByDescending(static view => view.DeliveryId);
        return [.. newest.Take(count)];
    }

    private static WebhookSettings Settings(Webhook webhook, WebhookSet set)
    {
        var before = webhook.Settings;
        var isReplaced = before is not null && before.Secret != set.Secret;
        return new(
            set.Url,
            set.EventTypes,
            set.Secret,
            Disabled: false,
            before?.CreatedAt ?? set.At,
            set.At,
            isReplaced ? before!.Secret : before?.PreviousSecret,
            isReplaced ? set.At + WebhookRules.SecretOverlap : before?.PreviousSecretUntil
        );
    }

    private static Webhook Add(Webhook webhook, DeliveryQueued queued)
    {
        if (queued.Dropped is { } dropped)
        {
            webhook = Bury(webhook, dropped, null, "The queue was full.");
        }
        var delivery = new QueuedDelivery(
            queued.Number,
            queued.EventId,
            queued.EventType,
            queued.Body,
            queued.At,
            Attempts: 0,
            Due: queued.At,
            UnderWay: false
        );
        return webhook with
        {
            LastNumber = queued.Number,
            Queue = webhook.Queue.With(StartedIf(delivery, queued.At, queued.StartedUntil)),
        };
    }

    private static Webhook Revive(Webhook webhook, DeliveryQueuedAgain again)
    {
        var delivery = webhook.Dead[again.Number] with { Attempts = 0, Due = again.At, UnderWay = false };
        return webhook with
        {
            Dead = webhook.Dead.Remove(again.Number),
            Queue = webhook.Queue.With(StartedIf(delivery, again.At, again.StartedUntil)),
        };
    }

    private static QueuedDelivery StartedIf(QueuedDelivery delivery, DateTimeOffset at, DateTimeOffset? until) =>
        until is { } lostAt ? delivery.Started(at, lostAt) : delivery;

    private static Webhook Start(Webhook webhook, AttemptsStarted started) =>
        started.Numbers.Aggregate(
            webhook,
            (current, number) => Change(current, number, delivery => delivery.Started(started.At, started.Until))
        );

    private static Webhook Change(Webhook webhook, long number, Func<QueuedDelivery, QueuedDelivery> change) =>
        webhook.Queue.Find(number) is { } delivery
            ? webhook with
            {
                Queue = webhook.Queue.With(change(delivery)),
            }
            : webhook;

    private static Webhook Finish(Webhook webhook, AttemptSucceeded succeeded)
    {
        if (webhook.Queue.Find(succeeded.Number) is not { } delivery)
        {
            return webhook;
        }
        // What was sent is in the stream; the list only needs to tell that it was.
        var recent = webhook.Recent.Add(
            delivery with
            {
                Body = "",
                UnderWay = false,
                StatusCode = succeeded.StatusCode,
                LastError = null,
            }
        );
        return webhook with
        {
            Queue = webhook.Queue.Without(succeeded.Number),
            Recent = recent.Count > MaxRecent ? recent.RemoveAt(0) : recent,
            DeliveredCount = webhook.DeliveredCount + 1,
        };
    }

    private static Webhook Bury(Webhook webhook, long number, int? statusCode, string error)
    {
        if (webhook.Queue.Find(number) is not { } delivery)
        {
            return webhook;
        }
        var dead = webhook.Dead.Add(number, delivery.Failed(statusCode, error, delivery.Due));
        return webhook with
        {
            Queue = webhook.Queue.Without(number),
            Dead = dead.Count > MaxDead ? dead.Remove(dead.Keys.First()) : dead,
            DeadCount = webhook.DeadCount + 1,
        };
    }

    private static Webhook End(Webhook webhook, WebhookGone gone)
    {
        var buried = webhook.Queue.All.Aggregate(
            webhook,
            (current, delivery) =>
                Bury(
                    current,
                    delivery.Number,
                    delivery.Number == gone.Number ? 410 : delivery.StatusCode,
                    "The app answered 410: it wants no more."
                )
        );
        return buried with { Settings = buried.Settings! with { Disabled = true, UpdatedAt = gone.At } };
    }
}
