using System.Buffers.Binary;

namespace Actors.Grains.Attachments.Formats;

/// <summary>WAV: a RIFF file. Kept are the format, the number of samples and the samples; lists, tags and all else are dropped.</summary>
internal static class WavFormat
{
    private const int FormatBytes = 16;

    public static bool TryClean(ReadOnlySpan<byte> file, KeptPieces kept)
    {
        var size = 0;
        var (hasFormat, hasSamples) = (false, false);
        var chunks = new RiffChunks(file);
        while (chunks.MoveNext())
        {
            if (chunks.Type.SequenceEqual("fmt "u8))
            {
                if (hasFormat || !IsFormat(chunks.Body))
                {
                    return false;
                }
                hasFormat = true;
            }
            else if (chunks.Type.SequenceEqual("data"u8))
            {
                if (hasSamples || !hasFormat || chunks.Length == 0)
                {
                    return false;
                }
                hasSamples = true;
            }
            size += IsKept(chunks.Type) ? chunks.KeptBytes : 0;
        }
        if (!chunks.IsWhole || !hasSamples)
        {
            return false;
        }
        kept.Add(RiffChunks.FileHead("WAVE"u8, size));
        for (chunks = new RiffChunks(file); chunks.MoveNext(); )
        {
            if (IsKept(chunks.Type))
            {
                chunks.Keep(kept);
            }
        }
        return true;
    }

    private static bool IsKept(ReadOnlySpan<byte> type) =>
        type.SequenceEqual("fmt "u8) || type.SequenceEqual("fact"u8) || type.SequenceEqual("data"u8);

    /// <summary>Plain samples, floating ones, the two of telephones, or one of them in the extensible form.</summary>
    private static bool IsFormat(ReadOnlySpan<byte> body) =>
        body.Length is >= FormatBytes and <= 40
        && BinaryPrimitives.ReadUInt16LittleEndian(body) is 1 or 3 or 6 or 7 or 0xFFFE
        && BinaryPrimitives.ReadUInt16LittleEndian(body[2..]) is >= 1 and <= 8
        && BinaryPrimitives.ReadUInt32LittleEndian(body[4..]) > 0;
}
