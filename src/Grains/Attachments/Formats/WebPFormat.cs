namespace Actors.Grains.Attachments.Formats;

/// <summary>
/// WebP: a RIFF file of one picture, or an extended one with a colour profile, transparency and frames. EXIF, XMP and chunks that are
/// not known are dropped, and the flags that announce them.
/// </summary>
internal static class WebPFormat
{
    private const int ExtendedBytes = 10;
    private const int FrameHeadBytes = 16;
    private const byte ExifAndXmp = 0x0C;

    public static bool TryClean(ReadOnlySpan<byte> file, KeptPieces kept)
    {
        var chunks = new RiffChunks(file);
        var size = 0;
        // The file's head is kept last, when its size is known.
        var pieces = new List<(int Start, int Length)>();
        var (isFirst, isExtended, hasPicture) = (true, false, false);
        for (; chunks.MoveNext(); isFirst = false)
        {
            if (chunks.Type.SequenceEqual("VP8X"u8))
            {
                if (!isFirst || chunks.Length != ExtendedBytes)
                {
                    return false;
                }
                isExtended = true;
            }
            else if (IsPicture(chunks.Type, chunks.Body))
            {
                // One, or frames.
                if (hasPicture)
                {
                    return false;
                }
                hasPicture = true;
            }
            else if (isExtended && IsFrame(file, chunks))
            {
                hasPicture = true;
            }
            else if (!isExtended || !IsOneOf(chunks.Type, "ICCP ANIM ALPH "u8))
            {
                if (isFirst || IsOneOf(chunks.Type, "VP8  VP8L ANMF "u8))
                {
                    return false;
                }
                continue;
            }
            pieces.Add((chunks.Start, chunks.Length));
            size += chunks.KeptBytes;
        }
        if (!chunks.IsWhole || !hasPicture)
        {
            return false;
        }
        kept.Add(RiffChunks.FileHead("WEBP"u8, size));
        foreach (var (start, length) in pieces)
        {
            Keep(file, kept, start, length);
        }
        return true;
    }

    private static void Keep(ReadOnlySpan<byte> file, KeptPieces kept, int start, int length)
    {
        if (file.Slice(start, 4).SequenceEqual("VP8X"u8))
        {
            var extended = file.Slice(start, RiffChunks.HeadBytes + ExtendedBytes).ToArray();
            extended[RiffChunks.HeadBytes] &= unchecked((byte)~ExifAndXmp);
            kept.Add(extended);
            return;
        }
        kept.Keep(start, RiffChunks.HeadBytes + length);
        if ((length & 1) != 0)
        {
            kept.Add(new byte[1]);
        }
    }

    /// <summary>Only pictures and their transparency may be in a frame.</summary>
    private static bool IsFrame(ReadOnlySpan<byte> file, in RiffChunks chunk)
    {
        if (!chunk.Type.SequenceEqual("ANMF"u8) || chunk.Length < FrameHeadBytes)
        {
            return false;
        }
        var body = chunk.Start + RiffChunks.HeadBytes;
        var parts = new RiffChunks(file, body + FrameHeadBytes, body + chunk.Length);
        var hasPicture = false;
        while (parts.MoveNext())
        {
            var isPicture = IsPicture(parts.Type, parts.Body);
            if (!isPicture && !parts.Type.SequenceEqual("ALPH"u8))
            {
                return false;
            }
            hasPicture |= isPicture;
        }
        return parts.IsWhole && hasPicture;
    }

    /// <summary>With the marks that each of the two begins with.</summary>
    private static bool IsPicture(ReadOnlySpan<byte> type, ReadOnlySpan<byte> body) =>
        (
            type.SequenceEqual("VP8 "u8)
            && body.Length > 10
            && body[3..].StartsWith((ReadOnlySpan<byte>)[0x9D, 0x01, 0x2A])
        ) || (type.SequenceEqual("VP8L"u8) && body.Length > 5 && body[0] == 0x2F);

    /// <param name="types">Of four letters each, with a space behind.</param>
    private static bool IsOneOf(ReadOnlySpan<byte> type, ReadOnlySpan<byte> types)
    {
        for (var at = 0; at < types.Length; at += 5)
        {
            if (types.Slice(at, 4).SequenceEqual(type))
            {
                return true;
            }
        }
        return false;
    }
}
