using System.Buffers.Text;
using System.Text;
using Actors.GrainInterfaces.Identity;

namespace Actors.ApiHost.Auth;

/// <summary>Mints HS256 tokens for people at the console and for tests; real systems bring their own issuer.</summary>
internal sealed class TokenIssuer(HmacKey key, AuthOptions options, TimeProvider time)
{
    public string Issue(string subject, ActorRole role, TimeSpan lifetime)
    {
        var now = time.GetUtcNow();
        var claims = new Dictionary<string, object>
        {
            ["sub"] = subject,
            ["role"] = RoleNames.Of(role),
            ["iat"] = now.ToUnixTimeSeconds(),
            ["exp"] = (now + lifetime).ToUnixTimeSeconds(),
        };
        if (options.Issuer is { } issuer)
        {
            claims["iss"] = issuer;
        }
        if (options.Audience is { } audience)
        {
            claims["aud"] = audience;
        }
        var payload = System.Text.Json.JsonSerializer.SerializeToUtf8Bytes(claims);
        var signedPart = $"{Encode("{\"alg\":\"HS256\",\"typ\":\"JWT\"}"u8)}.{Encode(payload)}";
        return $"{signedPart}.{Encode(key.Sign(Encoding.ASCII.GetBytes(signedPart)))}";
    }

    private static string Encode(ReadOnlySpan<byte> bytes) => Base64Url.EncodeToString(bytes);
}
