using Microsoft.IdentityModel.Tokens;

namespace Actors.ApiHost.Auth;

/// <summary>A key with the one algorithm it is good for, so that a token can never choose how it is checked.</summary>
/// <param name="Algorithm">The <c>alg</c> that a token must name.</param>
/// <param name="KeyId">The <c>kid</c> that a token must name; null matches only tokens that name none.</param>
internal sealed record TokenKey(string Algorithm, string? KeyId, SecurityKey Security)
{
    public static TokenKey OfSecret(byte[] secret, string? keyId = null) =>
        new(SecurityAlgorithms.HmacSha256, keyId, new SymmetricSecurityKey(secret));
}
