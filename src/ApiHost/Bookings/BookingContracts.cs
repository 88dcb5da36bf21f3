using System.Text.Json.Serialization;
using Actors.ApiHost.Http;
using Actors.ApiHost.Performers;
using Actors.GrainInterfaces.Bookings;
using Actors.GrainInterfaces.Payments;
using Actors.GrainInterfaces.Performers;

namespace Actors.ApiHost.Bookings;

internal sealed record RequestBookingRequest
{
    public string? PerformerId { get; init; }

    public DateTimeOffset? Start { get; init; }

    public int? Duration { get; init; }

    [JsonConverter(typeof(StrictEnumConverter<CallType>))]
    public CallType? Type { get; init; }

    public int? RulesVersion { get; init; }

    public string? IdempotencyKey { get; init; }
}

internal sealed record AcceptRulesRequest(int? RulesVersion);

internal sealed record PayBookingRequest(string? Provider, string? IdempotencyKey);

internal sealed record CancelBookingRequest(string? Reason);

internal sealed record RescheduleRequest(DateTimeOffset? Start, int? Duration, string? IdempotencyKey);

internal sealed record RateBookingRequest(int? Stars, string? Text);

internal sealed record ReportIncidentRequest(string? Category);

internal sealed record CorrectVerdictRequest
{
    [JsonConverter(typeof(StrictEnumConverter<CallEndKind>))]
    public CallEndKind? Verdict { get; init; }

    public int? RefundPercent { get; init; }

    public string? Reason { get; init; }
}

/// <summary>How people behave in a call; a booking is paid only after the version in force was accepted.</summary>
internal sealed record RulesResponse(int Version, string Language, IReadOnlyList<string> Rules);

/// <param name="Link">Where the user pays; null for tokens.</param>
/// <param name="Refunded">What has gone back, or is on its way.</param>
/// <param name="Failure">Why it was declined, as a code.</param>
internal sealed record BookingPaymentResponse(
    string PaymentId,
    string Provider,
    [property: JsonConverter(typeof(StrictEnumConverter<PaymentStatus>))] PaymentStatus Status,
    MoneyContract Amount,
    string? Link,
    long Refunded,
    DateTimeOffset StartedAt,
    DateTimeOffset? PaidAt,
    string? Failure
)
{
    public static BookingPaymentResponse From(PaymentView view) =>
        new(
            view.PaymentId,
            view.Provider,
            view.Status,
            MoneyContract.From(view.Amount),
            view.Link,
            view.Refunded,
            view.StartedAt,
            view.PaidAt,
            view.Failure
        );
}

/// <param name="Difference">What is still to be paid for it.</param>
internal sealed record PendingRescheduleResponse(
    DateTimeOffset Start,
    int Duration,
    MoneyContract Price,
    MoneyContract Difference,
    DateTimeOffset HeldUntil
);

/// <param name="HeldUntil">Until when the time is kept for who has not paid; null when it is not, or for good.</param>
/// <param name="Payments">The first, and one for each dearer reschedule; for the user and admins.</param>
/// <param name="Verdict">How the call ended; null while it has not.</param>
/// <param name="Reason">Why it was cancelled, or its verdict corrected.</param>
/// <param name="Sequence">Raised by each change of time and by a cancellation; calendars go by it.</param>
/// <param name="Reschedule">Another time that waits for its payment.</param>
internal sealed record BookingResponse(
    string BookingId,
    string UserId,
    string PerformerId,
    string PerformerName,
    [property: JsonConverter(typeof(StrictEnumConverter<BookingStatus>))] BookingStatus Status,
    DateTimeOffset Start,
    int Duration,
    [property: JsonConverter(typeof(StrictEnumConverter<CallType>))] CallType Type,
    MoneyContract Price,
    PolicyContract Policy,
    int RulesVersion,
    DateTimeOffset? RulesAcceptedAt,
    DateTimeOffset? HeldUntil,
    IReadOnlyList<BookingPaymentResponse> Payments,
    PendingRescheduleResponse? Reschedule,
    [property: JsonConverter(typeof(StrictEnumConverter<CallEndKind>))] CallEndKind? Verdict,
    string? Reason,
    int? Stars,
    string? RatingText,
    int Sequence,
    DateTimeOffset CreatedAt,
    DateTimeOffset ChangedAt
)
{
    /// <param name="showsPayments">How somebody pays is not for the performer.</param>
    public static BookingResponse From(BookingView view, bool showsPayments) =>
        new(
            view.BookingId,
            view.UserId,
            view.PerformerId,
            view.PerformerName,
            view.Status,
            view.Start,
            view.Duration,
            view.Type,
            MoneyContract.From(view.Price),
            new PolicyContract(view.Policy.FullRefundHours, view.Policy.EarlyPercent, view.Policy.LatePercent),
            view.RulesVersion,
            view.RulesAcceptedAt,
            view.HeldUntil,
            showsPayments ? [.. view.Payments.Select(BookingPaymentResponse.From)] : [],
            view.Reschedule is { } other
                ? new PendingRescheduleResponse(
                    other.Start,
                    other.Duration,
                    MoneyContract.From(other.Price),
                    MoneyContract.From(other.Difference),
                    other.HeldUntil
                )
                : null,
            view.Verdict,
            view.Reason,
            view.Stars,
            view.RatingText,
            view.Sequence,
            view.CreatedAt,
            view.ChangedAt
        );
}

/// <summary>A booking as lists and the live feed show it.</summary>
internal sealed record BookingSummaryResponse(
    string BookingId,
    string UserId,
    string PerformerId,
    string PerformerName,
    [property: JsonConverter(typeof(StrictEnumConverter<BookingStatus>))] BookingStatus Status,
    [property: JsonConverter(typeof(StrictEnumConverter<CallEndKind>))] CallEndKind? Verdict,
    DateTimeOffset Start,
    int Duration,
    [property: JsonConverter(typeof(StrictEnumConverter<CallType>))] CallType Type,
    MoneyContract Price,
    int Sequence,
    DateTimeOffset ChangedAt
)
{
    public static BookingSummaryResponse From(BookingSummary summary) =>
        new(
            summary.BookingId,
            summary.UserId,
            summary.PerformerId,
            summary.PerformerName,
            summary.Status,
            summary.Verdict,
            summary.Start,
            summary.Duration,
            summary.Type,
            MoneyContract.From(summary.Price),
            summary.Sequence,
            summary.At
        );
}

internal sealed record BookingListResponse(
    IReadOnlyList<BookingSummaryResponse> Bookings,
    long Total,
    int Limit,
    int Offset
);

/// <param name="Url">Lets one person in, until <paramref name="ExpiresAt"/>; another one of hers replaces it.</param>
internal sealed record JoinResponse(string Url, DateTimeOffset OpensAt, DateTimeOffset ExpiresAt);

/// <param name="Who">A person's id, or <c>system</c>.</param>
internal sealed record BookingLogLineResponse(long Number, DateTimeOffset At, string What, string Who, string? Note);

/// <param name="Next">Passed as <c>before</c> it gives the next page; null on the last one.</param>
internal sealed record BookingLogResponse(IReadOnlyList<BookingLogLineResponse> Lines, long? Next)
{
    public static BookingLogResponse From(BookingLog log) =>
        new(
            [
                .. log.Lines.Select(static line => new BookingLogLineResponse(
                    line.Number,
                    line.At,
                    line.What,
                    line.Who,
                    line.Note
                )),
            ],
            log.Next
        );
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    AllowDuplicateProperties = false,
    MaxDepth = 16,
    Converters = [typeof(TimestampConverter)]
)]
[JsonSerializable(typeof(RequestBookingRequest))]
[JsonSerializable(typeof(AcceptRulesRequest))]
[JsonSerializable(typeof(PayBookingRequest))]
[JsonSerializable(typeof(CancelBookingRequest))]
[JsonSerializable(typeof(RescheduleRequest))]
[JsonSerializable(typeof(RateBookingRequest))]
[JsonSerializable(typeof(ReportIncidentRequest))]
[JsonSerializable(typeof(CorrectVerdictRequest))]
[JsonSerializable(typeof(RulesResponse))]
[JsonSerializable(typeof(BookingResponse))]
[JsonSerializable(typeof(BookingSummaryResponse))]
[JsonSerializable(typeof(BookingListResponse))]
[JsonSerializable(typeof(JoinResponse))]
[JsonSerializable(typeof(BookingLogResponse))]
internal sealed partial class BookingJson : JsonSerializerContext;
