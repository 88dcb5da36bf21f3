using System.Buffers.Binary;

namespace Actors.Grains.Attachments.Formats;

/// <summary>The one thing of EXIF without which pictures would lie on their side.</summary>
internal static class JpegOrientation
{
    private const int EntryBytes = 12;
    private const ushort OrientationTag = 0x0112;
    private const ushort ShortType = 3;

    private static ReadOnlySpan<byte> Mark => "Exif\0\0"u8;

    /// <summary>1 to 8; null when the segment does not tell, or is not EXIF.</summary>
    public static byte? Find(ReadOnlySpan<byte> body)
    {
        if (!body.StartsWith(Mark))
        {
            return null;
        }
        var tiff = body[Mark.Length..];
        var isLittle = tiff.StartsWith("II*\0"u8);
        if (tiff.Length < 8 || (!isLittle && !tiff.StartsWith("MM\0*"u8)))
        {
            return null;
        }
        var at = Read32(tiff[4..], isLittle);
        if (at > tiff.Length - 2)
        {
            return null;
        }
        var entries = tiff[(int)at..];
        var count = Math.Min(Read16(entries, isLittle), (entries.Length - 2) / EntryBytes);
        for (var number = 0; number < count; number++)
        {
            var entry = entries.Slice(2 + (number * EntryBytes), EntryBytes);
            if (Read16(entry, isLittle) == OrientationTag)
            {
                var value = Read16(entry[8..], isLittle);
                return Read16(entry[2..], isLittle) == ShortType && value is >= 1 and <= 8 ? (byte)value : null;
            }
        }
        return null;
    }

    /// <summary>A directory of one entry.</summary>
    public static byte[] Write(byte orientation) =>
        [
            .. Mark,
            .. "MM\0*"u8,
            .. (ReadOnlySpan<byte>)[0, 0, 0, 8, 0, 1],
            .. (ReadOnlySpan<byte>)[0x01, 0x12, 0, (byte)ShortType, 0, 0, 0, 1, 0, orientation, 0, 0],
            .. (ReadOnlySpan<byte>)[0, 0, 0, 0],
        ];

    private static ushort Read16(ReadOnlySpan<byte> bytes, bool isLittle) =>
        isLittle ? BinaryPrimitives.ReadUInt16LittleEndian(bytes) : BinaryPrimitives.ReadUInt16BigEndian(bytes);

    private static uint Read32(ReadOnlySpan<byte> bytes, bool isLittle) =>
        isLittle ? BinaryPrimitives.ReadUInt32LittleEndian(bytes) : BinaryPrimitives.ReadUInt32BigEndian(bytes);
}
