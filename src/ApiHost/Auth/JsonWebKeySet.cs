using System.Security.Cryptography;
using System.Text.Json;

namespace Actors.ApiHost.Auth;

/// <summary>
/// Reads a key set (RFC 7517) strictly. Keys of other kinds or uses are passed over, as the RFC asks; a key that we would
/// use but that is weak, ambiguous or private refuses the whole set.
/// </summary>
internal static class JsonWebKeySet
{
    public const int MaxBytes = 256 * 1024;
    private const int MaxKeys = 100;

    /// <exception cref="FormatException">The text is no key set that can be trusted.</exception>
    public static IReadOnlyList<TokenKey> Parse(ReadOnlyMemory<byte> utf8)
    {
        try
        {
            using var document = JsonDocument.Parse(utf8, StrictJson.Document);
            var keys = document.RootElement.GetProperty("keys");
            if (keys.GetArrayLength() > MaxKeys)
            {
                throw new FormatException($"A key set holds at most {MaxKeys} keys.");
            }
            var read = keys.EnumerateArray().Select(ReadKey).OfType<TokenKey>().ToList();
            RefuseRepeatedIds(read);
            return read.Count > 0
                ? read
                : throw new FormatException("The key set holds no key for HS256, RS256 or ES256.");
        }
        catch (Exception fault)
            when (fault is JsonException or InvalidOperationException or KeyNotFoundException or CryptographicException)
        {
            throw new FormatException($"The key set cannot be read: {fault.Message}", fault);
        }
    }

    private static TokenKey? ReadKey(JsonElement key)
    {
        if (!IsForSignatures(key))
        {
            return null;
        }
        return Text(key, "kty") switch
        {
            "oct" when Text(key, "alg") is null or "HS256" => ReadSecret(key),
            "RSA" when Text(key, "alg") is null or "RS256" => ReadRsa(key),
            "EC" when Text(key, "alg") is null or "ES256" && Text(key, "crv") is "P-256" => ReadEcdsa(key),
            _ => null,
        };
    }

    private static bool IsForSignatures(JsonElement key) =>
        Text(key, "use") is null or "sig"
        && (
            !key.TryGetProperty("key_ops", out var operations)
            || operations.EnumerateArray().Any(operation => operation.GetString() is "verify")
        );

    private static HmacKey ReadSecret(JsonElement key)
    {
        var secret = Bytes(key, "k");
        return secret.Length >= AuthOptions.MinimumSecretBytes
            ? new HmacKey(secret, Text(key, "kid"))
            : throw new FormatException($"A shared secret has at least {AuthOptions.MinimumSecretBytes} bytes.");
    }

    private static RsaKey ReadRsa(JsonElement key)
    {
        RefusePrivate(key);
        var rsa = RSA.Create(new RSAParameters { Modulus = Bytes(key, "n"), Exponent = Bytes(key, "e") });
        if (rsa.KeySize >= RsaKey.MinimumBits)
        {
            return new RsaKey(rsa, Text(key, "kid"));
        }
        rsa.Dispose();
        throw new FormatException($"An RSA key has at least {RsaKey.MinimumBits} bits.");
    }

    private static EcdsaKey ReadEcdsa(JsonElement key)
    {
        RefusePrivate(key);
        var point = new ECPoint { X = Bytes(key, "x"), Y = Bytes(key, "y") };
        var ecdsa = ECDsa.Create(new ECParameters { Curve = ECCurve.NamedCurves.nistP256, Q = point });
        return new EcdsaKey(ecdsa, Text(key, "kid"));
    }

    private static void RefusePrivate(JsonElement key)
    {
        if (key.TryGetProperty("d", out _))
        {
            throw new FormatException("The key set holds a private key; publish only the public part.");
        }
    }

    private static void RefuseRepeatedIds(IEnumerable<TokenKey> keys)
    {
        if (keys.GroupBy(key => (key.Algorithm, key.KeyId)).FirstOrDefault(group => group.Count() > 1) is { } repeated)
        {
            throw new FormatException($"Two {repeated.Key.Algorithm} keys share the kid '{repeated.Key.KeyId}'.");
        }
    }

    private static string? Text(JsonElement key, string member) =>
        key.TryGetProperty(member, out var value) ? value.GetString() : null;

    private static byte[] Bytes(JsonElement key, string member) =>
        Text(key, member) is { } text && StrictBase64Url.TryDecode(text, out var bytes)
            ? bytes
            : throw new FormatException($"The member {member} of a key is no base64url text.");
}
