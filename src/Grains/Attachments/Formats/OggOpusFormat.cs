using System.Buffers.Binary;

namespace Actors.Grains.Attachments.Formats;

/// <summary>
/// Ogg with one stream of Opus: pages under checksums. The comments are replaced by empty ones, later pages are numbered anew; what follows the
/// last page is dropped. Several streams are refused.
/// </summary>
internal static class OggOpusFormat
{
    private const int HeadBytes = 27;
    private const int NumberAt = 18;
    private const int SumAt = 22;
    private const byte Begins = 0x02;
    private const byte Ends = 0x04;

    public static bool IsStartOf(ReadOnlySpan<byte> file) =>
        TryPage(file, 0, out var page) && file[page.Body..].StartsWith("OpusHead"u8);

    public static bool TryClean(ReadOnlySpan<byte> file, KeptPieces kept)
    {
        if (
            !TryPage(file, 0, out var first)
            || (file[5] & (Begins | Ends)) != Begins
            || first.End - first.Body < 19
            || !EndsPacket(file, first)
            || !TrySkipComments(file, first.End, out var at)
        )
        {
            return false;
        }
        var stream = file.Slice(14, 4);
        Renumber(file, first, 0, kept);
        kept.Add(EmptyComments(stream));
        uint number = 2;
        for (; at < file.Length; number++)
        {
            if (!TryPage(file, at, out var page) || !file.Slice(at + 14, 4).SequenceEqual(stream))
            {
                return false;
            }
            Renumber(file, page, number, kept);
            if ((file[at + 5] & Begins) != 0)
            {
                return false;
            }
            if ((file[at + 5] & Ends) != 0)
            {
                return true;
            }
            at = page.End;
        }
        return number > 2;
    }

    /// <summary>They begin on the second page and end with a page.</summary>
    private static bool TrySkipComments(ReadOnlySpan<byte> file, int start, out int at)
    {
        at = start;
        while (TryPage(file, at, out var page))
        {
            if (
                file[at + 5] != (at == start ? 0 : 1)
                || (at == start && !file[page.Body..page.End].StartsWith("OpusTags"u8))
                || !file.Slice(at + 14, 4).SequenceEqual(file.Slice(14, 4))
            )
            {
                return false;
            }
            at = page.End;
            var lengths = file[(page.Start + HeadBytes)..page.Body];
            var last = lengths.IndexOfAnyExcept((byte)255);
            if (last >= 0)
            {
                return last == lengths.Length - 1;
            }
        }
        return false;
    }

    private static bool EndsPacket(ReadOnlySpan<byte> file, Page page)
    {
        var lengths = file[(page.Start + HeadBytes)..page.Body];
        return lengths.IndexOfAnyExcept((byte)255) == lengths.Length - 1;
    }

    private static void Renumber(ReadOnlySpan<byte> file, Page page, uint number, KeptPieces kept)
    {
        if (BinaryPrimitives.ReadUInt32LittleEndian(file[(page.Start + NumberAt)..]) == number)
        {
            kept.Keep(page.Start, page.End - page.Start);
            return;
        }
        var head = file[page.Start..page.Body].ToArray();
        BinaryPrimitives.WriteUInt32LittleEndian(head.AsSpan(NumberAt), number);
        Sum(head, file[page.Body..page.End]);
        kept.Add(head);
        kept.Keep(page.Body, page.End - page.Body);
    }

    /// <summary>Nobody as the vendor, and no comment.</summary>
    private static byte[] EmptyComments(ReadOnlySpan<byte> stream)
    {
        const int bodyBytes = 16;
        var page = new byte[HeadBytes + 1 + bodyBytes];
        "OggS"u8.CopyTo(page);
        stream.CopyTo(page.AsSpan(14));
        page[NumberAt] = 1;
        page[HeadBytes - 1] = 1;
        page[HeadBytes] = bodyBytes;
        "OpusTags"u8.CopyTo(page.AsSpan(HeadBytes + 1));
        Sum(page.AsSpan(0, HeadBytes + 1), page.AsSpan(HeadBytes + 1));
        return page;
    }

    private static void Sum(Span<byte> head, ReadOnlySpan<byte> body)
    {
        head.Slice(SumAt, 4).Clear();
        BinaryPrimitives.WriteUInt32LittleEndian(head[SumAt..], Crc32.OfOgg(Crc32.OfOgg(0, head), body));
    }

    /// <summary>A whole page with the right checksum.</summary>
    private static bool TryPage(ReadOnlySpan<byte> file, int at, out Page page)
    {
        page = default;
        if (file.Length - at < HeadBytes || !file[at..].StartsWith("OggS\0"u8))
        {
            return false;
        }
        var body = at + HeadBytes + file[at + HeadBytes - 1];
        if (body > file.Length)
        {
            return false;
        }
        var end = body;
        foreach (var length in file[(at + HeadBytes)..body])
        {
            end += length;
        }
        if (end > file.Length)
        {
            return false;
        }
        page = new(at, body, end);
        Span<byte> head = stackalloc byte[HeadBytes + byte.MaxValue];
        head = head[..(body - at)];
        file[at..body].CopyTo(head);
        Sum(head, file[body..end]);
        return head.Slice(SumAt, 4).SequenceEqual(file.Slice(at + SumAt, 4));
    }

    private readonly record struct Page(int Start, int Body, int End);
}
