using Actors.GrainInterfaces.Bookings;
using Actors.GrainInterfaces.Identity;
using Actors.GrainInterfaces.Outcomes;
using Actors.GrainInterfaces.Wallets;

namespace Actors.Grains.Bookings;

/// <summary>
/// Who may book: asked at the request and again before the payment. The fifth of the five rules, that the time is free, is
/// the performer's calendar's to say.
/// </summary>
public static class CallRules
{
    /// <param name="payPerCall">Whether people who are not PRIME may pay for a single call.</param>
    public static Refusal? Refuse(UserProfile user, string performerId, bool payPerCall) =>
        !user.AgeVerified ? BookingRefusals.AgeNotVerified
        : !user.TermsAccepted ? BookingRefusals.TermsNotAccepted
        : user.Restricted || user.Flagged ? BookingRefusals.Restricted
        : !user.Prime && !payPerCall ? BookingRefusals.PrimeOrPaymentRequired
        : user.UserId == performerId ? WalletRefusals.SelfDealing
        : null;
}
