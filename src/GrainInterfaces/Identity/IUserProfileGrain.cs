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

    Task<Outcome<UserProfile>> Set(SetUserProfile command);
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
    [property: Id(9)] bool Restricted
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
    [property: Id(9)] bool? Restricted = null
);
