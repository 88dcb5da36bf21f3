using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using Actors.GrainInterfaces.Identity;

namespace Actors.ApiHost.Auth;

/// <summary>
/// Checks a compact JWS that carries claims (RFC 7515, 7519) by the advice of RFC 8725. The algorithm is the key's and
/// never the token's; keys in the header (<c>jwk</c>, <c>jku</c>, <c>x5u</c>, <c>x5c</c>) are not looked at; whatever a
/// token demands that is not understood refuses it.
/// </summary>
internal sealed class TokenValidator(KeyRing keys, AuthOptions options, TimeProvider time)
{
    public const int MaxLength = 8 * 1024;

    private static readonly TimeSpan Skew = TimeSpan.FromSeconds(60);

    public TokenCheck Check(ReadOnlySpan<char> token)
    {
        try
        {
            return CheckSegments(token);
        }
        // Thrown by System.Text.Json for bad JSON, wrong member types, repeated members and lone surrogates.
        catch (Exception fault) when (fault is JsonException or InvalidOperationException or FormatException)
        {
            return TokenFault.Invalid;
        }
    }

    private TokenCheck CheckSegments(ReadOnlySpan<char> token)
    {
        Span<Range> parts = stackalloc Range[4];
        if (
            token.Length > MaxLength
            || token.Split(parts, '.') != 3
            || !StrictBase64Url.TryDecode(token[parts[0]], out var header)
            || !StrictBase64Url.TryDecode(token[parts[1]], out var payload)
            || !StrictBase64Url.TryDecode(token[parts[2]], out var signature)
        )
        {
            return TokenFault.Invalid;
        }
        var (fault, key) = FindKey(header);
        if (key is null)
        {
            return fault;
        }
        var signedPart = Encoding.ASCII.GetBytes(token[..parts[1].End.Value].ToString());
        return key.Verify(signedPart, signature) ? CheckClaims(payload) : TokenFault.Invalid;
    }

    private (TokenFault Fault, TokenKey? Key) FindKey(byte[] json)
    {
        using var document = ParseObject(json);
        var header = document.RootElement;
        var understood =
            !header.TryGetProperty("crit", out _)
            && !header.TryGetProperty("b64", out _)
            && !header.TryGetProperty("cty", out _)
            && Text(header, "typ") is null or "JWT" or "jwt" or "at+jwt" or "application/at+jwt";
        if (!understood || Text(header, "alg") is not { } algorithm)
        {
            return (TokenFault.Invalid, null);
        }
        return (TokenFault.UnknownKey, keys.Find(algorithm, Text(header, "kid")));
    }

    private TokenCheck CheckClaims(byte[] json)
    {
        using var document = ParseObject(json);
        var claims = document.RootElement;
        if (
            Text(claims, "sub") is not { } subject
            || !Identifier.IsValid(subject)
            || !RoleNames.TryParse(Text(claims, "role"), out var role)
            || Time(claims, "exp") is not { } expiresAt
            || !IsForUs(claims)
        )
        {
            return TokenFault.Invalid;
        }
        var now = time.GetUtcNow();
        if (Time(claims, "iat") > now + Skew || Time(claims, "nbf") > now + Skew)
        {
            return TokenFault.NotYetValid;
        }
        var usableUntil = expiresAt + Skew;
        return now < usableUntil ? new TokenSubject(subject, role, usableUntil) : TokenFault.Expired;
    }

    private bool IsForUs(JsonElement claims)
    {
        var issuerFits = options.Issuer is null || Text(claims, "iss") == options.Issuer;
        if (!claims.TryGetProperty("aud", out var audience))
        {
            return issuerFits && options.Audience is null;
        }
        // RFC 7519 4.1.3: whoever does not find itself in a present audience must refuse, also with no audience set.
        return issuerFits
            && options.Audience is { } us
            && (
                audience.ValueKind == JsonValueKind.Array
                    ? audience.EnumerateArray().Any(one => one.GetString() == us)
                    : audience.GetString() == us
            );
    }

    private static JsonDocument ParseObject(byte[] json)
    {
        // The reader passes over bad UTF-8 inside strings that nobody asks for.
        if (!Utf8.IsValid(json))
        {
            throw new FormatException();
        }
        var document = JsonDocument.Parse(json, StrictJson.Document);
        return document.RootElement.ValueKind == JsonValueKind.Object ? document : throw new FormatException();
    }

    private static string? Text(JsonElement claims, string name) =>
        claims.TryGetProperty(name, out var value) ? value.GetString() ?? throw new FormatException() : null;

    private static DateTimeOffset? Time(JsonElement claims, string name)
    {
        if (!claims.TryGetProperty(name, out var value))
        {
            return null;
        }
        // Room to the ends of the calendar, so that adding the skew cannot overflow.
        var seconds = value.GetDouble();
        return seconds is >= 0 and <= 250_000_000_000
            ? DateTimeOffset.UnixEpoch.AddSeconds(seconds)
            : throw new FormatException();
    }
}
