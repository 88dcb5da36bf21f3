using System.Buffers.Text;
using System.Text.Json;
using Azure.Core;

namespace Actors.Cluster.Tests;

/// <summary>An identity whose tokens say what those of a directory say; nobody has signed them.</summary>
internal sealed class TokenIssuer(string audience) : TokenCredential
{
    public const string StorageAudience = "https://storage.azure.com";

    private static readonly TimeSpan GoodFor = TimeSpan.FromHours(1);

    public override AccessToken GetToken(TokenRequestContext requestContext, CancellationToken cancellationToken)
    {
        var now = TimeProvider.System.GetUtcNow();
        var expires = now + GoodFor;
        var header = Encode(new { alg = "RS256", typ = "JWT" });
        var claims = Encode(
            new
            {
                aud = audience,
                iss = "https://sts.windows.net/00000000-0000-0000-0000-000000000001/",
                iat = now.ToUnixTimeSeconds(),
                nbf = now.AddMinutes(-5).ToUnixTimeSeconds(),
                exp = expires.ToUnixTimeSeconds(),
                oid = "00000000-0000-0000-0000-000000000002",
                ver = "1.0",
            }
        );
        return new AccessToken($"{header}.{claims}.{Encode("nobody")}", expires);
    }

    public override ValueTask<AccessToken> GetTokenAsync(
        TokenRequestContext requestContext,
        CancellationToken cancellationToken
    ) => new(GetToken(requestContext, cancellationToken));

    private static string Encode<T>(T value) => Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(value));
}
