namespace Actors.GrainInterfaces.Notifications.Webhooks;

/// <summary>The names that apps subscribe to. Part of the API: a name is never given up, nor given to something else.</summary>
public static class WebhookEventTypes
{
    /// <summary>A model's mood has become another one.</summary>
    public const string MoodChanged = "mood_changed";

    /// <summary>Something was bought: paid at once, or held for the queue.</summary>
    public const string PurchaseMade = "purchase_made";

    /// <summary>What was held for the queue was delivered, all of it or a part.</summary>
    public const string PurchaseCompleted = "purchase_completed";

    /// <summary>All that a purchase cost goes back: it was refunded, or came to nothing in the queue.</summary>
    public const string PurchaseRefunded = "purchase_refunded";

    public const string TipSent = "tip_sent";
    public const string TipRefunded = "tip_refunded";
    public const string QueueEntryStarted = "queue_entry_started";

    /// <summary>An entry left the queue: delivered, rejected, cancelled or timed out.</summary>
    public const string QueueEntryEnded = "queue_entry_ended";

    public const string QueuePaused = "queue_paused";
    public const string QueueResumed = "queue_resumed";

    /// <summary>A device did not do what was bought.</summary>
    public const string DeviceFailed = "device_failed";

    /// <summary>A message was sent, by a person or for one.</summary>
    public const string MessageSent = "message_sent";

    /// <summary>A side has read messages of the other.</summary>
    public const string MessageRead = "message_read";

    /// <summary>The time of a private call is held for somebody who has not paid yet.</summary>
    public const string BookingHeld = "booking_held";

    public const string BookingConfirmed = "booking_confirmed";
    public const string BookingMoved = "booking_moved";
    public const string BookingCancelled = "booking_cancelled";

    /// <summary>It was not paid while the time was held.</summary>
    public const string BookingExpired = "booking_expired";

    public const string BookingStarted = "booking_started";

    /// <summary>The call is over, and how: it took place, somebody did not come, or something was reported.</summary>
    public const string BookingEnded = "booking_ended";

    /// <summary>An admin has decided otherwise how a call ended.</summary>
    public const string BookingCorrected = "booking_corrected";

    public const string BookingRated = "booking_rated";

    /// <summary>Sent on request to every subscription, so that an app can be tried out; nobody subscribes to it.</summary>
    public const string Test = "test";

    /// <summary>All that can be subscribed to.</summary>
    public static readonly IReadOnlyList<string> All =
    [
        MoodChanged,
        PurchaseMade,
        PurchaseCompleted,
        PurchaseRefunded,
        TipSent,
        TipRefunded,
        QueueEntryStarted,
        QueueEntryEnded,
        QueuePaused,
        QueueResumed,
        DeviceFailed,
        MessageSent,
        MessageRead,
        BookingHeld,
        BookingConfirmed,
        BookingMoved,
        BookingCancelled,
        BookingExpired,
        BookingStarted,
        BookingEnded,
        BookingCorrected,
        BookingRated,
    ];
}
