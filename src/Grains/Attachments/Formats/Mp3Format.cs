namespace Actors.Grains.Attachments.Formats;

/// <summary>
/// MP3: frames of layer III from the first to the last, all of one kind. Tags before (ID3v2) and behind them (ID3v1, APE, Lyrics3), and
/// a last frame that is cut off, are dropped; anything else between or behind is a reason to refuse.
/// </summary>
internal static class Mp3Format
{
    private const int LeastFrames = 3;
    private const int TagHeadBytes = 10;

    private static ReadOnlySpan<short> RatesOfVersion1 =>
        [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320];

    private static ReadOnlySpan<short> RatesOfVersion2 =>
        [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160];

    private static ReadOnlySpan<int> SampleRates => [44_100, 48_000, 32_000];

    public static bool IsStartOf(ReadOnlySpan<byte> file) => file.StartsWith("ID3"u8) || IsFrame(file, 0);

    public static bool TryClean(ReadOnlySpan<byte> file, KeptPieces kept)
    {
        if (!TrySkipTags(file, out var start) || !IsFrame(file, start))
        {
            return false;
        }
        var (at, frames) = (start, 0);
        for (; IsFrame(file, at) && IsSameKind(file, start, at); frames++)
        {
            var next = at + FrameBytes(file[at..]);
            if (next > file.Length)
            {
                break;
            }
            at = next;
        }
        kept.Keep(start, at - start);
        return frames >= LeastFrames && IsDropped(file[at..]);
    }

    /// <summary>There may be several, each with its length in four bytes of seven bits.</summary>
    private static bool TrySkipTags(ReadOnlySpan<byte> file, out int at)
    {
        for (at = 0; file[at..].StartsWith("ID3"u8); )
        {
            if (at + TagHeadBytes > file.Length)
            {
                return false;
            }
            var head = file.Slice(at, TagHeadBytes);
            if (((head[6] | head[7] | head[8] | head[9]) & 0x80) != 0)
            {
                return false;
            }
            var hasFooter = (head[5] & 0x10) != 0;
            var length = (head[6] << 21) | (head[7] << 14) | (head[8] << 7) | head[9];
            var whole = TagHeadBytes + length + (hasFooter ? TagHeadBytes : 0);
            if (whole > file.Length - at)
            {
                return false;
            }
            at += whole;
        }
        // Room that was left for larger tags.
        var padding = at == 0 ? 0 : file[at..].IndexOfAnyExcept((byte)0);
        at = padding < 0 ? file.Length : at + padding;
        return true;
    }

    /// <summary>Eleven set bits, layer III, and a rate of bits and of samples that there is.</summary>
    private static bool IsFrame(ReadOnlySpan<byte> file, int at) =>
        at + 4 <= file.Length
        && file[at] == 0xFF
        && (file[at + 1] & 0xE6) == 0xE2
        && (file[at + 1] & 0x18) != 0x08
        && (file[at + 2] >> 4) is > 0 and < 15
        && (file[at + 2] & 0x0C) != 0x0C;

    /// <summary>Version, layer and sample rate do not change.</summary>
    private static bool IsSameKind(ReadOnlySpan<byte> file, int first, int at) =>
        ((file[first + 1] ^ file[at + 1]) & 0x1E) == 0 && ((file[first + 2] ^ file[at + 2]) & 0x0C) == 0;

    private static int FrameBytes(ReadOnlySpan<byte> frame)
    {
        var version = (frame[1] >> 3) & 3;
        var sampleRate =
            SampleRates[(frame[2] >> 2) & 3]
            >> version switch
            {
                3 => 0,
                2 => 1,
                _ => 2,
            };
        var bitRate = 1_000 * (version == 3 ? RatesOfVersion1 : RatesOfVersion2)[frame[2] >> 4];
        var padding = (frame[2] >> 1) & 1;
        return ((version == 3 ? 144 : 72) * bitRate / sampleRate) + padding;
    }

    /// <summary>Whether what follows the frames is a known kind of tag, padding, or a frame that is cut off.</summary>
    private static bool IsDropped(ReadOnlySpan<byte> rest) =>
        rest.IndexOfAnyExcept((byte)0) < 0
        || rest.StartsWith("TAG"u8)
        || rest.StartsWith("APETAGEX"u8)
        || rest.StartsWith("LYRICSBEGIN"u8)
        || rest.StartsWith("ID3"u8)
        || (IsFrame(rest, 0) && FrameBytes(rest) > rest.Length)
        || (rest.Length < 4 && rest[0] == 0xFF);
}
