using System.Text.Json.Serialization;
using Actors.GrainInterfaces.Identity;
using Actors.GrainInterfaces.Outcomes;
using Actors.Grains.ContentPolicy;

namespace Actors.Grains.Identity;

/// <param name="DisplayName">As older versions wrote it.</param>
/// <param name="SealedName">The name, sealed with the profile's own key.</param>
public sealed record UserAccount(
    string? DisplayName,
    string Language,
    string TimeZone,
    LoyaltyTier LoyaltyTier,
    Membership Membership,
    bool Prime,
    bool AgeVerified,
    bool TermsAccepted,
    bool Restricted,
    bool Flagged = false,
    string? SealedName = null
)
{
    public static readonly UserAccount New = new(
        null,
        "en",
        "UTC",
        LoyaltyTier.Free,
        Membership.Free,
        false,
        false,
        false,
        false
    );
}

[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(UserProfileSet), "user.profile-set.v1")]
[JsonDerivedType(typeof(UserProfileErased), "user.profile-erased.v1")]
public abstract record UserProfileEvent(DateTimeOffset At, Actor Actor);

/// <summary>Carries the whole profile as it is from then on, so that the audit reads without folding.</summary>
/// <param name="Restricts">Set when this changes whether the person may spend.</param>
public sealed record UserProfileSet(DateTimeOffset At, Actor Actor, UserAccount Profile, bool? Restricts = null)
    : UserProfileEvent(At, Actor);

public sealed record UserProfileErased(DateTimeOffset At, Actor Actor) : UserProfileEvent(At, Actor);

/// <summary>Everything that is decided about a user's profile.</summary>
public static class UserProfileRules
{
    /// <summary>Null when nothing changes.</summary>
    public static Outcome<UserProfileEvent?> Decide(UserAccount account, SetUserProfile command, DateTimeOffset now)
    {
        if (Refuse(command) is { } refusal)
        {
            return refusal;
        }
        var profile = account with
        {
            DisplayName = ProfileText.DisplayName(command.DisplayName) ?? account.DisplayName,
            Language = command.Language ?? account.Language,
            TimeZone = command.TimeZone ?? account.TimeZone,
            LoyaltyTier = command.LoyaltyTier ?? account.LoyaltyTier,
            Membership = command.Membership ?? account.Membership,
            Prime = command.Prime ?? account.Prime,
            AgeVerified = command.AgeVerified ?? account.AgeVerified,
            TermsAccepted = command.TermsAccepted ?? account.TermsAccepted,
            Restricted = command.Restricted ?? account.Restricted,
            Flagged = command.Flagged ?? account.Flagged,
        };
        bool? restricts = profile.Restricted == account.Restricted ? null : profile.Restricted;
        return profile == account
            ? (UserProfileEvent?)null
            : new UserProfileSet(now, command.Actor, profile, restricts);
    }

    /// <summary>Why a change may not be saved for what it says; null when it may. A name that stays is not looked at again.</summary>
    public static Refusal? RefuseContent(UserAccount account, UserProfileEvent? @event, ProhibitedContent prohibited) =>
        @event is UserProfileSet { Profile.DisplayName: { } name }
        && name != account.DisplayName
        && prohibited.IsIn(name)
            ? IdentityRefusals.ProhibitedDisplayName
            : null;

    public static UserAccount Evolve(UserAccount account, UserProfileEvent @event) =>
        @event switch
        {
            UserProfileSet set => set.Profile,
            UserProfileErased => UserAccount.New,
            _ => throw new InvalidOperationException($"Unknown event {@event.GetType().Name}."),
        };

    private static Refusal? Refuse(SetUserProfile command) =>
        command.DisplayName is not null && ProfileText.DisplayName(command.DisplayName) is null
            ? IdentityRefusals.InvalidProfile(ProfileText.DisplayNameRule)
        : command.LoyaltyTier is { } tier && !Enum.IsDefined(tier)
            ? IdentityRefusals.InvalidProfile("loyaltyTier is one of free, bronze, silver, gold, platinum.")
        : command.Membership is { } membership && !Enum.IsDefined(membership)
            ? IdentityRefusals.InvalidProfile("membership is one of free, basic, premium, vip.")
        : ProfileText.Refuse(command.Language, command.TimeZone);
}
