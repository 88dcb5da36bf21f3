using System.Security.Cryptography;
using System.Text.Json;
using Actors.GrainInterfaces.Identity;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Actors.ApiHost.Auth;

/// <summary>Mints tokens for people at the console and for tests; real systems bring their own issuer.</summary>
internal sealed class TokenIssuer(TokenKey key, AuthOptions options, TimeProvider time)
{
    private static readonly JsonWebTokenHandler Handler = new() { SetDefaultTimesOnTokenCreation = false };

    /// <param name="scope">What a service may do, separated by blanks; null for tokens that do not say.</param>
    public string Issue(string subject, ActorRole role, TimeSpan lifetime, string? scope = null)
    {
        var now = time.GetUtcNow();
        var claims = new Dictionary<string, object>
        {
            ["sub"] = subject,
            ["role"] = RoleNames.Of(role),
            ["iat"] = now.ToUnixTimeSeconds(),
            ["exp"] = (now + lifetime).ToUnixTimeSeconds(),
            ["jti"] = RandomNumberGenerator.GetHexString(32, lowercase: true),
        };
        Add("iss", options.Issuer);
        Add("aud", options.Audience);
        Add("scope", scope);
        return Handler.CreateToken(
            JsonSerializer.Serialize(claims),
            new SigningCredentials(key.Security, key.Algorithm)
        );

        void Add(string name, string? value)
        {
            if (value is not null)
            {
                claims[name] = value;
            }
        }
    }
}
