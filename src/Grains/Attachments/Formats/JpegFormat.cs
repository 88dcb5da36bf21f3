using System.Buffers.Binary;

namespace Actors.Grains.Attachments.Formats;

/// <summary>
/// JPEG: segments, and scans between them. Kept are what decoders need, JFIF without its thumbnail, the colour profile, Adobe's
/// colour transform, and of EXIF the orientation. Comments, all other APPn, and what follows the end are dropped.
/// </summary>
internal static class JpegFormat
{
    private const byte StartOfImage = 0xD8;
    private const byte EndOfImage = 0xD9;
    private const byte StartOfScan = 0xDA;
    private const byte Comment = 0xFE;
    private const int JfifBytes = 14;
    private const int AdobeBytes = 12;

    public static bool IsStartOf(ReadOnlySpan<byte> file) => file is [0xFF, StartOfImage, 0xFF, ..];

    public static bool TryClean(ReadOnlySpan<byte> file, KeptPieces kept)
    {
        kept.Keep(0, 2);
        var (hasFrame, hasScan, hasOrientation) = (false, false, false);
        for (var at = 2; ; )
        {
            // Any number of 0xFF may come before a marker.
            var start = at;
            while (at < file.Length && file[at] == 0xFF)
            {
                at++;
            }
            if (at == start || at >= file.Length)
            {
                return false;
            }
            var marker = file[at++];
            if (marker == EndOfImage)
            {
                kept.Keep(at - 2, 2);
                return hasScan;
            }
            if (!TryMeasure(file, at, out var length))
            {
                return false;
            }
            var body = file.Slice(at + 2, length - 2);
            switch (marker)
            {
                case 0xC0 or 0xC1 or 0xC2:
                    if (hasFrame || !IsFrame(body))
                    {
                        return false;
                    }
                    hasFrame = true;
                    kept.Keep(at - 2, length + 2);
                    break;
                case 0xC4 or 0xDB or 0xDD:
                    kept.Keep(at - 2, length + 2);
                    break;
                case StartOfScan:
                    if (!hasFrame)
                    {
                        return false;
                    }
                    var end = EndOfScan(file, at + length);
                    hasScan |= end > at + length;
                    kept.Keep(at - 2, end - at + 2);
                    at = end;
                    continue;
                case 0xE0 when body.Length >= JfifBytes && body.StartsWith("JFIF\0"u8):
                    // Its last two bytes are the size of a thumbnail that follows.
                    kept.Add(Segment(marker, [.. body[..(JfifBytes - 2)], 0, 0]));
                    break;
                case 0xE1 when !hasOrientation && JpegOrientation.Find(body) is { } orientation:
                    hasOrientation = true;
                    kept.Add(Segment(marker, JpegOrientation.Write(orientation)));
                    break;
                case 0xE2 when body.StartsWith("ICC_PROFILE\0"u8):
                    kept.Keep(at - 2, length + 2);
                    break;
                case 0xEE when body.Length >= AdobeBytes && body.StartsWith("Adobe"u8):
                    kept.Add(Segment(marker, body[..AdobeBytes]));
                    break;
                case (>= 0xE0 and <= 0xEF) or Comment:
                    break;
                default:
                    return false;
            }
            at += length;
        }
    }

    private static bool TryMeasure(ReadOnlySpan<byte> file, int at, out int length)
    {
        length = at + 2 <= file.Length ? BinaryPrimitives.ReadUInt16BigEndian(file[at..]) : 0;
        return length >= 2 && at + length <= file.Length;
    }

    /// <summary>Precision, height, width, and three bytes for each of its components.</summary>
    private static bool IsFrame(ReadOnlySpan<byte> body) =>
        body.Length >= 6
        && body[5] is 1 or 3 or 4
        && body.Length == 6 + (3 * body[5])
        && BinaryPrimitives.ReadUInt16BigEndian(body[1..]) > 0
        && BinaryPrimitives.ReadUInt16BigEndian(body[3..]) > 0;

    /// <summary>The place of the next marker that is no restart; the end of the file when there is none.</summary>
    private static int EndOfScan(ReadOnlySpan<byte> file, int at)
    {
        while (true)
        {
            var step = file[at..].IndexOf((byte)0xFF);
            if (step < 0 || at + step + 1 >= file.Length)
            {
                return file.Length;
            }
            at += step;
            if (file[at + 1] is 0x00 or (>= 0xD0 and <= 0xD7))
            {
                at += 2;
            }
            else
            {
                return at;
            }
        }
    }

    private static byte[] Segment(byte marker, ReadOnlySpan<byte> body)
    {
        var length = body.Length + 2;
        return [0xFF, marker, (byte)(length >> 8), (byte)length, .. body];
    }
}
