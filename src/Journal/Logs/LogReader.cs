using System.Buffers;
using Actors.Journal.Format;
using Actors.Journal.Index;

namespace Actors.Journal.Logs;

/// <summary>Reads single records by place. A record whose segment was deleted reads as gone (null).</summary>
internal sealed class LogReader(SegmentCatalog segments)
{
    private const int ProbeBytes = 4096;

    /// <summary>The payload of the record at a place.</summary>
    public byte[]? Read(Position at)
    {
        if (at.IsNone || segments.Find(at.Segment) is not { } segment)
        {
            return null;
        }
        try
        {
            return Read(segment, at.Offset);
        }
        catch (ObjectDisposedException) when (segments.Find(at.Segment) is null)
        {
            return null;
        }
    }

    /// <summary>Records of a range that are still there, oldest first.</summary>
    public IReadOnlyList<JournalRecord> ReadRange(Position head, long headSequence, long first, long last)
    {
        var records = new List<JournalRecord>();
        var plain = FindSequence(head, headSequence, last);
        while (plain is not null)
        {
            var record = new RecordView(plain);
            records.Add(record.ToRecord(plain));
            plain = record.Sequence > first ? Read(record.Previous) : null;
        }
        records.Reverse();
        return records;
    }

    /// <summary>Events from a version down that are still there, newest first.</summary>
    public IReadOnlyList<RecordedEvent> ReadBackward(Position head, long version, int maxCount)
    {
        var events = new List<RecordedEvent>();
        var plain = version < 1 || maxCount < 1 ? null : FindVersion(head, version);
        while (plain is not null)
        {
            var view = new RecordView(plain);
            var record = view.ToRecord(plain);
            for (var last = Math.Min(version, record.LastVersion); last >= record.FirstVersion; last--)
            {
                events.Add(new(last, record.At, record.Events[(int)(last - record.FirstVersion)]));
                if (events.Count == maxCount)
                {
                    return events;
                }
            }
            plain = Read(view.Previous);
        }
        return events;
    }

    /// <summary>The record of a sequence number, found from a newer one in O(log n) reads.</summary>
    public byte[]? FindSequence(Position head, long headSequence, long sequence)
    {
        var at = head;
        for (var current = headSequence; ; )
        {
            var plain = Read(at);
            if (plain is null || current == sequence)
            {
                return plain;
            }
            var record = new RecordView(plain);
            var jumpSequence = current - SkipSpine.TreeSize(current);
            if (jumpSequence >= sequence && IsThere(record.Jump))
            {
                (at, current) = (record.Jump, jumpSequence);
            }
            else
            {
                (at, current) = (record.Previous, current - 1);
            }
        }
    }

    /// <summary>The newest record that begins at or before a version, found from a newer one in O(log n) reads.</summary>
    public byte[]? FindVersion(Position head, long version)
    {
        var plain = Read(head);
        while (plain is not null && new RecordView(plain).FirstVersion > version)
        {
            var record = new RecordView(plain);
            var far = IsThere(record.Jump) ? Read(record.Jump) : null;
            plain = far is not null && new RecordView(far).FirstVersion > version ? far : Read(record.Previous);
        }
        return plain;
    }

    private bool IsThere(Position at) => !at.IsNone && segments.Find(at.Segment) is not null;

    private static byte[] Read(Segment segment, long offset)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(ProbeBytes);
        try
        {
            var read = segment.File.Read(buffer.AsSpan(0, ProbeBytes), offset);
            var length = read < RecordFrame.Overhead ? 0 : RecordFrame.LengthOf(buffer);
            if (length <= RecordFrame.Overhead || offset + length > segment.File.Length)
            {
                throw Damage(segment, offset);
            }
            if (length > read)
            {
                ArrayPool<byte>.Shared.Return(buffer);
                buffer = ArrayPool<byte>.Shared.Rent(length);
                segment.File.Read(buffer.AsSpan(0, length), offset);
            }
            return Open(segment, offset, buffer.AsSpan(0, length));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static byte[] Open(Segment segment, long offset, ReadOnlySpan<byte> frame)
    {
        var plain = new byte[frame.Length - RecordFrame.Overhead];
        if (!RecordFrame.IsWhole(frame, offset) || !RecordFrame.TryOpen(segment.Cipher, offset, frame, plain))
        {
            throw Damage(segment, offset);
        }
        return plain;
    }

    private static JournalDamagedException Damage(Segment segment, long offset) =>
        new(segment.Path, offset, "a record is not what was written.");
}
