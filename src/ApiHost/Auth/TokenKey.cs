using System.Security.Cryptography;

namespace Actors.ApiHost.Auth;

/// <summary>A key with the one algorithm it is good for, so that a token can never choose how it is checked.</summary>
internal abstract class TokenKey(string algorithm, string? keyId) : IDisposable
{
    /// <summary>The <c>alg</c> that a token must name.</summary>
    public string Algorithm { get; } = algorithm;

    /// <summary>The <c>kid</c> that a token must name; null matches only tokens that name none.</summary>
    public string? KeyId { get; } = keyId;

    public abstract bool Verify(ReadOnlySpan<byte> signedPart, ReadOnlySpan<byte> signature);

    public virtual void Dispose() => GC.SuppressFinalize(this);
}

internal sealed class HmacKey(byte[] secret, string? keyId = null) : TokenKey("HS256", keyId)
{
    public override bool Verify(ReadOnlySpan<byte> signedPart, ReadOnlySpan<byte> signature)
    {
        Span<byte> expected = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(secret, signedPart, expected);
        return CryptographicOperations.FixedTimeEquals(expected, signature);
    }

    public byte[] Sign(ReadOnlySpan<byte> signedPart) => HMACSHA256.HashData(secret, signedPart);
}

internal sealed class RsaKey(RSA key, string? keyId) : TokenKey("RS256", keyId)
{
    public const int MinimumBits = 2048;

    // Instances are not promised to be thread-safe; verified tokens are remembered, so this is never a hot path.
    private readonly Lock _turn = new();

    public override bool Verify(ReadOnlySpan<byte> signedPart, ReadOnlySpan<byte> signature)
    {
        lock (_turn)
        {
            return signature.Length == key.KeySize / 8
                && key.VerifyData(signedPart, signature, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        }
    }

    public override void Dispose()
    {
        key.Dispose();
        base.Dispose();
    }
}

internal sealed class EcdsaKey(ECDsa key, string? keyId) : TokenKey("ES256", keyId)
{
    private const int SignatureBytes = 64;

    private readonly Lock _turn = new();

    public override bool Verify(ReadOnlySpan<byte> signedPart, ReadOnlySpan<byte> signature)
    {
        lock (_turn)
        {
            return signature.Length == SignatureBytes
                && key.VerifyData(
                    signedPart,
                    signature,
                    HashAlgorithmName.SHA256,
                    DSASignatureFormat.IeeeP1363FixedFieldConcatenation
                );
        }
    }

    public override void Dispose()
    {
        key.Dispose();
        base.Dispose();
    }
}
