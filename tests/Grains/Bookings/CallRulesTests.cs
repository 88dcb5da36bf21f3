using Actors.GrainInterfaces.Identity;
using Actors.Grains.Bookings;

namespace Actors.Grains.Tests.Bookings;

[Trait("Spec", "BO-3")]
public sealed class CallRulesTests
{
    private static readonly UserProfile Prime = new(
        "bo",
        "Bo",
        "en",
        "UTC",
        LoyaltyTier.Free,
        Membership.Free,
        Prime: true,
        AgeVerified: true,
        TermsAccepted: true,
        Restricted: false,
        Flagged: false
    );

    [Fact]
    public void Who_keeps_all_rules_may_book() => Assert.Null(CallRules.Refuse(Prime, "ana", payPerCall: false));

    [Fact]
    public void Each_rule_has_its_own_code()
    {
        Assert.Equal("AGE_NOT_VERIFIED", CodeOf(Prime with { AgeVerified = false }));
        Assert.Equal("TERMS_NOT_ACCEPTED", CodeOf(Prime with { TermsAccepted = false }));
        Assert.Equal("RESTRICTED", CodeOf(Prime with { Restricted = true }));
        Assert.Equal("RESTRICTED", CodeOf(Prime with { Flagged = true }));
        Assert.Equal("PRIME_OR_PAYMENT_REQUIRED", CodeOf(Prime with { Prime = false }));
        Assert.Equal("SELF_DEALING", CallRules.Refuse(Prime, "bo", payPerCall: false)?.Code);
    }

    [Fact]
    public void Whose_age_is_not_verified_learns_nothing_else() =>
        Assert.Equal(
            "AGE_NOT_VERIFIED",
            CodeOf(Prime with { AgeVerified = false, TermsAccepted = false, Restricted = true, Prime = false })
        );

    [Fact]
    public void Where_single_calls_are_sold_nobody_needs_to_be_prime() =>
        Assert.Null(CallRules.Refuse(Prime with { Prime = false }, "ana", payPerCall: true));

    private static string? CodeOf(UserProfile user) => CallRules.Refuse(user, "ana", payPerCall: false)?.Code;
}
