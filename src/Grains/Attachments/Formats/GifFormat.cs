namespace Actors.Grains.Attachments.Formats;

/// <summary>
/// GIF: blocks of sub-blocks. Kept are pictures, what controls them, and how often an animation repeats; comments, plain text and what
/// applications have added are dropped.
/// </summary>
internal static class GifFormat
{
    private const int HeaderBytes = 13;
    private const int ImageBytes = 10;
    private const byte Extension = 0x21;
    private const byte Image = 0x2C;
    private const byte Trailer = 0x3B;

    public static bool IsStartOf(ReadOnlySpan<byte> file) => file.StartsWith("GIF87a"u8) || file.StartsWith("GIF89a"u8);

    public static bool TryClean(ReadOnlySpan<byte> file, KeptPieces kept)
    {
        if (file.Length < HeaderBytes)
        {
            return false;
        }
        var at = HeaderBytes + TableBytes(file[10]);
        if (at > file.Length)
        {
            return false;
        }
        kept.Keep(0, at);
        for (var hasImage = false; at < file.Length; )
        {
            if (file[at] == Trailer)
            {
                kept.Keep(at, 1);
                return hasImage;
            }
            var end = file[at] switch
            {
                Image => EndOfImage(file, at),
                // Introducer and label.
                Extension => EndOfSubBlocks(file, at + 2),
                _ => -1,
            };
            if (end < 0)
            {
                return false;
            }
            hasImage |= file[at] == Image;
            if (file[at] == Image || IsKept(file[at..end]))
            {
                kept.Keep(at, end - at);
            }
            at = end;
        }
        return false;
    }

    private static bool IsKept(ReadOnlySpan<byte> extension) =>
        extension is [_, 0xF9, 4, _, _, _, _, 0]
        || (extension.Length == RepetitionMark.Length + 3 && extension.StartsWith(RepetitionMark));

    /// <summary>Followed by the number of times, and the empty sub-block.</summary>
    private static readonly byte[] RepetitionMark = [Extension, 0xFF, 11, .. "NETSCAPE2.0"u8, 3, 1];

    private static int EndOfImage(ReadOnlySpan<byte> file, int at)
    {
        if (at + ImageBytes > file.Length)
        {
            return -1;
        }
        // After the table a byte that says how large the codes are.
        return EndOfSubBlocks(file, at + ImageBytes + TableBytes(file[at + ImageBytes - 1]) + 1);
    }

    /// <summary>Behind the empty sub-block; -1 when the file ends before.</summary>
    private static int EndOfSubBlocks(ReadOnlySpan<byte> file, int at)
    {
        while (at < file.Length && file[at] > 0)
        {
            at += file[at] + 1;
        }
        return at < file.Length ? at + 1 : -1;
    }

    private static int TableBytes(byte flags) => (flags & 0x80) != 0 ? 3 << ((flags & 0x07) + 1) : 0;
}
