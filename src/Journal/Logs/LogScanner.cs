using Actors.Journal.Disks;
using Actors.Journal.Format;

namespace Actors.Journal.Logs;

internal delegate void RecordVisitor(in RecordView record, Position at, string path);

/// <summary>What a saved index knows of a log: where to go on reading, and what the files must at least hold.</summary>
internal sealed record LogMark(
    Guid LogId,
    Position ReplayFrom,
    long NextBatch,
    Position SyncedTo,
    IReadOnlyList<SegmentMark> Segments
);

internal readonly record struct SegmentMark(int Number, long Length, long NewestTicks);

/// <summary>Where a log ends, and what has to be put right before it may go on.</summary>
internal sealed record ScannedLog(SegmentCatalog Segments, Guid LogId, Position End, long NextBatch)
{
    public static readonly Position NoBatch;

    public Position LastBatch { get; init; }

    /// <summary>The newest batch that was read, in whichever segment; none when nothing was.</summary>
    public (Position At, int Length) NewestBatch { get; init; }

    /// <summary>Something that was never synced follows the end.</summary>
    public bool IsTorn { get; init; }

    /// <summary>A file that was being made when the machine stopped; null for none.</summary>
    public string? UnbornPath { get; init; }

    /// <summary>True when a saved index shows that all of it was synced.</summary>
    public bool IsKnownSynced { get; init; }
}

/// <summary>Reads a log's files in order, checks that nothing is missing or changed, and shows every record to a visitor.</summary>
/// <remarks>
/// A log that is being written meanwhile may show half a batch at its end. With <c>looksAgain</c> such a place is looked at
/// anew for as long as it returns true: what is being written will be whole soon, what is damaged never. With <c>until</c>, the
/// end of a batch, nothing behind that is looked at.
/// </remarks>
internal sealed class LogScanner(
    IDisk disk,
    string directory,
    JournalKey key,
    SegmentCatalog segments,
    bool startMayBeGone,
    RecordVisitor visit,
    Func<bool>? looksAgain = null,
    Position? until = null
)
{
    private byte[] _plain = new byte[4096];
    private string? _unborn;

    public ScannedLog Scan(LogMark? mark)
    {
        OpenSegments();
        var from = StartOf(mark);
        if (segments.Last is null)
        {
            RequireEverythingSynced(mark, default);
            return new(segments, mark?.LogId ?? Guid.Empty, default, 1) { UnbornPath = _unborn };
        }
        CheckLengths(mark);
        var log = ScanFrom(mark, from);
        RequireEverythingSynced(mark, log.End);
        return log with { UnbornPath = _unborn, IsKnownSynced = mark is not null && mark.SyncedTo == log.End };
    }

    private void OpenSegments()
    {
        var numbers = SegmentCatalog.Numbers(disk, directory);
        for (var i = 0; i < numbers.Count; i++)
        {
            if (
                numbers[i]
                != (
                    i > 0 ? numbers[i - 1] + 1
                    : startMayBeGone ? numbers[0]
                    : 1
                )
            )
            {
                throw new JournalDamagedException(directory, 0, $"the segment before number {numbers[i]} is missing.");
            }
            if (i == numbers.Count - 1 && IsUnborn(numbers[i]))
            {
                _unborn = Segment.PathOf(directory, numbers[i]);
                return;
            }
            segments.Add(Segment.Existing(disk, key, directory, numbers[i]));
        }
    }

    // Only a file without a single written byte was never in use.
    private bool IsUnborn(int number)
    {
        using var file = disk.OpenFile(Segment.PathOf(directory, number), writable: false);
        return new SegmentWindow(file).NextWritten(0) == file.Length;
    }

    private Position StartOf(LogMark? mark) =>
        mark is not null && segments.Find(mark.ReplayFrom.Segment) is not null
            ? mark.ReplayFrom
            : new(segments.FirstNumber, Sector.Bytes);

    // Old segments are not read at a start; but one that is shorter than it was known to be has lost something.
    private void CheckLengths(LogMark? mark)
    {
        foreach (var known in mark?.Segments ?? [])
        {
            if (segments.Find(known.Number) is not { } segment)
            {
                continue;
            }
            (segment.NewestTicks, segment.FinalLength) = (known.NewestTicks, known.Length);
            using var file = disk.OpenFile(segment.Path, writable: false);
            if (file.Length < known.Length)
            {
                throw new JournalDamagedException(
                    segment.Path,
                    file.Length,
                    $"the file had {known.Length} bytes and now has {file.Length}."
                );
            }
        }
    }

    private static void RequireEverythingSynced(LogMark? mark, Position end)
    {
        if (mark is not null && end < mark.SyncedTo)
        {
            throw new JournalDamagedException(
                $"segment {end.Segment}",
                end.Offset,
                $"the log ends here, but it was synced as far as segment {mark.SyncedTo.Segment}, byte {mark.SyncedTo.Offset}."
            );
        }
    }

    private ScannedLog ScanFrom(LogMark? mark, Position from)
    {
        var first = segments.Find(from.Segment)!;
        var logId = mark?.LogId ?? first.Header.LogId;
        var isMarked = mark is not null && mark.ReplayFrom == from;
        var log = new ScannedLog(segments, logId, from, isMarked ? mark!.NextBatch : first.Header.FirstBatch);
        for (var segment = first; segment is not null; segment = segments.Find(segment.Number + 1))
        {
            log = Enter(segment, segment == first ? from : log.End, log, isContinued: segment == first);
            log = ScanSegment(segment, log);
            if (log.End >= until)
            {
                break;
            }
        }
        return log;
    }

    private static ScannedLog Enter(Segment segment, Position end, ScannedLog log, bool isContinued)
    {
        var header = segment.Header;
        if (header.Kind != SegmentKind.Log || header.LogId != log.LogId)
        {
            throw new JournalDamagedException(segment.Path, 0, "the file belongs to another log.");
        }
        if (isContinued)
        {
            return log;
        }
        if (header.PreviousEnd != end || header.FirstBatch != log.NextBatch)
        {
            throw new JournalDamagedException(segment.Path, 0, "it does not continue the segment before.");
        }
        return log with { End = new(segment.Number, Sector.Bytes), LastBatch = ScannedLog.NoBatch };
    }

    private ScannedLog ScanSegment(Segment segment, ScannedLog log)
    {
        var window = new SegmentWindow(segment.File);
        if (log.End.Offset == Sector.Bytes)
        {
            segment.NewestTicks = 0;
        }
        while (!(log.End >= until))
        {
            ReadOnlySpan<byte> bytes;
            BatchHeader header;
            try
            {
                if (!TryReadBatch(window, log, out header, out bytes))
                {
                    return AtEnd(segment, window, log);
                }
            }
            catch (Exception fault) when (fault is JournalDamagedException or IOException && MayLookAgain(segment))
            {
                window = new SegmentWindow(segment.File);
                continue;
            }
            VisitRecords(segment, header, bytes);
            segment.NewestTicks = Math.Max(segment.NewestTicks, header.NewestTicks);
            log = log with
            {
                End = new(segment.Number, log.End.Offset + header.Length),
                NextBatch = log.NextBatch + 1,
                LastBatch = log.End,
                NewestBatch = (log.End, header.Length),
            };
        }
        return log;
    }

    private bool MayLookAgain(Segment segment) => segment == segments.Last && looksAgain?.Invoke() == true;

    private ScannedLog AtEnd(Segment segment, SegmentWindow window, ScannedLog log)
    {
        // Nothing is ever appended to a file of an earlier life.
        segment.FinalLength = log.End.Offset;
        if (segment == segments.Last)
        {
            return log with { IsTorn = TailRule.IsTorn(window, segment.Path, log.End, log.NextBatch, log.LogId) };
        }
        if (window.NextWritten(log.End.Offset) != window.FileLength)
        {
            throw new JournalDamagedException(
                segment.Path,
                log.End.Offset,
                $"batch {log.NextBatch} is not what was written."
            );
        }
        return log;
    }

    private static bool TryReadBatch(
        SegmentWindow window,
        ScannedLog log,
        out BatchHeader header,
        out ReadOnlySpan<byte> bytes
    )
    {
        bytes = default;
        if (
            !BatchHeader.TryDecode(window.At(log.End.Offset, Sector.Bytes), log.LogId, out header)
            || header.Number != log.NextBatch
            || header.Position != log.End
        )
        {
            return false;
        }
        bytes = window.At(log.End.Offset, header.Length);
        return bytes.Length == header.Length && BatchHeader.BodyIsWhole(bytes);
    }

    private void VisitRecords(Segment segment, BatchHeader header, ReadOnlySpan<byte> batch)
    {
        var end = BatchHeader.Bytes + header.RecordBytes;
        var records = 0;
        for (var at = BatchHeader.Bytes; at < end; records++)
        {
            var offset = header.Position.Offset + at;
            var length = RecordFrame.LengthOf(batch[at..]);
            if (length <= RecordFrame.Overhead || length > end - at)
            {
                throw new JournalDamagedException(segment.Path, offset, "a record's length is impossible.");
            }
            var plain = Open(segment, offset, batch.Slice(at, length));
            visit(new RecordView(plain), new(segment.Number, offset), segment.Path);
            at += length;
        }
        if (records != header.Records)
        {
            throw new JournalDamagedException(segment.Path, header.Position.Offset, "records are missing in a batch.");
        }
    }

    private ReadOnlySpan<byte> Open(Segment segment, long offset, ReadOnlySpan<byte> frame)
    {
        var plainLength = frame.Length - RecordFrame.Overhead;
        if (plainLength > _plain.Length)
        {
            _plain = new byte[plainLength * 2];
        }
        if (!RecordFrame.IsWhole(frame, offset) || !RecordFrame.TryOpen(segment.Cipher, offset, frame, _plain))
        {
            throw new JournalDamagedException(segment.Path, offset, "a record is not what was written.");
        }
        return _plain.AsSpan(0, plainLength);
    }
}
