using System.Buffers.Binary;

namespace Actors.Grains.Attachments.Formats;

/// <summary>
/// M4A: boxes in boxes. Those that are not needed to play it (places, names, covers) become free space of the same size, because
/// tables inside point to places in the file; times of making become zero. Tracks other than sound are refused.
/// </summary>
internal static class M4aFormat
{
    private const int HeadBytes = 8;
    private const int LongHeadBytes = 16;
    private const int LeastBrandBytes = HeadBytes + 8;
    private const int HandlerNameAt = 24;

    public static bool IsStartOf(ReadOnlySpan<byte> file)
    {
        if (file.Length < LeastBrandBytes || !file[4..].StartsWith("ftyp"u8))
        {
            return false;
        }
        var length = (int)Math.Min(BinaryPrimitives.ReadUInt32BigEndian(file), (uint)file.Length);
        for (var at = HeadBytes; at + 4 <= length; at += 4)
        {
            // Between the main brand and the others is a version.
            if (at != HeadBytes + 4 && file[at..].StartsWith("M4A "u8))
            {
                return true;
            }
        }
        return false;
    }

    public static bool TryClean(ReadOnlySpan<byte> file, KeptPieces kept)
    {
        var walk = new Walk(kept);
        return walk.TryClean(file, 0, file.Length, []) && walk is { HasSound: true, HasSamples: true };
    }

    /// <summary>What is kept in which box; those that hold others are gone into.</summary>
    private static Use UseOf(ReadOnlySpan<byte> parent, ReadOnlySpan<byte> type) =>
        (Names.Of(parent), Names.Of(type)) switch
        {
            ("", "moov" or "moof") or ("moov", "trak") or ("moof", "traf") => Use.Enter,
            ("trak", "mdia") or ("mdia", "minf") or ("minf", "stbl") => Use.Enter,
            ("", "ftyp" or "styp" or "mdat" or "sidx" or "mfra") or ("moov", "mvex") or ("moof", "mfhd") => Use.Keep,
            ("trak", "edts") or ("minf", "smhd" or "dinf") => Use.Keep,
            ("traf", "tfhd" or "tfdt" or "trun" or "sbgp" or "sgpd") => Use.Keep,
            ("stbl", "stsd" or "stts" or "stsc" or "stsz" or "stz2" or "stco" or "co64" or "sgpd" or "sbgp") =>
                Use.Keep,
            ("moov", "mvhd") or ("trak", "tkhd") or ("mdia", "mdhd") => Use.KeepWithoutTimes,
            ("mdia", "hdlr") => Use.KeepWithoutName,
            _ => Use.Free,
        };

    private enum Use
    {
        Free,
        Keep,
        Enter,
        KeepWithoutTimes,
        KeepWithoutName,
    }

    private sealed class Walk(KeptPieces kept)
    {
        public bool HasSound { get; private set; }

        public bool HasSamples { get; private set; }

        public bool TryClean(ReadOnlySpan<byte> file, int start, int end, ReadOnlySpan<byte> parent)
        {
            for (var at = start; at < end; )
            {
                if (!TryHead(file, at, end, parent.IsEmpty, out var head, out var length))
                {
                    return false;
                }
                var type = file.Slice(at + 4, 4);
                if (parent.IsEmpty && (at == 0) != type.SequenceEqual("ftyp"u8))
                {
                    return false;
                }
                if (!TryClean(file, at, head, length, UseOf(parent, type)))
                {
                    return false;
                }
                HasSamples |= parent.IsEmpty && type.SequenceEqual("mdat"u8);
                at += length;
            }
            return true;
        }

        private bool TryClean(ReadOnlySpan<byte> file, int at, int head, int length, Use use)
        {
            var (body, bytes) = (at + head, length - head);
            switch (use)
            {
                case Use.Keep:
                    kept.Keep(at, length);
                    return true;
                case Use.Enter:
                    kept.Keep(at, head);
                    return TryClean(file, body, at + length, file.Slice(at + 4, 4));
                case Use.KeepWithoutTimes when bytes >= 20:
                    // A version decides how long the times of making and of changing are.
                    var times = file[body] == 1 ? 16 : 8;
                    kept.Keep(at, head + 4);
                    kept.Add(new byte[times]);
                    kept.Keep(body + 4 + times, bytes - 4 - times);
                    return true;
                case Use.KeepWithoutName when bytes >= HandlerNameAt:
                    HasSound = file[(body + 8)..].StartsWith("soun"u8);
                    kept.Keep(at, head + HandlerNameAt);
                    kept.Add(new byte[bytes - HandlerNameAt]);
                    return HasSound;
                case Use.Free:
                    var free = new byte[length];
                    file.Slice(at, head).CopyTo(free);
                    "free"u8.CopyTo(free.AsSpan(4));
                    kept.Add(free);
                    return true;
                default:
                    return false;
            }
        }

        /// <summary>A length of 1 means that a longer one follows, 0 that the box goes to the end of the file.</summary>
        private static bool TryHead(
            ReadOnlySpan<byte> file,
            int at,
            int end,
            bool isOutermost,
            out int head,
            out int length
        )
        {
            (head, length) = (HeadBytes, 0);
            if (end - at < HeadBytes)
            {
                return false;
            }
            ulong said = BinaryPrimitives.ReadUInt32BigEndian(file[at..]);
            if (said == 1 && end - at >= LongHeadBytes)
            {
                head = LongHeadBytes;
                said = BinaryPrimitives.ReadUInt64BigEndian(file[(at + HeadBytes)..]);
            }
            else if (said == 0 && isOutermost)
            {
                said = (ulong)(end - at);
            }
            length = said <= (ulong)(end - at) ? (int)said : 0;
            return length >= head;
        }
    }

    private static class Names
    {
        public static string Of(ReadOnlySpan<byte> type) => System.Text.Encoding.Latin1.GetString(type);
    }
}
