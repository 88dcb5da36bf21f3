using System.Security.Cryptography;
using System.Text;

namespace Actors.Journal.GrainStorage;

/// <summary>AES-256-GCM under a key of the stream's own, so that random nonces are spent per stream and not per cluster.</summary>
internal sealed class StreamCipher : IDisposable
{
    private const int NonceBytes = 12;
    private const int TagBytes = 16;

    private readonly AesGcm _aes;

    private StreamCipher(AesGcm aes) => _aes = aes;

    /// <summary>Null when no key is configured.</summary>
    public static StreamCipher? For(StreamId stream, ReadOnlyMemory<byte> key)
    {
        if (key.IsEmpty)
        {
            return null;
        }
        Span<byte> own = stackalloc byte[32];
        HKDF.DeriveKey(
            HashAlgorithmName.SHA256,
            key.Span,
            own,
            [],
            Encoding.UTF8.GetBytes($"journal/1 {stream.Value}")
        );
        return new StreamCipher(new AesGcm(own, TagBytes));
    }

    /// <returns>Nonce, ciphertext, tag.</returns>
    public byte[] Encrypt(ReadOnlySpan<byte> plain, ReadOnlySpan<byte> associated)
    {
        var sealedBytes = new byte[NonceBytes + plain.Length + TagBytes];
        var nonce = sealedBytes.AsSpan(0, NonceBytes);
        RandomNumberGenerator.Fill(nonce);
        _aes.Encrypt(
            nonce,
            plain,
            sealedBytes.AsSpan(NonceBytes, plain.Length),
            sealedBytes.AsSpan(NonceBytes + plain.Length),
            associated
        );
        return sealedBytes;
    }

    /// <exception cref="CryptographicException">Another key, or damage.</exception>
    public byte[] Decrypt(ReadOnlySpan<byte> sealedBytes, ReadOnlySpan<byte> associated)
    {
        if (sealedBytes.Length < NonceBytes + TagBytes)
        {
            throw new CryptographicException("Too short for an encrypted record.");
        }
        var plain = new byte[sealedBytes.Length - NonceBytes - TagBytes];
        _aes.Decrypt(
            sealedBytes[..NonceBytes],
            sealedBytes[NonceBytes..^TagBytes],
            sealedBytes[^TagBytes..],
            plain,
            associated
        );
        return plain;
    }

    public void Dispose() => _aes.Dispose();
}
