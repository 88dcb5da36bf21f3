using Actors.GrainInterfaces.Identity;
using Actors.GrainInterfaces.Outcomes;

namespace Actors.GrainInterfaces.Bookings;

public static class BookingRefusals
{
    public const string BookingNotFoundCode = "BOOKING_NOT_FOUND";
    public const string InvalidBookingCode = "INVALID_BOOKING";
    public const string AgeNotVerifiedCode = "AGE_NOT_VERIFIED";
    public const string PrimeOrPaymentRequiredCode = "PRIME_OR_PAYMENT_REQUIRED";
    public const string RulesNotAcceptedCode = "RULES_NOT_ACCEPTED";
    public const string RulesChangedCode = "RULES_CHANGED";
    public const string TooManyPaymentsCode = "TOO_MANY_PAYMENTS";
    public const string BookingNotConfirmedCode = "BOOKING_NOT_CONFIRMED";
    public const string BookingNotOverCode = "BOOKING_NOT_OVER";
    public const string BookingNotCompletedCode = "BOOKING_NOT_COMPLETED";
    public const string BookingLiveCode = "BOOKING_LIVE";
    public const string BookingOverCode = "BOOKING_OVER";
    public const string BookingCancelledCode = "BOOKING_CANCELLED";
    public const string BookingExpiredCode = "BOOKING_EXPIRED";
    public const string BookingArchivedCode = "BOOKING_ARCHIVED";
    public const string ReschedulePendingCode = "RESCHEDULE_PENDING";
    public const string RescheduleTooLateCode = "RESCHEDULE_TOO_LATE";
    public const string RescheduleNotPossibleCode = "RESCHEDULE_NOT_POSSIBLE";
    public const string RatingFinalCode = "RATING_FINAL";
    public const string VerdictFinalCode = "VERDICT_FINAL";

    public const int MaxReasonLength = 200;
    public const int MaxRatingTextLength = 500;

    public static readonly Refusal BookingNotFound = new(BookingNotFoundCode, "There is no such booking.");

    public static readonly Refusal InvalidBooking = new(
        InvalidBookingCode,
        "A booking has a performerId, a start as a time with its zone, a duration in minutes, a type (video or audio) and a rulesVersion."
    );

    public static readonly Refusal InvalidBookingQuery = new(
        InvalidBookingCode,
        "status is a stage such as confirmed, from and until are times with their zone, before is a whole number; each may be absent."
    );

    public static readonly Refusal InvalidReschedule = new(
        InvalidBookingCode,
        "A reschedule has a start as a time with its zone, and may have a duration in minutes."
    );

    public static readonly Refusal InvalidProvider = new(
        InvalidBookingCode,
        "provider is the name of a way to pay: 1 to 32 of a–z, 0–9 and _."
    );

    public static readonly Refusal InvalidReason = new(InvalidBookingCode, "A reason has 1 to 200 characters.");

    public static readonly Refusal InvalidRating = new(
        InvalidBookingCode,
        "A rating has stars from 1 to 5, and may have a text of at most 500 characters."
    );

    public static readonly Refusal ProhibitedRating = new(
        InvalidBookingCode,
        "The text of the rating has content that is not allowed."
    );

    public static readonly Refusal InvalidIncident = new(
        InvalidBookingCode,
        $"category is one of {string.Join(", ", IncidentCategories.All)}."
    );

    public static readonly Refusal InvalidVerdict = new(
        InvalidBookingCode,
        "A verdict is completed, performer_no_show, user_no_show, both_absent or incident, with a refundPercent from 0 to 100 and a reason of 1 to 200 characters."
    );

    public static readonly Refusal AgeNotVerified = new(AgeNotVerifiedCode, "Verify your age first.");

    public static readonly Refusal TermsNotAccepted = new(
        IdentityRefusals.TermsNotAcceptedCode,
        "Accept the terms first."
    );

    public static readonly Refusal Restricted = new(
        IdentityRefusals.RestrictedCode,
        "This account is restricted and cannot book calls."
    );

    public static readonly Refusal PrimeOrPaymentRequired = new(
        PrimeOrPaymentRequiredCode,
        "Private calls are for PRIME members."
    );

    public static readonly Refusal RulesNotAccepted = new(
        RulesNotAcceptedCode,
        "Accept the rules of the call before you pay."
    );

    public static readonly Refusal RulesChanged = new(
        RulesChangedCode,
        "The rules of calls have another version now; read them and accept that one."
    );

    public static readonly Refusal TooManyPayments = new(
        TooManyPaymentsCode,
        "This booking was tried to be paid too often; book anew."
    );

    public static readonly Refusal BookingNotConfirmed = new(BookingNotConfirmedCode, "This booking is not paid yet.");

    public static readonly Refusal BookingNotOver = new(BookingNotOverCode, "This call has not taken place yet.");

    public static readonly Refusal BookingNotCompleted = new(
        BookingNotCompletedCode,
        "Only a call that took place can be rated."
    );

    public static readonly Refusal BookingLive = new(BookingLiveCode, "This call has begun.");

    public static readonly Refusal BookingOver = new(BookingOverCode, "This call is over.");

    public static readonly Refusal BookingCancelled = new(BookingCancelledCode, "This booking was cancelled.");

    public static readonly Refusal BookingExpired = new(
        BookingExpiredCode,
        "This booking was not paid in time, and its time is free again."
    );

    public static readonly Refusal BookingArchived = new(BookingArchivedCode, "This booking is archived.");

    public static readonly Refusal ReschedulePending = new(
        ReschedulePendingCode,
        "Another time of this booking waits to be paid; pay it or let it lapse first."
    );

    public static readonly Refusal RescheduleTooLate = new(
        RescheduleTooLateCode,
        "It is too late to choose another time for this call."
    );

    public static readonly Refusal RescheduleNotPossible = new(
        RescheduleNotPossibleCode,
        "This call costs another currency now; cancel it and book anew."
    );

    public static readonly Refusal RatingFinal = new(
        RatingFinalCode,
        "A rating can be changed for a day after it was given."
    );

    public static readonly Refusal VerdictFinal = new(VerdictFinalCode, "This verdict was corrected once already.");
}
