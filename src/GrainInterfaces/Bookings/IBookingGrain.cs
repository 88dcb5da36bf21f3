using System.Text.Json.Serialization;
using Actors.GrainInterfaces.Durability;
using Actors.GrainInterfaces.Identity;
using Actors.GrainInterfaces.Ledger;
using Actors.GrainInterfaces.Outcomes;
using Actors.GrainInterfaces.Payments;
using Actors.GrainInterfaces.Performers;
using Actors.GrainInterfaces.Rooms;
using Orleans.Concurrency;

namespace Actors.GrainInterfaces.Bookings;

/// <summary>
/// One private call from the request to the rating. The key is the booking's id, which follows from the user and the
/// idempotency key, so that a repeated request reaches the same booking.
/// </summary>
[Alias("IBookingGrain")]
public interface IBookingGrain : IFollowedGrain
{
    /// <summary>Checks the five rules and holds the time.</summary>
    Task<Outcome<BookingView>> Request(RequestBooking command);

    Task<Outcome<BookingView>> AcceptRules(AcceptRules command);

    /// <summary>Checks the five rules again and opens the payment; the time is held for 10 minutes from here.</summary>
    [ResponseTimeout("00:00:20")]
    Task<Outcome<BookingView>> Pay(PayBooking command);

    /// <summary>For its two people and for admins; nobody else learns that it exists.</summary>
    [ReadOnly]
    ValueTask<Outcome<BookingView>> Get(Actor actor);

    [ResponseTimeout("00:00:20")]
    Task<Outcome<JoinLink>> Join(Actor actor);

    Task<Outcome<BookingView>> Cancel(CancelBooking command);

    Task<Outcome<BookingView>> Reschedule(RescheduleBooking command);

    Task<Outcome<BookingView>> Rate(RateBooking command);

    /// <summary>One of the two, or an admin, reports what must not go on: the call ends at once.</summary>
    Task<Outcome<BookingView>> ReportIncident(ReportIncident command);

    /// <summary>An admin corrects the verdict, once, with a reason.</summary>
    Task<Outcome<BookingView>> Correct(CorrectVerdict command);

    Task PaymentChanged(Delivery delivery, PaymentNews news);

    Task Attended(Delivery delivery, Attendance attendance);

    /// <summary>Newest first: what has happened to the booking, who did it, and the evidence. For admins.</summary>
    [ReadOnly]
    Task<BookingLog> Log(int limit, long? before);
}

[JsonConverter(typeof(JsonStringEnumConverter<BookingStatus>))]
public enum BookingStatus
{
    [JsonStringEnumMemberName("requested")]
    Requested,

    [JsonStringEnumMemberName("held")]
    Held,

    [JsonStringEnumMemberName("awaiting_payment")]
    AwaitingPayment,

    [JsonStringEnumMemberName("confirmed")]
    Confirmed,

    [JsonStringEnumMemberName("live")]
    Live,

    [JsonStringEnumMemberName("completed")]
    Completed,

    [JsonStringEnumMemberName("cancelled")]
    Cancelled,

    [JsonStringEnumMemberName("expired")]
    Expired,

    [JsonStringEnumMemberName("no_show")]
    NoShow,

    [JsonStringEnumMemberName("archived")]
    Archived,
}

[GenerateSerializer, Immutable, Alias("RequestBooking")]
public sealed record RequestBooking(
    [property: Id(0)] string UserId,
    [property: Id(1)] string PerformerId,
    [property: Id(2)] DateTimeOffset Start,
    [property: Id(3)] int Duration,
    [property: Id(4)] CallType Type,
    [property: Id(5)] int RulesVersion,
    [property: Id(6)] IdempotencyKey Key
);

[GenerateSerializer, Immutable, Alias("AcceptRules")]
public sealed record AcceptRules([property: Id(0)] string UserId, [property: Id(1)] int RulesVersion);

[GenerateSerializer, Immutable, Alias("PayBooking")]
public sealed record PayBooking(
    [property: Id(0)] string UserId,
    [property: Id(1)] string Provider,
    [property: Id(2)] IdempotencyKey Key
);

[GenerateSerializer, Immutable, Alias("CancelBooking")]
public sealed record CancelBooking([property: Id(0)] Actor Actor, [property: Id(1)] string? Reason);

[GenerateSerializer, Immutable, Alias("RescheduleBooking")]
public sealed record RescheduleBooking(
    [property: Id(0)] Actor Actor,
    [property: Id(1)] DateTimeOffset Start,
    [property: Id(2)] int? Duration,
    [property: Id(3)] IdempotencyKey Key
);

[GenerateSerializer, Immutable, Alias("RateBooking")]
public sealed record RateBooking(
    [property: Id(0)] string UserId,
    [property: Id(1)] int Stars,
    [property: Id(2)] string? Text
);

[GenerateSerializer, Immutable, Alias("ReportIncident")]
public sealed record ReportIncident([property: Id(0)] Actor Actor, [property: Id(1)] string Category);

/// <param name="RefundPercent">Of what was paid, in all.</param>
[GenerateSerializer, Immutable, Alias("CorrectVerdict")]
public sealed record CorrectVerdict(
    [property: Id(0)] Actor Actor,
    [property: Id(1)] CallEndKind Verdict,
    [property: Id(2)] int RefundPercent,
    [property: Id(3)] string Reason
);

/// <param name="HeldUntil">Until when the time is kept for who has not paid; null when it is not, or for good.</param>
/// <param name="Payments">The first, and one for each dearer reschedule.</param>
/// <param name="Verdict">How the call ended; null while it has not.</param>
/// <param name="Sequence">Raised by each change of time and by a cancellation; calendars go by it.</param>
/// <param name="Reschedule">Another time that waits for its payment; null when none does.</param>
[GenerateSerializer, Immutable, Alias("BookingView")]
public sealed record BookingView(
    [property: Id(0)] string BookingId,
    [property: Id(1)] string UserId,
    [property: Id(2)] string PerformerId,
    [property: Id(3)] string PerformerName,
    [property: Id(4)] BookingStatus Status,
    [property: Id(5)] DateTimeOffset Start,
    [property: Id(6)] int Duration,
    [property: Id(7)] CallType Type,
    [property: Id(8)] Money Price,
    [property: Id(9)] int RulesVersion,
    [property: Id(10)] DateTimeOffset? RulesAcceptedAt,
    [property: Id(11)] DateTimeOffset? HeldUntil,
    [property: Id(12)] IReadOnlyList<PaymentView> Payments,
    [property: Id(13)] CallEndKind? Verdict,
    [property: Id(14)] string? Reason,
    [property: Id(15)] int? Stars,
    [property: Id(16)] string? RatingText,
    [property: Id(17)] int Sequence,
    [property: Id(18)] DateTimeOffset CreatedAt,
    [property: Id(19)] DateTimeOffset ChangedAt,
    [property: Id(20)] CancellationPolicy Policy,
    [property: Id(21)] PendingReschedule? Reschedule = null
);

/// <param name="Difference">What is still to be paid for it.</param>
[GenerateSerializer, Immutable, Alias("PendingReschedule")]
public sealed record PendingReschedule(
    [property: Id(0)] DateTimeOffset Start,
    [property: Id(1)] int Duration,
    [property: Id(2)] Money Price,
    [property: Id(3)] Money Difference,
    [property: Id(4)] DateTimeOffset HeldUntil
);

[GenerateSerializer, Immutable, Alias("BookingLog")]
public sealed record BookingLog([property: Id(0)] IReadOnlyList<BookingLogLine> Lines, [property: Id(1)] long? Next);

/// <param name="What">A stable name such as <c>booking.confirmed</c>.</param>
/// <param name="Who">A person's id, or <c>system</c>.</param>
[GenerateSerializer, Immutable, Alias("BookingLogLine")]
public sealed record BookingLogLine(
    [property: Id(0)] long Number,
    [property: Id(1)] DateTimeOffset At,
    [property: Id(2)] string What,
    [property: Id(3)] string Who,
    [property: Id(4)] string? Note
);
