using System.Security.Cryptography;
using Actors.Journal;

namespace Actors.Grains.Sealing;

internal enum KeyState : byte
{
    /// <summary>Encrypted with a key of the journal's.</summary>
    Wrapped = 1,

    /// <summary>As it is: a cluster that has no <c>Journal:Key</c>.</summary>
    Bare = 2,

    /// <summary>Nothing but that it was.</summary>
    Destroyed = 3,
}

/// <summary>
/// What is stored for a key, the same everywhere and always of the same length: a mark and the state, what the state says, and a
/// digest of both.
/// </summary>
/// <remarks>It fits into a sector, so that a destroyed key takes the place of the key at once or not at all.</remarks>
internal static class KeyRecord
{
    public const int Bytes = 80;
    public const int ContentBytes = 60;

    private const int HeadBytes = 8;
    private const int StateAt = 5;
    private const int DigestBytes = Bytes - HeadBytes - ContentBytes;

    private static ReadOnlySpan<byte> Mark => "AKEY\x01"u8;

    /// <summary>What takes the place of a destroyed key.</summary>
    public static byte[] Tombstone => Write(KeyState.Destroyed, []);

    public static byte[] Write(KeyState state, ReadOnlySpan<byte> content)
    {
        var record = new byte[Bytes];
        Mark.CopyTo(record);
        record[StateAt] = (byte)state;
        content.CopyTo(record.AsSpan(HeadBytes));
        Digest(record).CopyTo(record.AsSpan(^DigestBytes..));
        return record;
    }

    /// <param name="place">Named when it is damaged.</param>
    /// <exception cref="JournalDamagedException">It is no record.</exception>
    public static (KeyState State, ReadOnlyMemory<byte> Content) Read(ReadOnlyMemory<byte> record, string place)
    {
        var isWhole =
            record.Length == Bytes
            && record.Span.StartsWith(Mark)
            && record.Span[^DigestBytes..].SequenceEqual(Digest(record.Span))
            && Enum.IsDefined((KeyState)record.Span[StateAt]);
        return isWhole
            ? ((KeyState)record.Span[StateAt], record.Slice(HeadBytes, ContentBytes))
            : throw new JournalDamagedException(place, 0, "it is not a key as it was written.");
    }

    private static ReadOnlySpan<byte> Digest(ReadOnlySpan<byte> record) =>
        SHA256.HashData(record[..^DigestBytes]).AsSpan(0, DigestBytes);
}
