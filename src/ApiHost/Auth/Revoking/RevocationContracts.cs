using System.Text.Json.Serialization;
using Actors.ApiHost.Http;
using Actors.GrainInterfaces.Identity;

namespace Actors.ApiHost.Auth.Revoking;

/// <param name="Subject">Revokes every token of this subject that was issued until now.</param>
/// <param name="Role">Only tokens with this role: an admin or a service may share an id with a person.</param>
/// <param name="Jti">Revokes the one token with this id.</param>
internal sealed record RevokeRequest(string? Subject, string? Role, string? Jti, string? Reason);

/// <param name="Role">Null when tokens of every role are meant.</param>
/// <param name="Until">From then on no token can be left that it is about.</param>
internal sealed record RevocationResponse(
    string? Subject,
    string? Role,
    string? Jti,
    string Reason,
    string RevokedBy,
    DateTimeOffset RevokedAt,
    DateTimeOffset Until
)
{
    public static RevocationResponse From(Revocation one) =>
        new(
            one.Kind == RevokedKind.Subject ? one.Value : null,
            one.Role is { } role ? RoleNames.Of(role) : null,
            one.Kind == RevokedKind.Token ? one.Value : null,
            one.Reason,
            one.RevokedBy,
            one.At,
            one.Until
        );
}

internal sealed record RevocationListResponse(IReadOnlyList<RevocationResponse> Revocations, int Total);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    AllowDuplicateProperties = false,
    MaxDepth = 16,
    Converters = [typeof(TimestampConverter)]
)]
[JsonSerializable(typeof(RevokeRequest))]
[JsonSerializable(typeof(RevocationResponse))]
[JsonSerializable(typeof(RevocationListResponse))]
internal sealed partial class RevocationJson : JsonSerializerContext;
