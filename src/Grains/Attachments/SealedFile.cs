using System.Buffers.Binary;
using System.Security.Cryptography;
using Actors.Grains.Sealing;
using Actors.Journal;

namespace Actors.Grains.Attachments;

/// <summary>
/// The form of a sealed file: a mark and a salt, then chunks of 64 KiB and a tag, the last one shorter. Each file has a key of its own, from
/// its salt, its name and the key that it is sealed with. A chunk's number and whether it is the last are its nonce, so that none can
/// be moved, left out, or taken for the end.
/// </summary>
internal sealed class SealedFile : IDisposable
{
    public const int HeadBytes = 40;
    public const int ChunkBytes = 1 << 16;
    public const int SealedChunkBytes = ChunkBytes + TagBytes;

    private const int TagBytes = 16;
    private const int NonceBytes = 12;
    private const int SaltAt = 8;

    private readonly AesGcm _cipher;

    private SealedFile(SealingKey key, KeyId name, ReadOnlySpan<byte> head)
    {
        var fileKey = new byte[SealingKey.Bytes];
        var own = key.DeriveKey("attachment " + name);
        HKDF.DeriveKey(HashAlgorithmName.SHA256, own, fileKey, head[SaltAt..HeadBytes], "attachment/1"u8);
        _cipher = new AesGcm(fileKey, TagBytes);
    }

    private static ReadOnlySpan<byte> Mark => "AFILE\x01\0\0"u8;

    /// <summary>A head that nobody has used before.</summary>
    public static byte[] NewHead(RandomBytes random)
    {
        var head = new byte[HeadBytes];
        Mark.CopyTo(head);
        random(head.AsSpan(SaltAt));
        return head;
    }

    /// <summary>Null for the head of something else.</summary>
    public static SealedFile? Of(SealingKey key, KeyId name, ReadOnlySpan<byte> head) =>
        IsHead(head) ? new(key, name, head) : null;

    public static bool IsHead(ReadOnlySpan<byte> head) => head.Length == HeadBytes && head.StartsWith(Mark);

    /// <summary>How many chunks a file of this many sealed bytes has; 0 when there is no such file.</summary>
    public static long ChunksOf(long sealedLength)
    {
        var (whole, rest) = Math.DivRem(sealedLength - HeadBytes, SealedChunkBytes);
        return rest == 0 ? whole
            : rest >= TagBytes ? whole + 1
            : 0;
    }

    /// <summary>How many bytes were sealed.</summary>
    public static long LengthOf(long sealedLength) => sealedLength - HeadBytes - (ChunksOf(sealedLength) * TagBytes);

    public static long PlaceOf(long chunk) => HeadBytes + (chunk * SealedChunkBytes);

    /// <summary>For one caller at a time.</summary>
    /// <returns>How many bytes were written.</returns>
    public int Seal(long chunk, bool isLast, ReadOnlySpan<byte> plain, Span<byte> sealedBytes)
    {
        Span<byte> nonce = stackalloc byte[NonceBytes];
        WriteNonce(nonce, chunk, isLast);
        _cipher.Encrypt(nonce, plain, sealedBytes[..plain.Length], sealedBytes.Slice(plain.Length, TagBytes));
        return plain.Length + TagBytes;
    }

    /// <summary>False when the bytes are not what was sealed as this chunk. For one caller at a time.</summary>
    public bool TryOpen(long chunk, bool isLast, ReadOnlySpan<byte> sealedBytes, Span<byte> plain)
    {
        if (sealedBytes.Length < TagBytes)
        {
            return false;
        }
        Span<byte> nonce = stackalloc byte[NonceBytes];
        WriteNonce(nonce, chunk, isLast);
        try
        {
            _cipher.Decrypt(
                nonce,
                sealedBytes[..^TagBytes],
                sealedBytes[^TagBytes..],
                plain[..(sealedBytes.Length - TagBytes)]
            );
            return true;
        }
        catch (AuthenticationTagMismatchException)
        {
            return false;
        }
    }

    public void Dispose() => _cipher.Dispose();

    private static void WriteNonce(Span<byte> nonce, long chunk, bool isLast)
    {
        nonce.Clear();
        BinaryPrimitives.WriteInt64LittleEndian(nonce, chunk);
        nonce[^1] = isLast ? (byte)1 : (byte)0;
    }
}
