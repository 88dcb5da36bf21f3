using System.Buffers.Binary;

namespace Actors.Grains.Attachments.Formats;

/// <summary>
/// PNG: chunks under checksums. Kept are those that decide what is seen, animations included; texts, times, EXIF and all that is
/// not known are dropped. A chunk that is not known and says that it must be understood is a reason to refuse.
/// </summary>
internal static class PngFormat
{
    private const int OverheadBytes = 12;
    private const int HeaderBytes = 13;

    private static ReadOnlySpan<byte> Signature => [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A];

    public static bool IsStartOf(ReadOnlySpan<byte> file) => file.StartsWith(Signature);

    public static bool TryClean(ReadOnlySpan<byte> file, KeptPieces kept)
    {
        kept.Keep(0, Signature.Length);
        var (isFirst, hasPixels) = (true, false);
        for (var at = Signature.Length; at + OverheadBytes <= file.Length; isFirst = false)
        {
            var length = BinaryPrimitives.ReadUInt32BigEndian(file[at..]);
            if (length > file.Length - at - OverheadBytes)
            {
                return false;
            }
            var whole = OverheadBytes + (int)length;
            var type = file.Slice(at + 4, 4);
            var body = file.Slice(at + 8, (int)length);
            var sum = BinaryPrimitives.ReadUInt32BigEndian(file[(at + whole - 4)..]);
            if (Crc32.OfPng(file.Slice(at + 4, whole - 8)) != sum || isFirst != type.SequenceEqual("IHDR"u8))
            {
                return false;
            }
            if (isFirst && !IsHeader(body))
            {
                return false;
            }
            if (IsKept(type))
            {
                kept.Keep(at, whole);
            }
            else if (!IsOptional(type))
            {
                return false;
            }
            hasPixels |= type.SequenceEqual("IDAT"u8);
            at += whole;
            if (type.SequenceEqual("IEND"u8))
            {
                return hasPixels && length == 0;
            }
        }
        return false;
    }

    private static bool IsHeader(ReadOnlySpan<byte> body) =>
        body.Length == HeaderBytes
        && BinaryPrimitives.ReadInt32BigEndian(body) > 0
        && BinaryPrimitives.ReadInt32BigEndian(body[4..]) > 0;

    private static bool IsKept(ReadOnlySpan<byte> type) =>
        "IHDR PLTE IDAT IEND tRNS cHRM gAMA iCCP sBIT sRGB bKGD pHYs cICP mDCV cLLI acTL fcTL fdAT "u8.IndexOf([
            .. type,
            (byte)' ',
        ])
            is var found
                and >= 0
        && found % 5 == 0;

    /// <summary>Four letters, the first of them small.</summary>
    private static bool IsOptional(ReadOnlySpan<byte> type)
    {
        foreach (var letter in type)
        {
            if (!char.IsAsciiLetter((char)letter))
            {
                return false;
            }
        }
        return char.IsAsciiLetterLower((char)type[0]);
    }
}
