using System.Collections.Frozen;
using Actors.GrainInterfaces.Notifications;
using Actors.Grains.Texts;

namespace Actors.Grains.Notifications;

/// <summary>
/// Everything that people are told of, and how. To add a kind, add it here: nothing else makes notifications. How a text is
/// written says <see cref="Wording"/>; the facts in it are what its senders give.
/// </summary>
public static class NotificationKinds
{
    private static readonly Dictionary<string, NotificationKind> ByName = [];

    public static readonly NotificationKind MoodReset = Add(
        "mood_reset",
        "Your {state} mood has ended; you are neutral again.",
        "Tu estado de ánimo {state} ha terminado; vuelves a estar neutral."
    );

    public static readonly NotificationKind MoodOverridden = Add(
        "mood_overridden",
        "An administrator set your mood to {state}[ until {until}]: {reason}",
        "Un administrador puso tu estado de ánimo en {state}[ hasta el {until}]: {reason}"
    );

    public static readonly NotificationKind TokensCredited = Add(
        "tokens_credited",
        "{tokens:# token was|# tokens were} added to your balance.",
        "{tokens:Se añadió # token|Se añadieron # tokens} a tu saldo."
    );

    public static readonly NotificationKind TokensDebited = Add(
        "tokens_debited",
        "{tokens:# token was|# tokens were} taken out of your balance: {reason}",
        "{tokens:Se retiró # token|Se retiraron # tokens} de tu saldo: {reason}"
    );

    public static readonly NotificationKind PurchaseRefunded = Add(
        "purchase_refunded",
        "{tokens:# token|# tokens} of a purchase came back to you: {reason}",
        "{tokens:Te devolvieron # token|Te devolvieron # tokens} de una compra: {reason}"
    );

    public static readonly NotificationKind TipRefunded = Add(
        "tip_refunded",
        "{tokens:# token|# tokens} of a tip came back to you: {reason}",
        "{tokens:Te devolvieron # token|Te devolvieron # tokens} de una propina: {reason}"
    );

    public static readonly NotificationKind DeviceFailed = Add(
        "device_failed",
        "The device did not do what you bought. Your tokens were not touched; ask the model for a refund.",
        "El dispositivo no hizo lo que compraste. Tus tokens no se tocaron; pide un reembolso a quien te lo vendió."
    );

    public static readonly NotificationKind TipReceived = Add(
        "tip_received",
        "{person} tipped you {tokens:# token|# tokens}[: {note}|.]",
        "{person} te dio {tokens:# token|# tokens} de propina[: {note}|.]"
    );

    /// <summary>Sales of the last while, together.</summary>
    public static readonly NotificationKind Purchase = Add(
        "purchase",
        "{count:One item was|# items were} bought for {tokens:# token|# tokens}{count:| in all}.",
        "{count:Se compró un artículo|Se compraron # artículos} por {tokens:# token|# tokens}{count:| en total}."
    );

    public static readonly NotificationKind Payout = Add(
        "payout",
        "{tokens:# token was|# tokens were} paid out to you.",
        "{tokens:Se te pagó # token|Se te pagaron # tokens}."
    );

    public static readonly NotificationKind QueueEntry = Add(
        "queue_entry",
        "New in your queue: {item}.",
        "Nuevo en tu cola: {item}."
    );

    public static readonly NotificationKind QueueStarted = Add(
        "queue_started",
        "{item} has begun.",
        "{item} ha comenzado."
    );

    public static readonly NotificationKind QueueDelivered = Add(
        "queue_delivered",
        "{item} [was delivered in part ({percent}%). You get the rest of your tokens back.|is complete.]",
        "{item} [se entregó en parte ({percent} %). Recuperas el resto de tus tokens.|está completo.]"
    );

    public static readonly NotificationKind QueueRejected = Add(
        "queue_rejected",
        "{item} was turned down, and your tokens are free again.[ The reason: {reason}]",
        "No se aceptó {item}, y tus tokens vuelven a estar libres.[ El motivo: {reason}]"
    );

    public static readonly NotificationKind QueueCancelled = Add(
        "queue_cancelled",
        "{item} was cancelled by its buyer.",
        "Quien compró {item} lo canceló."
    );

    public static readonly NotificationKind QueueTimedOut = Add(
        "queue_timed_out",
        "{item} was not performed in time, and your tokens are free again.",
        "{item} no se realizó a tiempo, y tus tokens vuelven a estar libres."
    );

    public static readonly NotificationKind MoodMessage = Add(
        "mood_message",
        "{person} sent you a mood message.",
        "{person} te envió un mensaje de ánimo."
    );

    public static readonly NotificationKind MoodMessageOfSystem = Add(
        "mood_message_of_system",
        "There is a message for you in your conversation with {person}.",
        "Hay un mensaje para ti en tu conversación con {person}."
    );

    public static readonly NotificationKind Escalation = Add(
        "escalation",
        "The last messages of {person} sound {state}. Please look at your conversation.",
        "Los últimos mensajes de {person} suenan {state}. Mira su conversación, por favor."
    );

    public static readonly NotificationKind BookingConfirmed = Add(
        "booking_confirmed",
        "Your call with {person} on {until} is confirmed.",
        "Tu llamada con {person} el {until} está confirmada."
    );

    public static readonly NotificationKind BookingMoved = Add(
        "booking_moved",
        "Your call with {person} has another time now: {until}.",
        "Tu llamada con {person} tiene otra hora: {until}."
    );

    public static readonly NotificationKind BookingMoveLapsed = Add(
        "booking_move_lapsed",
        "The other time for your call with {person} was not taken; it stays on {until}.",
        "La otra hora para tu llamada con {person} no se tomó; sigue siendo el {until}."
    );

    public static readonly NotificationKind BookingCancelled = Add(
        "booking_cancelled",
        "Your call with {person} on {until} was cancelled.[ {percent}% of what was paid goes back.]",
        "Se canceló tu llamada con {person} del {until}.[ Se devuelve el {percent} % de lo pagado.]"
    );

    public static readonly NotificationKind BookingExpired = Add(
        "booking_expired",
        "The call with {person} on {until} was not paid in time, and its time is free again.",
        "La llamada con {person} del {until} no se pagó a tiempo, y su hora vuelve a estar libre."
    );

    public static readonly NotificationKind BookingMoneyReturned = Add(
        "booking_money_returned",
        "Your payment for the call with {person} on {until} could not be used; all of it goes back to you.",
        "Tu pago por la llamada con {person} del {until} no se pudo usar; se te devuelve completo."
    );

    public static readonly NotificationKind BookingReminder = Add(
        "booking_reminder",
        "Your call with {person} begins on {until}.",
        "Tu llamada con {person} comienza el {until}."
    );

    public static readonly NotificationKind BookingTimeOver = Add(
        "booking_time_over",
        "The time of your call with {person} is over; the room closes on {until}.",
        "El tiempo de tu llamada con {person} terminó; la sala se cierra el {until}."
    );

    public static readonly NotificationKind BookingCompleted = Add(
        "booking_completed",
        "How was your call with {person}? You can rate it now.",
        "¿Qué tal tu llamada con {person}? Ya puedes calificarla."
    );

    /// <summary>For whoever did not come.</summary>
    public static readonly NotificationKind BookingMissed = Add(
        "booking_missed",
        "You missed your call with {person} on {until}.[ {percent}% of what was paid goes back.]",
        "Faltaste a tu llamada con {person} del {until}.[ Se devuelve el {percent} % de lo pagado.]"
    );

    /// <summary>For whoever waited.</summary>
    public static readonly NotificationKind BookingLetDown = Add(
        "booking_let_down",
        "{person} did not come to your call on {until}.[ {percent}% of what was paid goes back.]",
        "{person} no vino a tu llamada del {until}.[ Se devuelve el {percent} % de lo pagado.]"
    );

    public static readonly NotificationKind BookingReported = Add(
        "booking_reported",
        "Your call with {person} on {until} was ended because of a report.[ {percent}% of what was paid goes back.]",
        "Tu llamada con {person} del {until} terminó por un reporte.[ Se devuelve el {percent} % de lo pagado.]"
    );

    public static readonly NotificationKind BookingCorrected = Add(
        "booking_corrected",
        "An administrator looked at your call with {person} on {until} again.[ {percent}% of what was paid goes back.] The reason: {reason}",
        "Un administrador revisó tu llamada con {person} del {until}.[ Se devuelve el {percent} % de lo pagado.] El motivo: {reason}"
    );

    public static readonly NotificationKind BookingRated = Add(
        "booking_rated",
        "{person} gave your call {count:# star|# stars}.",
        "{person} dio {count:# estrella|# estrellas} a tu llamada."
    );

    /// <summary>For admins.</summary>
    public static readonly NotificationKind AlertNoShow = Add(
        "alert_no_show",
        "{person} did not come to the paid call {item} on {until}.",
        "{person} no vino a la llamada pagada {item} del {until}."
    );

    /// <summary>For admins.</summary>
    public static readonly NotificationKind AlertCalendarPaused = Add(
        "alert_calendar_paused",
        "{person} has missed too many calls; the calendar is closed until an admin reopens it.",
        "{person} ha faltado a demasiadas llamadas; su calendario está cerrado hasta que un administrador lo reabra."
    );

    public static readonly NotificationKind CalendarPaused = Add(
        "calendar_paused",
        "You have missed too many calls. Your calendar is closed until an administrator reopens it.",
        "Has faltado a demasiadas llamadas. Tu calendario está cerrado hasta que un administrador lo reabra."
    );

    public static readonly NotificationKind CalendarReopened = Add(
        "calendar_reopened",
        "Your calendar is open again.",
        "Tu calendario vuelve a estar abierto."
    );

    /// <summary>For admins.</summary>
    public static readonly NotificationKind AlertIncident = Add(
        "alert_incident",
        "An incident was reported in the call {item}: {reason}.[ It concerns {person}.]",
        "Se reportó un incidente en la llamada {item}: {reason}.[ Se trata de {person}.]"
    );

    public static IReadOnlyCollection<NotificationKind> All => ByName.Values;

    /// <summary>A kind that only a newer version knows is called by its name.</summary>
    public static string Say(string kind, NotificationFacts facts, Reader reader) =>
        ByName.GetValueOrDefault(kind)?.Say(facts, reader) ?? kind;

    private static NotificationKind Add(string name, string english, string spanish)
    {
        var wordings = new Dictionary<string, Wording>
        {
            [Languages.English] = Wording.Parse(english),
            [Languages.Spanish] = Wording.Parse(spanish),
        };
        var kind = new NotificationKind(name, wordings.ToFrozenDictionary());
        ByName.Add(name, kind);
        return kind;
    }
}
