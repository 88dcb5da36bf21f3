using System.Text.Json.Serialization;
using Actors.ApiHost.Auth;
using Actors.ApiHost.Http;
using Actors.GrainInterfaces.Identity;

namespace Actors.ApiHost.Identity;

/// <param name="User">The profile of a user; null for other roles.</param>
/// <param name="Model">The profile of a registered model; null for other roles.</param>
internal sealed record MeResponse(string Id, string Role, UserResponse? User, ModelResponse? Model)
{
    public static MeResponse From(UserProfile profile) =>
        new(profile.UserId, RoleNames.Of(ActorRole.User), UserResponse.From(profile), null);

    public static MeResponse From(ModelProfile profile) =>
        new(profile.ModelId, RoleNames.Of(ActorRole.Model), null, ModelResponse.From(profile));
}

/// <summary>What a person may change of the own profile; the rest stays as it was.</summary>
internal sealed record ChangeMeRequest(string? DisplayName, string? Language, string? TimeZone);

internal sealed record UserResponse(
    string UserId,
    string DisplayName,
    string Language,
    string TimeZone,
    [property: JsonConverter(typeof(StrictEnumConverter<LoyaltyTier>))] LoyaltyTier LoyaltyTier,
    [property: JsonConverter(typeof(StrictEnumConverter<Membership>))] Membership Membership,
    bool Prime,
    bool AgeVerified,
    bool TermsAccepted,
    bool Restricted,
    bool Flagged
)
{
    public static UserResponse From(UserProfile profile) =>
        new(
            profile.UserId,
            profile.DisplayName,
            profile.Language,
            profile.TimeZone,
            profile.LoyaltyTier,
            profile.Membership,
            profile.Prime,
            profile.AgeVerified,
            profile.TermsAccepted,
            profile.Restricted,
            profile.Flagged
        );
}

/// <summary>Sets what is given and leaves the rest as it was.</summary>
internal sealed record SetUserRequest
{
    public string? DisplayName { get; init; }

    public string? Language { get; init; }

    public string? TimeZone { get; init; }

    [JsonConverter(typeof(StrictEnumConverter<LoyaltyTier>))]
    public LoyaltyTier? LoyaltyTier { get; init; }

    [JsonConverter(typeof(StrictEnumConverter<Membership>))]
    public Membership? Membership { get; init; }

    public bool? Prime { get; init; }

    public bool? AgeVerified { get; init; }

    public bool? TermsAccepted { get; init; }

    public bool? Restricted { get; init; }

    public bool? Flagged { get; init; }
}

internal sealed record ModelResponse(
    string ModelId,
    string DisplayName,
    DateTimeOffset RegisteredAt,
    bool MoodTermsAccepted,
    DateTimeOffset? MoodTermsAcceptedAt,
    string Language,
    string TimeZone,
    bool Restricted,
    bool Flagged
)
{
    public static ModelResponse From(ModelProfile profile) =>
        new(
            profile.ModelId,
            profile.DisplayName,
            profile.RegisteredAt,
            profile.MoodTermsAccepted,
            profile.MoodTermsAcceptedAt,
            profile.Language,
            profile.TimeZone,
            profile.Restricted,
            profile.Flagged
        );
}

/// <summary>Sets what is given and leaves the rest as it was; a new model needs a name.</summary>
internal sealed record RegisterModelRequest(
    string? DisplayName,
    string? Language,
    string? TimeZone,
    bool? Restricted,
    bool? Flagged
);

internal sealed record PublicModelResponse(string ModelId, string DisplayName, DateTimeOffset RegisteredAt)
{
    public static PublicModelResponse From(ModelProfile profile) =>
        new(profile.ModelId, profile.DisplayName, profile.RegisteredAt);
}

/// <param name="Next">To be sent as <c>after</c> for the page after this; null on the last one.</param>
internal sealed record ModelListResponse(IReadOnlyList<ListedModel> Models, string? Next);

internal sealed record ListedModel(string ModelId, string DisplayName);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    AllowDuplicateProperties = false,
    MaxDepth = 16,
    Converters = [typeof(TimestampConverter)]
)]
[JsonSerializable(typeof(MeResponse))]
[JsonSerializable(typeof(UserResponse))]
[JsonSerializable(typeof(SetUserRequest))]
[JsonSerializable(typeof(ModelResponse))]
[JsonSerializable(typeof(RegisterModelRequest))]
[JsonSerializable(typeof(ChangeMeRequest))]
[JsonSerializable(typeof(PublicModelResponse))]
[JsonSerializable(typeof(ModelListResponse))]
internal sealed partial class IdentityJson : JsonSerializerContext;
