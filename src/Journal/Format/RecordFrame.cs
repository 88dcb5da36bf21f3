using System.Buffers.Binary;

namespace Actors.Journal.Format;

/// <summary>A record on disk: length, checksum (seeded with its offset), encrypted payload, tag.</summary>
internal static class RecordFrame
{
    public const int PrefixBytes = 8;
    public const int Overhead = PrefixBytes + FileCipher.TagBytes;

    public static void Seal(FileCipher cipher, long offset, ReadOnlySpan<byte> plain, Span<byte> frame)
    {
        cipher.Seal(offset, plain, frame[PrefixBytes..]);
        BinaryPrimitives.WriteInt32LittleEndian(frame, frame.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(frame[4..], Checksum(frame, offset));
    }

    public static int LengthOf(ReadOnlySpan<byte> prefix) => BinaryPrimitives.ReadInt32LittleEndian(prefix);

    public static bool IsWhole(ReadOnlySpan<byte> frame, long offset) =>
        BinaryPrimitives.ReadUInt32LittleEndian(frame[4..]) == Checksum(frame, offset);

    public static bool TryOpen(FileCipher cipher, long offset, ReadOnlySpan<byte> frame, Span<byte> plain) =>
        cipher.TryOpen(offset, frame[PrefixBytes..], plain);

    private static uint Checksum(ReadOnlySpan<byte> frame, long offset)
    {
        return Crc32C.Compute(frame[PrefixBytes..], (uint)offset ^ (uint)frame.Length);
    }
}
