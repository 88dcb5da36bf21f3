using System.Text;
using Actors.Journal.Format;
using Actors.Journal.Index;
using Actors.Journal.Logs;
using Actors.Journal.Maintenance;

namespace Actors.Journal.Tools;

/// <summary>
/// Says which record a damaged place held. Its own bytes cannot tell any more, but the stream's next record points back at
/// it, and a saved index may know it as the newest of its stream.
/// </summary>
internal sealed class DamagedRecord(StoredJournal journal)
{
    private byte[] _plain = [];

    /// <summary>Null when not even the place of a record is known.</summary>
    public string? Describe(JournalDamagedException damage)
    {
        foreach (var place in journal.Layout.Logs)
        {
            foreach (var number in journal.SegmentNumbers(place))
            {
                if (Segment.PathOf(place.Directory, number) == damage.Path)
                {
                    return Describe(place, number, damage.Offset);
                }
            }
        }
        return null;
    }

    private string? Describe(LogPlace place, int number, long offset)
    {
        using var segment = journal.Segment(place, number);
        try
        {
            var window = new SegmentWindow(segment.File);
            if (FirstBad(window, offset, segment.Header.LogId) is not { } bad)
            {
                return null;
            }
            var name = NameByNext(place, new(number, bad)) ?? NameByIndex(place, new(number, bad));
            return $"the first bad record is at byte {bad}: {name ?? "the newest of its stream, whose name went with it"}";
        }
        catch (JournalDamagedException)
        {
            return null;
        }
    }

    /// <summary>The place of the first record of a batch that does not match its checksum.</summary>
    private static long? FirstBad(SegmentWindow window, long offset, Guid logId)
    {
        if (!BatchHeader.TryDecode(window.At(offset, Sector.Bytes), logId, out var header))
        {
            return null;
        }
        var batch = window.At(offset, header.Length);
        for (var at = BatchHeader.Bytes; at < Math.Min(batch.Length, BatchHeader.Bytes + header.RecordBytes); )
        {
            if (!TryFrame(batch[at..], offset + at, out var frame))
            {
                return offset + at;
            }
            at += frame.Length;
        }
        return null;
    }

    private static bool TryFrame(ReadOnlySpan<byte> rest, long offset, out ReadOnlySpan<byte> frame)
    {
        frame = default;
        if (rest.Length <= RecordFrame.Overhead)
        {
            return false;
        }
        var length = RecordFrame.LengthOf(rest);
        if (length <= RecordFrame.Overhead || length > rest.Length)
        {
            return false;
        }
        frame = rest[..length];
        return RecordFrame.IsWhole(frame, offset);
    }

    private string? NameByNext(LogPlace place, Position bad)
    {
        foreach (var number in journal.SegmentNumbers(place).Where(number => number >= bad.Segment))
        {
            using var segment = journal.Segment(place, number);
            var window = new SegmentWindow(segment.File);
            for (var offset = (long)Sector.Bytes; offset < window.FileLength; offset += Sector.Bytes)
            {
                if (
                    BatchHeader.TryDecode(window.At(offset, Sector.Bytes), segment.Header.LogId, out var header)
                    && NameIn(segment, window.At(offset, header.Length), offset, bad) is { } name
                )
                {
                    return name;
                }
            }
        }
        return null;
    }

    private string? NameIn(Segment segment, ReadOnlySpan<byte> batch, long batchOffset, Position bad)
    {
        for (var at = BatchHeader.Bytes; TryFrame(batch[at..], batchOffset + at, out var frame); at += frame.Length)
        {
            if (_plain.Length < frame.Length)
            {
                _plain = new byte[frame.Length * 2];
            }
            if (!RecordFrame.TryOpen(segment.Cipher, batchOffset + at, frame, _plain))
            {
                continue;
            }
            var record = new RecordView(_plain.AsSpan(0, frame.Length - RecordFrame.Overhead));
            if (record.Previous == bad)
            {
                return $"record {record.Sequence - 1} of {Encoding.UTF8.GetString(record.Stream)}";
            }
        }
        return null;
    }

    private string? NameByIndex(LogPlace place, Position bad) =>
        journal
            .SavedStreams(place)
            .Select(
                (in StreamSlot slot) => slot.Head == bad,
                static (in StreamSlot slot) => $"record {slot.Sequence} of {slot.Id}"
            )
            .FirstOrDefault();
}
