using System.Runtime.CompilerServices;
using Actors.Journal.Format;
using Actors.Journal.Index;
using Actors.Journal.Snapshots;

namespace Actors.Journal.Logs;

/// <summary>The newest record of a stream and when it is durable; callers await that before they believe it.</summary>
internal readonly record struct LogHead(StreamHead Head, Position At, Position Snapshot, Task Durable);

/// <summary>
/// One log with its index. Callers encode their records into the filling batch under a short lock; one writer takes it,
/// writes and syncs it, while the next one fills.
/// </summary>
internal sealed class StreamLog : IDisposable
{
    private readonly object _gate = new();
    private readonly StreamTable _streams;
    private readonly LogFiles _files;
    private readonly LogReader _reader;
    private readonly JournalOptions _options;
    private readonly JournalFence _fence;
    private readonly TimeProvider _time;
    private BatchBuffer _filling = new();
    private BatchBuffer _spare = new();
    private BatchBuffer? _writing;
    private Segment? _active;
    private Position _end;
    private Position _durableEnd;
    private long _nextBatch;

    // A saved index replays from here and not from the end, so that a start looks at the tail whatever was saved.
    private (Position At, long Number) _newest;
    private byte[] _plain = new byte[4096];
    private bool _closing;

    public StreamLog(
        string name,
        LogFiles files,
        ScannedLog scanned,
        StreamTable streams,
        JournalOptions options,
        JournalFence fence,
        TimeProvider time
    )
    {
        Name = name;
        _files = files;
        _streams = streams;
        _reader = new(files.Segments);
        _options = options;
        _fence = fence;
        _time = time;
        _end = _durableEnd = scanned.End;
        _nextBatch = scanned.NextBatch;
        _newest = scanned.LastBatch == ScannedLog.NoBatch ? (_end, _nextBatch) : (scanned.LastBatch, _nextBatch - 1);
        fence.Raised += FailWaiting;
    }

    public string Name { get; }
    public LogReader Reader => _reader;
    public LogFiles Files => _files;

    /// <summary>Called, outside the lock, when the first record of a batch has come.</summary>
    public Action? WorkPending { get; set; }

    /// <summary>Called after each batch with its records, bytes and duration.</summary>
    public Action<int, int, TimeSpan>? Synced { get; set; }

    public int QueueDepth
    {
        get
        {
            lock (_gate)
            {
                return (_filling.IsBegun ? _filling.Records : 0) + (_writing?.Records ?? 0);
            }
        }
    }

    public ValueTask Append(in Commit commit)
    {
        var maxBytes = RecordView.MaxBytes(commit);
        if (maxBytes > _options.MaxRecordBytes)
        {
            throw new ArgumentException($"A commit may have {_options.MaxRecordBytes} bytes at most.", nameof(commit));
        }
        bool isFirst;
        Task written;
        lock (_gate)
        {
            if (Refusal(commit, (int)maxBytes) is { } refusal)
            {
                return ValueTask.FromException(refusal);
            }
            isFirst = BeginBatch();
            Encode(commit, (int)maxBytes);
            written = _filling.Written.Task;
        }
        if (isFirst)
        {
            WorkPending?.Invoke();
        }
        return new(written);
    }

    public LogHead Head(StreamId stream)
    {
        lock (_gate)
        {
            ref var slot = ref _streams.Find(stream.Value);
            return Unsafe.IsNullRef(ref slot)
                ? new(StreamHead.Empty, default, default, Task.CompletedTask)
                : new(new(slot.Sequence, slot.Version), slot.Head, slot.Snapshot, DurabilityOf(slot.Head));
        }
    }

    /// <summary>Blocks the log's own thread until there is a batch to write; false when there never will be.</summary>
    public bool WaitForWork()
    {
        lock (_gate)
        {
            while (!_filling.IsBegun && !_closing && !_fence.IsRaised)
            {
                Monitor.Wait(_gate);
            }
            return _filling.IsBegun && !_fence.IsRaised;
        }
    }

    /// <summary>Writes and syncs what has gathered; false when there was nothing. For one caller at a time.</summary>
    public bool WriteOnce()
    {
        if (Take() is not { } batch)
        {
            return false;
        }
        var started = _time.GetTimestamp();
        try
        {
            _files.Write(batch);
        }
        catch (Exception error)
        {
            _fence.Raise(error);
            Fail(batch.Written);
            return true;
        }
        var (records, bytes, duration) = (batch.Records, batch.SealedLength, _time.GetElapsedTime(started));
        Complete(Finish(batch));
        Synced?.Invoke(records, bytes, duration);
        return true;
    }

    /// <summary>No appends from here on; what has gathered is still written.</summary>
    public void StopIntake()
    {
        lock (_gate)
        {
            _closing = true;
            Monitor.PulseAll(_gate);
        }
    }

    public void Dispose()
    {
        _fence.Raised -= FailWaiting;
        _files.Dispose();
    }

    // ---- for the maintenance of the journal: saved index, snapshots, retention ----

    public T Locked<T>(Func<LogState, T> read)
    {
        lock (_gate)
        {
            var waiting = _filling.IsBegun ? _filling.Written.Task : _writing?.Written.Task;
            return read(new(_streams, _newest.At, _newest.Number, _durableEnd, waiting ?? Task.CompletedTask));
        }
    }

    public IReadOnlyList<PendingStream> ListPending() =>
        List(
            static (in StreamSlot slot) => slot.WakeTicks != 0,
            static (in StreamSlot slot) => new PendingStream(slot.Id, new(slot.WakeTicks, TimeSpan.Zero))
        );

    public IReadOnlyList<SnapshotPlace> ListSnapshots() =>
        List(
            static (in StreamSlot slot) => !slot.Snapshot.IsNone,
            static (in StreamSlot slot) =>
                new SnapshotPlace(slot.Id, slot.SnapshotSequence, slot.Snapshot, slot.SnapshotBytes)
        );

    public StreamId? FindStream(Func<StreamId, bool> matches) =>
        List((in StreamSlot slot) => matches(slot.Id), static (in StreamSlot slot) => slot.Id) is [var first, ..]
            ? first
            : null;

    private delegate T Look<out T>(in StreamSlot slot);

    private List<T> List<T>(Look<bool> matches, Look<T> select)
    {
        lock (_gate)
        {
            var found = new List<T>();
            for (var number = 0; number < _streams.HighWater; number++)
            {
                ref var slot = ref _streams[number];
                if (slot.IsUsed && matches(slot))
                {
                    found.Add(select(slot));
                }
            }
            return found;
        }
    }

    /// <summary>Notes where a stream's newest snapshot is; false when that is not better than what is known.</summary>
    public bool TrySetSnapshot(SnapshotPlace place, out SnapshotPlace replaced)
    {
        lock (_gate)
        {
            replaced = default;
            ref var slot = ref _streams.Find(place.Stream.Value);
            if (
                Unsafe.IsNullRef(ref slot)
                || place.Sequence > slot.Sequence
                || (place.Sequence < slot.SnapshotSequence && !slot.Snapshot.IsNone)
            )
            {
                return false;
            }
            replaced = new(place.Stream, slot.SnapshotSequence, slot.Snapshot, slot.SnapshotBytes);
            slot.Snapshot = place.At;
            slot.SnapshotSequence = place.Sequence;
            slot.SnapshotBytes = place.Bytes;
            return true;
        }
    }

    /// <summary>Forgets the streams whose newest record is gone with its segment; returns their snapshots.</summary>
    public IReadOnlyList<SnapshotPlace> ForgetGone()
    {
        lock (_gate)
        {
            var forgotten = new List<SnapshotPlace>();
            for (var number = 0; number < _streams.HighWater; number++)
            {
                ref var slot = ref _streams[number];
                if (slot.IsUsed && slot.Head.Segment < _files.Segments.FirstNumber)
                {
                    forgotten.Add(new(slot.Id, slot.SnapshotSequence, slot.Snapshot, slot.SnapshotBytes));
                    _streams.Remove(number);
                }
            }
            return forgotten;
        }
    }

    /// <summary>Makes sure that a segment started before <paramref name="since"/> takes no more records.</summary>
    public Task Roll(DateTimeOffset since)
    {
        Task written;
        lock (_gate)
        {
            var last = _active ?? _files.Segments.Last;
            if (
                _closing
                || _fence.IsRaised
                || last is not { NewestTicks: > 0 }
                || last.Header.CreatedTicks > since.UtcTicks
            )
            {
                return Task.CompletedTask;
            }
            _active = null;
            // A batch without records is enough to make the next segment.
            BeginBatch();
            written = _filling.Written.Task;
        }
        WorkPending?.Invoke();
        return written;
    }

    /// <summary>Deletes segments whose newest record is older than <paramref name="time"/>; never the last segment.</summary>
    public void DeleteBefore(DateTimeOffset time)
    {
        while (_files.Segments.All is [var first, _, ..] && first.NewestTicks < time.UtcTicks)
        {
            _files.DeleteFirst();
        }
    }

    /// <summary>Gives back what is allocated behind the end. For after <see cref="StopIntake"/>, when all is written.</summary>
    public void Seal() => _files.Seal(_end);

    private Exception? Refusal(in Commit commit, int maxBytes)
    {
        if (_closing)
        {
            return new ObjectDisposedException(nameof(FileJournal));
        }
        if (_fence.IsRaised)
        {
            return _fence.Uncertain();
        }
        if (_filling.IsBegun && _filling.Records > 0 && _filling.Length + maxBytes > _options.MaxPendingBytes)
        {
            return new JournalBusyException(_filling.Length);
        }
        ref var slot = ref _streams.Find(commit.Stream.Value);
        var (sequence, version) = Unsafe.IsNullRef(ref slot) ? (0, 0) : (slot.Sequence, slot.Version);
        if (sequence != commit.AfterSequence)
        {
            return new JournalConflictException(commit.Stream, commit.AfterSequence, sequence);
        }
        return version == commit.AfterVersion
            ? null
            : new ArgumentException($"Record {sequence} of {commit.Stream} ends with version {version}.");
    }

    private bool BeginBatch()
    {
        if (_filling.IsBegun)
        {
            return false;
        }
        var offset = _end.Offset;
        if (_active is null || offset >= _options.SegmentBytes)
        {
            _active = _files.Plan(_end, _nextBatch, _time.GetUtcNow());
            offset = Sector.Bytes;
        }
        var options =
            _options.Drive == JournalDrive.Manual
                ? TaskCreationOptions.None
                : TaskCreationOptions.RunContinuationsAsynchronously;
        _filling.Begin(_active, offset, _nextBatch, new(options));
        Monitor.Pulse(_gate);
        return true;
    }

    private void Encode(in Commit commit, int maxBytes)
    {
        if (_plain.Length < maxBytes)
        {
            _plain = new byte[maxBytes];
        }
        ref var slot = ref _streams.Find(commit.Stream.Value);
        if (Unsafe.IsNullRef(ref slot))
        {
            slot = ref _streams.Add(commit.Stream);
        }
        var hash = slot.Hash;
        var jump = SkipSpine.NextJump(slot.Sequence, slot.Head, slot.Spine);
        var length = RecordView.Encode(_plain, commit, slot.Head, jump, ref hash);
        var offset = _filling.NextRecordOffset;
        var frame = _filling.Add(length + RecordFrame.Overhead, commit.At.UtcTicks);
        RecordFrame.Seal(_filling.Segment.Cipher, offset, _plain.AsSpan(0, length), frame);
        var at = new Position(_filling.Segment.Number, offset);
        slot.Advance(at, commit.Events.Count, commit.WakeAt?.UtcTicks ?? 0, hash);
    }

    private BatchBuffer? Take()
    {
        lock (_gate)
        {
            if (!_filling.IsBegun || _fence.IsRaised)
            {
                return null;
            }
            var batch = _filling;
            (_filling, _spare) = (_spare, _filling);
            _writing = batch;
            _newest = (batch.Start, batch.Number);
            _end = batch.End;
            _nextBatch++;
            return batch;
        }
    }

    private TaskCompletionSource Finish(BatchBuffer batch)
    {
        lock (_gate)
        {
            _durableEnd = batch.End;
            _writing = null;
            var written = batch.Written;
            batch.Clear();
            return written;
        }
    }

    private void Complete(TaskCompletionSource written)
    {
        if (_options.Drive == JournalDrive.Manual)
        {
            written.SetResult();
        }
        else
        {
            // Telling thousands of waiters takes a while; the writer has the next batch to write.
            ThreadPool.UnsafeQueueUserWorkItem(static written => written.SetResult(), written, preferLocal: false);
        }
    }

    private void FailWaiting(Exception cause)
    {
        TaskCompletionSource? waiting;
        lock (_gate)
        {
            waiting = _filling.IsBegun ? _filling.Written : null;
            Monitor.PulseAll(_gate);
        }
        Fail(waiting);
    }

    private void Fail(TaskCompletionSource? waiting)
    {
        waiting?.TrySetException(_fence.Uncertain());
        // A batch may have no waiter left; its failure is not unobserved for that.
        _ = waiting?.Task.Exception;
    }

    private Task DurabilityOf(Position at) =>
        at < _durableEnd || at.IsNone ? Task.CompletedTask
        : _writing is { } writing && at < writing.End ? writing.Written.Task
        : _filling.Written.Task;
}

/// <summary>A look at a log while it is locked.</summary>
internal readonly record struct LogState(
    StreamTable Streams,
    Position ReplayFrom,
    long NextBatch,
    Position SyncedTo,
    Task EverythingDurable
);
