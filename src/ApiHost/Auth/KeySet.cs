using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.IdentityModel.Tokens;

namespace Actors.ApiHost.Auth;

/// <summary>
/// Reads a key set (RFC 7517) strictly. Keys of other kinds or uses are passed over, as the RFC asks; a key that we would
/// use but that is weak, ambiguous or private refuses the whole set.
/// </summary>
internal static class KeySet
{
    public const int MaxLength = 256 * 1024;
    private const int MaxKeys = 100;
    private const int MinimumRsaBits = 2048;

    /// <exception cref="FormatException">The text is no key set that can be trusted.</exception>
    public static IReadOnlyList<TokenKey> Parse(string json)
    {
        try
        {
            var keys = ReadAll(json);
            RefuseRepeatedIds(keys);
            return keys.Count > 0
                ? keys
                : throw new FormatException("The key set holds no key for HS256, RS256 or ES256.");
        }
        // The library throws many kinds at what is no key set.
        catch (Exception fault) when (fault is not FormatException)
        {
            throw new FormatException($"The key set cannot be read: {fault.Message}", fault);
        }
    }

    private static List<TokenKey> ReadAll(string json)
    {
        if (json.Length > MaxLength)
        {
            throw new FormatException($"A key set has at most {MaxLength} characters.");
        }
        // The library takes the last of repeated members; whoever else reads the set may take the first.
        JsonDocument.Parse(json, StrictJson.Document).Dispose();
        var keys = new JsonWebKeySet(json).Keys;
        return keys.Count <= MaxKeys
            ? [.. keys.Where(IsForUs).Select(Read)]
            : throw new FormatException($"A key set holds at most {MaxKeys} keys.");
    }

    private static bool IsForUs(JsonWebKey key) =>
        key.Use is null or "sig"
        && (key.KeyOps.Count == 0 || key.KeyOps.Contains("verify"))
        && AlgorithmOf(key) is not null;

    private static string? AlgorithmOf(JsonWebKey key)
    {
        var algorithm = key.Kty switch
        {
            "oct" => SecurityAlgorithms.HmacSha256,
            "RSA" => SecurityAlgorithms.RsaSha256,
            "EC" when key.Crv is "P-256" => SecurityAlgorithms.EcdsaSha256,
            _ => null,
        };
        return key.Alg is null || key.Alg == algorithm ? algorithm : null;
    }

    private static TokenKey Read(JsonWebKey key)
    {
        if (key.Kty != "oct" && key.D is not null)
        {
            throw new FormatException("The key set holds a private key; publish only the public part.");
        }
        if (!JsonWebKeyConverter.TryConvertToSecurityKey(key, out var converted))
        {
            throw new FormatException($"The key '{key.Kid}' is malformed.");
        }
        RefuseWeak(converted);
        return new TokenKey(AlgorithmOf(key)!, key.Kid, converted);
    }

    private static void RefuseWeak(SecurityKey key)
    {
        switch (key)
        {
            case SymmetricSecurityKey { Key.Length: < AuthOptions.MinimumSecretBytes }:
                throw new FormatException($"A shared secret has at least {AuthOptions.MinimumSecretBytes} bytes.");
            case RsaSecurityKey { Parameters: var parameters }:
                // Not the library's own size, which counts leading zeros.
                using (var rsa = RSA.Create(parameters))
                {
                    if (rsa.KeySize < MinimumRsaBits)
                    {
                        throw new FormatException($"An RSA key has at least {MinimumRsaBits} bits.");
                    }
                }
                break;
        }
    }

    private static void RefuseRepeatedIds(IEnumerable<TokenKey> keys)
    {
        if (keys.GroupBy(key => (key.Algorithm, key.KeyId)).FirstOrDefault(group => group.Count() > 1) is { } repeated)
        {
            throw new FormatException($"Two {repeated.Key.Algorithm} keys share the kid '{repeated.Key.KeyId}'.");
        }
    }
}
