using System.Text.Json;
using System.Text.Unicode;
using Actors.GrainInterfaces.Identity;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Actors.ApiHost.Auth;

/// <summary>
/// Checks a compact JWS that carries claims (RFC 7515, 7519) by the advice of RFC 8725. Signature, algorithm, issuer and
/// audience are Microsoft.IdentityModel's business; before it and after it stands what is stricter here: the algorithm is the
/// key's and never the token's, keys in the header are not looked at, every value has one spelling and every member
/// comes once, and whatever a token demands that is not understood refuses it.
/// </summary>
internal sealed class TokenValidator(KeyRing keys, AuthOptions options, TimeProvider time)
{
    public const int MaxLength = 8 * 1024;

    private static readonly TimeSpan Skew = TimeSpan.FromSeconds(60);
    private static readonly JsonWebTokenHandler Handler = new();

    private readonly TokenValidationParameters _expected = new()
    {
        ValidAlgorithms = [SecurityAlgorithms.HmacSha256, SecurityAlgorithms.RsaSha256, SecurityAlgorithms.EcdsaSha256],
        ValidateIssuer = options.Issuer is not null,
        ValidIssuer = options.Issuer,
        ValidateAudience = options.Audience is not null,
        ValidAudience = options.Audience,
        IgnoreTrailingSlashWhenValidatingAudience = false,
        // Told apart below, where it is said which of them it was.
        ValidateLifetime = false,
    };

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
            || !StrictBase64Url.TryDecode(token[parts[2]], out _)
        )
        {
            return TokenFault.Invalid;
        }
        var (fault, key) = FindKey(header);
        if (key is null)
        {
            return fault;
        }
        return IsGenuine(token.ToString(), key) ? CheckClaims(payload) : TokenFault.Invalid;
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

    private bool IsGenuine(string token, TokenKey key)
    {
        var expected = _expected.Clone();
        expected.IssuerSigningKey = key.Security;
        // Nothing in it waits: the key is at hand, and nothing else is asked.
        return Handler.ValidateTokenAsync(token, expected).GetAwaiter().GetResult().IsValid;
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
            || IsForOthers(claims)
        )
        {
            return TokenFault.Invalid;
        }
        var now = time.GetUtcNow();
        var issuedAt = Time(claims, "iat");
        if (issuedAt > now + Skew || Time(claims, "nbf") > now + Skew)
        {
            return TokenFault.NotYetValid;
        }
        var usableUntil = expiresAt + Skew;
        if (now >= usableUntil)
        {
            return TokenFault.Expired;
        }
        // One that does not say when it was issued cannot have long to go yet.
        return expiresAt - (issuedAt ?? now) <= options.LongestToken
            ? new TokenSubject(subject, role, usableUntil, issuedAt, Text(claims, "jti"), ScopesOf(role, claims))
            : TokenFault.TooLong;
    }

    /// <summary>
    /// RFC 7519 4.1.3: whoever does not find itself in a present audience must refuse, also with no audience set. The library
    /// compares; that they are texts is made sure of here.
    /// </summary>
    private bool IsForOthers(JsonElement claims)
    {
        _ = Text(claims, "iss");
        if (!claims.TryGetProperty("aud", out var audience))
        {
            return false;
        }
        var named = audience.ValueKind == JsonValueKind.Array ? [.. audience.EnumerateArray()] : new[] { audience };
        return options.Audience is null || named.Any(static one => one.ValueKind != JsonValueKind.String);
    }

    /// <summary>The scopes that issuers put into tokens of people are about other things.</summary>
    private string[]? ScopesOf(ActorRole role, JsonElement claims) =>
        role != ActorRole.Service ? null
        : Text(claims, "scope") is { } scope ? scope.Split(' ', StringSplitOptions.RemoveEmptyEntries)
        : options.ServicesNeedScope ? []
        : null;

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
