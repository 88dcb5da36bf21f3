using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Actors.GrainInterfaces.Bookings;
using Actors.GrainInterfaces.Identity;
using Actors.GrainInterfaces.Ledger;
using Actors.GrainInterfaces.Performers;
using Actors.GrainInterfaces.Rooms;
using Actors.Grains.Notifications.Webhooks;

namespace Actors.Grains.Bookings;

[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(BookingRequested), "booking.requested.v1")]
[JsonDerivedType(typeof(BookingRefused), "booking.refused.v1")]
[JsonDerivedType(typeof(BookingHeld), "booking.held.v1")]
[JsonDerivedType(typeof(BookingRulesAccepted), "booking.rules-accepted.v1")]
[JsonDerivedType(typeof(PaymentBegun), "booking.payment-begun.v1")]
[JsonDerivedType(typeof(PaymentFailed), "booking.payment-failed.v1")]
[JsonDerivedType(typeof(BookingConfirmed), "booking.confirmed.v1")]
[JsonDerivedType(typeof(MoneyReturned), "booking.money-returned.v1")]
[JsonDerivedType(typeof(RefundNoted), "booking.refund-noted.v1")]
[JsonDerivedType(typeof(BookingExpired), "booking.expired.v1")]
[JsonDerivedType(typeof(BookingCancelled), "booking.cancelled.v1")]
[JsonDerivedType(typeof(MoveBegun), "booking.move-begun.v1")]
[JsonDerivedType(typeof(MoveHeld), "booking.move-held.v1")]
[JsonDerivedType(typeof(MovePaid), "booking.move-paid.v1")]
[JsonDerivedType(typeof(MoveEnded), "booking.move-ended.v1")]
[JsonDerivedType(typeof(BookingMoved), "booking.moved.v1")]
[JsonDerivedType(typeof(ReminderDue), "booking.reminder-due.v1")]
[JsonDerivedType(typeof(AttendanceNoted), "booking.attendance-noted.v1")]
[JsonDerivedType(typeof(CallBegan), "booking.call-began.v1")]
[JsonDerivedType(typeof(CallTimeOver), "booking.call-time-over.v1")]
[JsonDerivedType(typeof(CallEnded), "booking.call-ended.v1")]
[JsonDerivedType(typeof(VerdictCorrected), "booking.verdict-corrected.v1")]
[JsonDerivedType(typeof(CallRated), "booking.call-rated.v1")]
[JsonDerivedType(typeof(BookingArchived), "booking.archived.v1")]
public abstract record BookingEvent(DateTimeOffset At, string By) : TellableEvent
{
    /// <summary>The platform itself.</summary>
    public const string System = "system";

    /// <summary>
    /// The booking as this leaves it, for what follows from an event is made from that alone; null before there is anything
    /// to tell.
    /// </summary>
    public BookingFacts? Facts { get; init; }
}

/// <param name="Money">Null when nothing was tried to be paid.</param>
public sealed record BookingFacts(
    BookingTerms Terms,
    BookingStatus Status,
    BookingMoney? Money = null,
    CallEndKind? Verdict = null
);

public sealed record BookingRequested(DateTimeOffset At, string By, CallWish Wish, DateTimeOffset GiveUpAt)
    : BookingEvent(At, By);

public sealed record BookingRefused(DateTimeOffset At, string By, CallWish Wish, string Code, string Message)
    : BookingEvent(At, By);

public sealed record BookingHeld(DateTimeOffset At, string By, BookingTerms Terms, DateTimeOffset Until)
    : BookingEvent(At, By);

public sealed record BookingRulesAccepted(DateTimeOffset At, string By, int Version) : BookingEvent(At, By);

/// <param name="Until">Until when the time is held for it.</param>
/// <param name="Replaces">One that is waited for no longer.</param>
public sealed record PaymentBegun(
    DateTimeOffset At,
    string By,
    BookingPayment Payment,
    DateTimeOffset Until,
    string? Replaces
) : BookingEvent(At, By);

/// <summary>Declined, or not wanted any more; while the hold lasts, another one may be begun.</summary>
public sealed record PaymentFailed(DateTimeOffset At, string By, string PaymentId, string Code) : BookingEvent(At, By);

/// <summary>The money is there and the time is the booking's.</summary>
/// <param name="Reminder">The first reminder that is still ahead.</param>
/// <param name="OpenPayment">Another one that was begun meanwhile and is waited for no longer.</param>
public sealed record BookingConfirmed(
    DateTimeOffset At,
    string By,
    string PaymentId,
    Money Amount,
    int? Reminder,
    string? OpenPayment
) : BookingEvent(At, By);

/// <summary>Money came for which there is no call: all of it goes back, once.</summary>
/// <param name="HoldsTime">Whether the booking has its time all the same.</param>
public sealed record MoneyReturned(DateTimeOffset At, string By, string PaymentId, Money Amount, bool HoldsTime)
    : BookingEvent(At, By);

public sealed record RefundNoted(DateTimeOffset At, string By, string PaymentId, long Refunded) : BookingEvent(At, By);

public sealed record BookingExpired(DateTimeOffset At, string By, string? OpenPayment) : BookingEvent(At, By);

/// <param name="WasConfirmed">There is a room to be closed, and somebody who counted on it.</param>
public sealed record BookingCancelled(
    DateTimeOffset At,
    string By,
    ActorRole Role,
    WrittenText? Reason,
    int RefundPercent,
    string? OpenPayment,
    string? OpenHold,
    bool WasConfirmed
) : BookingEvent(At, By);

/// <summary>Another time was asked for.</summary>
public sealed record MoveBegun(DateTimeOffset At, string By, PendingMove Move, MoveCommand Command)
    : BookingEvent(At, By);

/// <summary>The other time is held until the difference is paid.</summary>
public sealed record MoveHeld(DateTimeOffset At, string By, DateTimeOffset Until) : BookingEvent(At, By);

/// <summary>The difference is paid: from here on the performer may have exchanged the times.</summary>
public sealed record MovePaid(DateTimeOffset At, string By, string PaymentId, Money Amount) : BookingEvent(At, By);

/// <summary>The other time was not to be had, or not paid for; everything is as it was.</summary>
/// <param name="Returned">The payment of the difference, which goes back.</param>
public sealed record MoveEnded(
    DateTimeOffset At,
    string By,
    string Code,
    string? OpenPayment,
    string? OpenHold,
    string? Returned
) : BookingEvent(At, By);

/// <param name="Terms">As they are now.</param>
/// <param name="Reductions">What each payment is for now, where it was more.</param>
public sealed record BookingMoved(
    DateTimeOffset At,
    string By,
    BookingTerms Terms,
    DateTimeOffset OldStart,
    ImmutableArray<ShareReduction> Reductions,
    int? Reminder
) : BookingEvent(At, By);

public sealed record ShareReduction(string PaymentId, long NewShare);

/// <param name="Minutes">Before the start.</param>
/// <param name="IsSent">False for one whose moment went by while nothing ran.</param>
/// <param name="Next">The one after it.</param>
public sealed record ReminderDue(DateTimeOffset At, string By, int Minutes, bool IsSent, int? Next)
    : BookingEvent(At, By);

public sealed record AttendanceNoted(DateTimeOffset At, string By, Attendance Seen) : BookingEvent(At, By);

public sealed record CallBegan(DateTimeOffset At, string By) : BookingEvent(At, By);

/// <summary>The time is over; whoever is in the room is put out at <paramref name="Closes"/>.</summary>
public sealed record CallTimeOver(DateTimeOffset At, string By, DateTimeOffset Closes) : BookingEvent(At, By);

/// <param name="Incident">What was reported; null when the call ended by itself.</param>
/// <param name="Flagged">Whom it was reported of.</param>
public sealed record CallEnded(
    DateTimeOffset At,
    string By,
    CallVerdict Verdict,
    string? Incident = null,
    string? Flagged = null,
    string? OpenPayment = null,
    string? OpenHold = null
) : BookingEvent(At, By);

public sealed record VerdictCorrected(DateTimeOffset At, string By, CallVerdict Verdict) : BookingEvent(At, By);

/// <param name="Previous">The stars that these replace.</param>
public sealed record CallRated(DateTimeOffset At, string By, Rating Rating, int? Previous) : BookingEvent(At, By);

public sealed record BookingArchived(DateTimeOffset At, string By) : BookingEvent(At, By);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true
)]
[JsonSerializable(typeof(BookingEvent))]
[JsonSerializable(typeof(Booking))]
internal sealed partial class BookingJson : JsonSerializerContext;
