using System.Text.Json.Serialization;
using Actors.GrainInterfaces.Outcomes;
using Orleans.Concurrency;

namespace Actors.GrainInterfaces.Identity;

/// <summary>What the platform knows about one person who buys; the key is the user's id.</summary>
[Alias("IUserProfileGrain")]
public interface IUserProfileGrain : IGrainWithStringKey
{
    /// <summary>The profile; a person never described before has the default one.</summary>
    [ReadOnly]
    ValueTask<UserProfile> Get();

    /// <summary>Whether the person was ever described.</summary>
    [ReadOnly]
    ValueTask<bool> IsSet();

    /// <summary>Refused for an id that is a model's.</summary>
    Task<Outcome<UserProfile>> Set(SetUserProfile command);

    /// <summary>Makes the name unreadable for ever, and the profile that of somebody never described; erasing again changes nothing.</summary>
    Task Erase();
}

[JsonConverter(typeof(JsonStringEnumConverter<LoyaltyTier>))]
public enum LoyaltyTier
{
    [JsonStringEnumMemberName("free")]
    Free,

    [JsonStringEnumMemberName("bronze")]
    Bronze,

    [JsonStringEnumMemberName("silver")]
    Silver,

    [JsonStringEnumMemberName("gold")]
    Gold,

    [JsonStringEnumMemberName("platinum")]
    Platinum,
}

[JsonConverter(typeof(JsonStringEnumConverter<Membership>))]
public enum Membership
{
    [JsonStringEnumMemberName("free")]
    Free,

    [JsonStringEnumMemberName("basic")]
    Basic,

    [JsonStringEnumMemberName("premium")]
    Premium,

    [JsonStringEnumMemberName("vip")]
    Vip,
}

/// <param name="Language">"en" or "es".</param>
/// <param name="TimeZone">An IANA name such as "America/Bogota".</param>
/// <param name="Restricted">Whether the person may not spend tokens.</param>
/// <param name="Flagged">Whether somebody should look at the person; changes nothing by itself.</param>
[GenerateSerializer, Immutable, Alias("UserProfile")]
public sealed record UserProfile(
    [property: Id(0)] string UserId,
    [property: Id(1)] string DisplayName,
    [property: Id(2)] string Language,
    [property: Id(3)] string TimeZone,
    [property: Id(4)] LoyaltyTier LoyaltyTier,
    [property: Id(5)] Membership Membership,
    [property: Id(6)] bool Prime,
    [property: Id(7)] bool AgeVerified,
    [property: Id(8)] bool TermsAccepted,
    [property: Id(9)] bool Restricted,
    [property: Id(10)] bool Flagged
);

/// <summary>Sets what is given and leaves what is null as it was.</summary>
[GenerateSerializer, Immutable, Alias("SetUserProfile")]
public sealed record SetUserProfile(
    [property: Id(0)] Actor Actor,
    [property: Id(1)] string? DisplayName = null,
    [property: Id(2)] string? Language = null,
    [property: Id(3)] string? TimeZone = null,
    [property: Id(4)] LoyaltyTier? LoyaltyTier = null,
    [property: Id(5)] Membership? Membership = null,
    [property: Id(6)] bool? Prime = null,
    [property: Id(7)] bool? AgeVerified = null,
    [property: Id(8)] bool? TermsAccepted = null,
    [property: Id(9)] bool? Restricted = null,
    [property: Id(10)] bool? Flagged = null
);
