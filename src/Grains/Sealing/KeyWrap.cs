using System.Security.Cryptography;
using System.Text;
using Actors.Journal;

namespace Actors.Grains.Sealing;

/// <summary>Turns keys into records and back, with keys that follow from the journal's.</summary>
/// <param name="wrapping">Newest first: the first wraps, all of them unwrap; none leaves keys readable in storage.</param>
/// <param name="random">Makes keys, and nonces to wrap them with.</param>
internal sealed class KeyWrap(IReadOnlyList<byte[]> wrapping, RandomBytes random)
{
    /// <summary>What the wrapping keys are derived for.</summary>
    public const string Purpose = "erasable keys";

    private const int NonceBytes = 12;
    private const int TagBytes = 16;

    /// <summary>The wrapping key of a cluster.</summary>
    public static byte[] DeriveFrom(ReadOnlySpan<byte> journalKey)
    {
        var key = new byte[SealingKey.Bytes];
        HKDF.DeriveKey(
            HashAlgorithmName.SHA256,
            journalKey,
            key,
            [],
            Encoding.ASCII.GetBytes("journal/1 for " + Purpose)
        );
        return key;
    }

    /// <summary>The record of a new key.</summary>
    public byte[] Make(KeyId id)
    {
        var key = new byte[SealingKey.Bytes];
        random(key);
        return Wrap(id, key);
    }

    public byte[] Wrap(KeyId id, ReadOnlySpan<byte> key)
    {
        if (wrapping.Count == 0)
        {
            return KeyRecord.Write(KeyState.Bare, key);
        }
        var content = new byte[KeyRecord.ContentBytes];
        var nonce = content.AsSpan(0, NonceBytes);
        random(nonce);
        using var cipher = new AesGcm(wrapping[0], TagBytes);
        // Under its id: a record that was put into another's place does not open.
        cipher.Encrypt(
            nonce,
            key,
            content.AsSpan(NonceBytes, SealingKey.Bytes),
            content.AsSpan(^TagBytes..),
            id.ToBytes()
        );
        return KeyRecord.Write(KeyState.Wrapped, content);
    }

    /// <summary>The key of a record; null when it was destroyed.</summary>
    /// <param name="id">Whose record it is.</param>
    /// <param name="record">As it was stored.</param>
    /// <param name="place">Where, for messages.</param>
    /// <exception cref="JournalDamagedException">It is no record.</exception>
    /// <exception cref="JournalKeyException">None of the journal's keys opens it.</exception>
    public byte[]? Unwrap(KeyId id, ReadOnlyMemory<byte> record, string place)
    {
        var (state, content) = KeyRecord.Read(record, place);
        return state switch
        {
            KeyState.Destroyed => null,
            KeyState.Bare => content.Span[..SealingKey.Bytes].ToArray(),
            _ => wrapping.Select(key => TryUnwrap(key, id, content.Span)).FirstOrDefault(static key => key is not null)
                ?? throw new JournalKeyException($"{place} was written with another key than the journal's."),
        };
    }

    private static byte[]? TryUnwrap(byte[] wrappingKey, KeyId id, ReadOnlySpan<byte> content)
    {
        var key = new byte[SealingKey.Bytes];
        try
        {
            using var cipher = new AesGcm(wrappingKey, TagBytes);
            cipher.Decrypt(
                content[..NonceBytes],
                content[NonceBytes..^TagBytes],
                content[^TagBytes..],
                key,
                id.ToBytes()
            );
            return key;
        }
        catch (AuthenticationTagMismatchException)
        {
            return null;
        }
    }
}
