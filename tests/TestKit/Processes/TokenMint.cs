using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Actors.TestKit.Processes;

/// <summary>Signs tokens for a host that was started with the same key, as an outside issuer would.</summary>
public sealed class TokenMint(string signingKey)
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromHours(12);

    private readonly byte[] _key = Encoding.UTF8.GetBytes(signingKey);

    public string SigningKey => signingKey;

    public string Issue(string subject, string role)
    {
        var now = TimeProvider.System.GetUtcNow();
        var (issuedAt, expiresAt) = (now.ToUnixTimeSeconds(), (now + Lifetime).ToUnixTimeSeconds());
        var payload = $$"""{"sub":"{{subject}}","role":"{{role}}","iat":{{issuedAt}},"exp":{{expiresAt}}}""";
        var signedPart = $"{Encode("""{"alg":"HS256","typ":"JWT"}""")}.{Encode(payload)}";
        var signature = HMACSHA256.HashData(_key, Encoding.ASCII.GetBytes(signedPart));
        return $"{signedPart}.{Base64Url.EncodeToString(signature)}";
    }

    private static string Encode(string json) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(json));
}
