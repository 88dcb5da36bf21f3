using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Actors.ApiHost.Auth;
using Microsoft.Extensions.Time.Testing;

namespace Actors.ApiHost.Tests.Auth;

/// <summary>Makes tokens of every kind, good and bad, without the code under test.</summary>
internal static class Tokens
{
    public static readonly byte[] Secret = Encoding.UTF8.GetBytes("a secret of more than thirty-two bytes");

    public const string Header = """{"alg":"HS256","typ":"JWT"}""";

    public static readonly RSA Rsa = RSA.Create(2048);

    public static readonly ECDsa Ecdsa = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    public static string Encode(ReadOnlySpan<byte> bytes) => Base64Url.EncodeToString(bytes);

    public static string Encode(string text) => Encode(Encoding.UTF8.GetBytes(text));

    public static string Claims(FakeTimeProvider time, string extra = "", string sub = "ana", string role = "model") =>
        $$"""{"sub":"{{sub}}","role":"{{role}}","exp":{{time.GetUtcNow().ToUnixTimeSeconds() + 3600}}{{extra}}}""";

    public static string Hs256(string claims, string header = Header, byte[]? secret = null)
    {
        var signed = $"{Encode(header)}.{Encode(claims)}";
        return $"{signed}.{Encode(HMACSHA256.HashData(secret ?? Secret, Encoding.ASCII.GetBytes(signed)))}";
    }

    public static string Rs256(string claims, string header = """{"alg":"RS256","kid":"r1"}""")
    {
        var signed = $"{Encode(header)}.{Encode(claims)}";
        var signature = Rsa.SignData(
            Encoding.ASCII.GetBytes(signed),
            HashAlgorithmName.SHA256,
            RSASignaturePadding.Pkcs1
        );
        return $"{signed}.{Encode(signature)}";
    }

    public static string Es256(string claims, string header = """{"alg":"ES256","kid":"e1"}""")
    {
        var signed = $"{Encode(header)}.{Encode(claims)}";
        return $"{signed}.{Encode(Ecdsa.SignData(Encoding.ASCII.GetBytes(signed), HashAlgorithmName.SHA256))}";
    }

    public static string KeySet()
    {
        var rsa = Rsa.ExportParameters(includePrivateParameters: false);
        var ec = Ecdsa.ExportParameters(includePrivateParameters: false);
        return $$"""
            {"keys":[
              {"kty":"RSA","kid":"r1","use":"sig","alg":"RS256","n":"{{Encode(rsa.Modulus)}}","e":"{{Encode(
                rsa.Exponent
            )}}"},
              {"kty":"EC","kid":"e1","crv":"P-256","x":"{{Encode(ec.Q.X)}}","y":"{{Encode(ec.Q.Y)}}"},
              {"kty":"OKP","kid":"unknown kinds are passed over","crv":"Ed25519","x":"AAAA"}
            ]}
            """;
    }

    public static TokenValidator Validator(
        FakeTimeProvider time,
        AuthOptions? options = null,
        params TokenKey[] keys
    ) => new(new KeyRing(keys is [] ? [TokenKey.OfSecret(Secret)] : keys), options ?? new AuthOptions(), time);
}
