using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Actors.Grains.Sealing;

/// <summary>
/// Seals texts with AES-256-GCM. The nonce follows from place and text, so that the result is the same each time, and never
/// the same for two texts: what equal results tell is that the same text was sealed for the same place.
/// </summary>
/// <remarks>For any number of callers at once. Where it came from may be destroyed meanwhile: see <see cref="IErasableKeys"/>.</remarks>
public sealed class SealingKey
{
    public const int Bytes = 32;

    /// <summary>How everything begins that is sealed.</summary>
    public const string Beginning = Version;

    private const string Version = "1.";
    private const int NonceBytes = 12;
    private const int TagBytes = 16;

    // A lone surrogate has no bytes: it would come back as another text.
    private static readonly UTF8Encoding Exact = new(false, throwOnInvalidBytes: true);

    private readonly byte[] _key;
    private readonly byte[] _nonceKey;
    private readonly byte[] _textKey;

    internal SealingKey(byte[] key)
    {
        _key = key;
        _nonceKey = Derive("nonce of a text");
        _textKey = Derive("text");
    }

    /// <summary>Same text, same place: same result (deterministic, so that the simulator replays).</summary>
    /// <param name="text">Without lone surrogates.</param>
    /// <param name="place">Where it belongs, for example <c>message 17</c>; authenticated, so that it opens nowhere else.</param>
    public string Seal(string text, string place)
    {
        var plain = Exact.GetBytes(text);
        var where = Exact.GetBytes(place);
        var sealedBytes = new byte[NonceBytes + plain.Length + TagBytes];
        var nonce = sealedBytes.AsSpan(0, NonceBytes);
        WriteNonce(where, plain, nonce);
        using var cipher = new AesGcm(_textKey, TagBytes);
        cipher.Encrypt(
            nonce,
            plain,
            sealedBytes.AsSpan(NonceBytes, plain.Length),
            sealedBytes.AsSpan(^TagBytes..),
            where
        );
        return Version + Base64Url.EncodeToString(sealedBytes);
    }

    /// <summary>Null when it was not sealed with this key for this place.</summary>
    public string? Open(string sealedText, string place)
    {
        if (Decode(sealedText) is not { Length: >= NonceBytes + TagBytes } sealedBytes)
        {
            return null;
        }
        var plain = new byte[sealedBytes.Length - NonceBytes - TagBytes];
        try
        {
            using var cipher = new AesGcm(_textKey, TagBytes);
            cipher.Decrypt(
                sealedBytes.AsSpan(0, NonceBytes),
                sealedBytes.AsSpan(NonceBytes, plain.Length),
                sealedBytes.AsSpan(^TagBytes..),
                plain,
                Exact.GetBytes(place)
            );
            return Exact.GetString(plain);
        }
        catch (AuthenticationTagMismatchException)
        {
            return null;
        }
    }

    /// <summary>Whether this is what sealing makes, with whatever key.</summary>
    public static bool IsSealed(string text) => Decode(text) is { Length: >= NonceBytes + TagBytes };

    /// <summary>A key of 32 bytes for another use, such as files; another purpose gives another key.</summary>
    public byte[] DeriveKey(string purpose) => Derive("for " + purpose);

    private void WriteNonce(ReadOnlySpan<byte> place, ReadOnlySpan<byte> plain, Span<byte> nonce)
    {
        // Where the place ends must not be a matter of opinion.
        var named = new byte[sizeof(int) + place.Length + plain.Length];
        BinaryPrimitives.WriteInt32LittleEndian(named, place.Length);
        place.CopyTo(named.AsSpan(sizeof(int)));
        plain.CopyTo(named.AsSpan(sizeof(int) + place.Length));
        Span<byte> mac = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(_nonceKey, named, mac);
        mac[..NonceBytes].CopyTo(nonce);
    }

    private static byte[]? Decode(string sealedText)
    {
        if (!sealedText.StartsWith(Version, StringComparison.Ordinal))
        {
            return null;
        }
        var encoded = sealedText.AsSpan(Version.Length);
        if (!Base64Url.IsValid(encoded, out var length))
        {
            return null;
        }
        var bytes = new byte[length];
        // One form for each: white space and padding are other texts that would mean the same.
        return
            Base64Url.TryDecodeFromChars(encoded, bytes, out var written)
            && written == length
            && encoded.SequenceEqual(Base64Url.EncodeToString(bytes))
            ? bytes
            : null;
    }

    private byte[] Derive(string purpose)
    {
        var key = new byte[Bytes];
        HKDF.DeriveKey(HashAlgorithmName.SHA256, _key, key, [], Encoding.UTF8.GetBytes("sealing/1 " + purpose));
        return key;
    }
}
