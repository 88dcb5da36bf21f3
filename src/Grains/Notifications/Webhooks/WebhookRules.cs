using System.Collections.Immutable;
using Actors.GrainInterfaces.Identity;
using Actors.GrainInterfaces.Notifications.Webhooks;
using Actors.GrainInterfaces.Outcomes;

namespace Actors.Grains.Notifications.Webhooks;

/// <summary>Everything that is decided about a subscription and its deliveries. Pure: knows no grain, no clock, no I/O.</summary>
public static class WebhookRules
{
    public const int MaxQueued = 10_000;
    public const int MaxErrorLength = 200;

    /// <summary>How long a secret that was replaced still signs beside the new one.</summary>
    public static readonly TimeSpan SecretOverlap = TimeSpan.FromHours(24);

    /// <summary>A try that has not been settled by then was cut off by a crash. Longer than any app may take to answer.</summary>
    public static readonly TimeSpan LostAfter = TimeSpan.FromSeconds(30);

    /// <summary>Null when nothing changes.</summary>
    public static Outcome<WebhookSet?> Decide(
        Webhook webhook,
        ConfigureWebhook command,
        DateTimeOffset now,
        bool allowInsecure
    )
    {
        if (Refuse(command, allowInsecure) is { } refusal)
        {
            return refusal;
        }
        ImmutableArray<string> eventTypes = [.. command.EventTypes.Distinct().Order(StringComparer.Ordinal)];
        var settings = webhook.Settings;
        var secret = command.Secret ?? settings?.Secret ?? command.SecretIfNew;
        var same =
            settings is { Disabled: false }
            && settings.Url == command.Url
            && settings.Secret == secret
            && settings.EventTypes.SequenceEqual(eventTypes);
        return same ? (WebhookSet?)null : new WebhookSet(now, command.Actor, command.Url, eventTypes, secret);
    }

    /// <summary>Takes an event in, and begins at once when a place is free; a full queue gives its oldest up.</summary>
    public static DeliveryQueued Queue(Webhook webhook, WebhookMessage message, DateTimeOffset now) =>
        new(
            now,
            webhook.LastNumber + 1,
            message.Id,
            message.EventType,
            message.Body,
            StartAtOnce(webhook, now),
            webhook.Queue.Count >= MaxQueued ? webhook.Queue.OldestNumber : null
        );

    public static Outcome<DeliveryQueued> DecideTest(Webhook webhook, string webhookId, DateTimeOffset now) =>
        webhook.Settings is null ? WebhookRefusals.WebhookNotFound
        : !webhook.IsActive ? WebhookRefusals.WebhookDisabled
        : Queue(webhook, WebhookMessages.Test($"test-{webhookId}-{webhook.LastNumber + 1}", now), now);

    public static Outcome<DeliveryQueuedAgain> DecideRedelivery(
        Webhook webhook,
        Actor actor,
        long number,
        DateTimeOffset now
    ) =>
        webhook.Settings is null ? WebhookRefusals.WebhookNotFound
        : !webhook.IsActive ? WebhookRefusals.WebhookDisabled
        : !webhook.Dead.ContainsKey(number) ? WebhookRefusals.DeliveryNotFound
        : new DeliveryQueuedAgain(now, actor, number, StartAtOnce(webhook, now));

    /// <summary>What follows from an answer, and what can begin in the place that it leaves.</summary>
    public static ImmutableArray<WebhookEvent> DecideAnswer(
        Webhook webhook,
        long number,
        int attempt,
        WebhookAnswer answer,
        DateTimeOffset now
    )
    {
        var isCurrent = webhook.Queue.Find(number) is { } delivery && (answer.IsTaken || delivery.Attempts == attempt);
        if (!isCurrent)
        {
            return [];
        }
        var settled = Settle(webhook.Queue.Find(number)!, answer, now);
        return [settled, .. DecideDue(WebhookFold.Evolve(webhook, settled), now)];
    }

    /// <summary>The tries that begin now.</summary>
    public static ImmutableArray<WebhookEvent> DecideDue(Webhook webhook, DateTimeOffset now)
    {
        var startable = webhook.Queue.Startable(now).ToLookup(static delivery => HasTriesLeft(delivery));
        var events = ImmutableArray.CreateBuilder<WebhookEvent>();
        events.AddRange(
            startable[false]
                .Select(lost => new DeliveryGivenUp(now, lost.Number, null, "The last try was cut off by a restart."))
        );
        if (startable[true].Any())
        {
            events.Add(new AttemptsStarted(now, [.. startable[true].Select(static d => d.Number)], now + LostAfter));
        }
        return events.ToImmutable();
    }

    private static bool HasTriesLeft(QueuedDelivery delivery) => delivery.Attempts < RetrySchedule.MaxAttempts;

    private static WebhookEvent Settle(QueuedDelivery delivery, WebhookAnswer answer, DateTimeOffset now)
    {
        if (answer.IsTaken)
        {
            return new AttemptSucceeded(now, delivery.Number, answer.StatusCode!.Value);
        }
        if (answer.IsGone)
        {
            return new WebhookGone(now, delivery.Number);
        }
        var error = answer.Error ?? $"The app answered {answer.StatusCode}.";
        error = error.Length > MaxErrorLength ? error[..MaxErrorLength] : error;
        return RetrySchedule.After(delivery.Attempts, delivery.EventId) is { } wait
            ? new AttemptFailed(now, delivery.Number, answer.StatusCode, error, now + wait)
            : new DeliveryGivenUp(now, delivery.Number, answer.StatusCode, error);
    }

    private static DateTimeOffset? StartAtOnce(Webhook webhook, DateTimeOffset now) =>
        webhook.Queue.HasFreePlace ? now + LostAfter : null;

    private static Refusal? Refuse(ConfigureWebhook command, bool allowInsecure) =>
        !WebhookAddress.IsAllowed(command.Url, allowInsecure) ? WebhookRefusals.InvalidUrl
        : command.EventTypes.Count is 0 or > 100 || command.EventTypes.Except(WebhookEventTypes.All).Any()
            ? WebhookRefusals.InvalidEventTypes
        : command.Secret is { } secret && !WebhookSecret.IsValid(secret) ? WebhookRefusals.InvalidSecret
        : null;
}
