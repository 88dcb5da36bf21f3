using Actors.Journal.Format;
using Actors.Journal.Index;

namespace Actors.Journal.Logs;

/// <summary>
/// The end of a log: the batch that fills, the one on its way to the disk, and what is durable. Guarded by the lock of its
/// <see cref="StreamLog"/>.
/// </summary>
internal sealed class LogTail(LogFiles files, ScannedLog scanned, JournalOptions options, TimeProvider time)
{
    private BatchBuffer _spare = new();
    private BatchBuffer? _writing;
    private Segment? _active;
    private long _nextBatch = scanned.NextBatch;
    private (Position End, (Position, long) Newest) _beforeWriting;

    public BatchBuffer Filling { get; private set; } = new();

    /// <summary>Where the newest batch that was taken ends.</summary>
    public Position End { get; private set; } = scanned.End;

    public Position DurableEnd { get; private set; } = scanned.End;

    /// <summary>Where the newest batch begins. A saved index replays from here, so that a start always looks at the tail.</summary>
    public (Position At, long Number) Newest { get; private set; } =
        scanned.LastBatch == ScannedLog.NoBatch
            ? (scanned.End, scanned.NextBatch)
            : (scanned.LastBatch, scanned.NextBatch - 1);

    public int Records => (Filling.IsBegun ? Filling.Records : 0) + (_writing?.Records ?? 0);

    /// <summary>The segment that takes records now, or would if it were not of an earlier life.</summary>
    public Segment? Last => _active ?? files.Segments.Last;

    public Task EverythingDurable =>
        Filling.IsBegun ? Filling.Waiters.Join() : _writing?.Waiters.Join() ?? Task.CompletedTask;

    /// <summary>Makes room for records; true when there was none before, so that a writer has to be told.</summary>
    public bool Begin()
    {
        if (Filling.IsBegun)
        {
            return false;
        }
        var offset = End.Offset;
        if (_active is null || offset >= options.SegmentBytes)
        {
            _active = files.Plan(End, _nextBatch, time.GetUtcNow());
            offset = Sector.Bytes;
        }
        Filling.Begin(_active, offset, _nextBatch, new(areShared: options.Drive == JournalDrive.Thread));
        return true;
    }

    /// <summary>Lets the next batch begin a segment, which a segment of an earlier life gets anyway.</summary>
    public void EndSegment() => _active = null;

    /// <summary>Hands out the filled batch to be written, and begins to fill the other buffer.</summary>
    public BatchBuffer Take()
    {
        var batch = Filling;
        (Filling, _spare) = (_spare, batch);
        _writing = batch;
        _beforeWriting = (End, Newest);
        Newest = (batch.Start, batch.Number);
        End = batch.End;
        _nextBatch++;
        return batch;
    }

    /// <summary>Notes that the taken batch is durable; its waiters are to be told.</summary>
    public BatchWaiters Finish(BatchBuffer batch)
    {
        DurableEnd = batch.End;
        _writing = null;
        var waiters = batch.Waiters;
        batch.Clear();
        return waiters;
    }

    /// <summary>
    /// Takes back the taken batch, of which nothing was written, and the one that fills behind it. Their places will be used
    /// again: what was encrypted for these has never left the memory.
    /// </summary>
    public IReadOnlyList<BatchWaiters> GiveBack(BatchBuffer batch, StreamTable streams)
    {
        var waiters = new List<BatchWaiters> { batch.Waiters };
        if (Filling.IsBegun)
        {
            waiters.Add(Filling.Waiters);
            Filling.Undo(streams);
            Filling.Clear();
        }
        _active = batch.Segment.HasFile ? batch.Segment : null;
        batch.Undo(streams);
        batch.Clear();
        (End, Newest) = _beforeWriting;
        _nextBatch--;
        _writing = null;
        return waiters;
    }

    public Task DurabilityOf(Position at) =>
        at < DurableEnd ? Task.CompletedTask
        : _writing is { } writing && at < writing.End ? writing.Waiters.Join()
        : Filling.Waiters.Join();
}
