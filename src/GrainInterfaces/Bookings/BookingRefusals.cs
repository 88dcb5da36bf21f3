using Actors.GrainInterfaces.Outcomes;

namespace Actors.GrainInterfaces.Bookings;

public static class BookingRefusals
{
    public const string BookingNotFoundCode = "BOOKING_NOT_FOUND";
    public const string AgeNotVerifiedCode = "AGE_NOT_VERIFIED";
    public const string TermsNotAcceptedCode = "TERMS_NOT_ACCEPTED";
    public const string PrimeOrPaymentRequiredCode = "PRIME_OR_PAYMENT_REQUIRED";

    public static readonly Refusal BookingNotFound = new(BookingNotFoundCode, "There is no such booking.");
    public static readonly Refusal AgeNotVerified = new(AgeNotVerifiedCode, "Verify your age first.");
    public static readonly Refusal TermsNotAccepted = new(TermsNotAcceptedCode, "Accept the terms first.");
}
