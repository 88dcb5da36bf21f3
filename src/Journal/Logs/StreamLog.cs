using System.Runtime.CompilerServices;
using Actors.Journal.Format;
using Actors.Journal.Index;
using Actors.Journal.Snapshots;

namespace Actors.Journal.Logs;

/// <summary>
/// One log with its index. Callers encode their records into the filling batch under a short lock; one writer takes it,
/// writes and syncs it, while the next one fills.
/// </summary>
internal sealed class StreamLog : IDisposable
{
    private const int LooksAtMost = 8;

    private readonly object _gate = new();
    private readonly StreamTable _streams;
    private readonly LogTail _tail;
    private readonly JournalOptions _options;
    private readonly JournalFence _fence;
    private readonly JournalRoom _room;
    private readonly TimeProvider _time;
    private readonly CommitEncoder _encoder = new();
    private bool _closing;

    public StreamLog(
        string name,
        LogFiles files,
        LogTail tail,
        StreamTable streams,
        JournalOptions options,
        JournalFence fence,
        JournalRoom room,
        TimeProvider time
    )
    {
        (Name, Files, Reader) = (name, files, new(files.Segments));
        (_tail, _streams, _options, _fence, _room, _time) = (tail, streams, options, fence, room, time);
        fence.Raised += FailWaiting;
    }

    public string Name { get; }
    public LogFiles Files { get; }
    public LogReader Reader { get; }

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
                return _tail.Records;
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
            _encoder.Encode(commit, (int)maxBytes, _tail.Filling, ref SlotOf(commit.Stream));
            written = _tail.Filling.Waiters.Join();
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
                : new(new(slot.Sequence, slot.Version), slot.Head, slot.Snapshot, _tail.DurabilityOf(slot.Head));
        }
    }

    /// <summary>Blocks the log's own thread until there is a batch to write; false when there never will be.</summary>
    public bool WaitForWork()
    {
        lock (_gate)
        {
            while (!_tail.Filling.IsBegun && !_closing && !_fence.IsRaised)
            {
                Monitor.Wait(_gate);
            }
            return _tail.Filling.IsBegun && !_fence.IsRaised;
        }
    }

    /// <summary>
    /// Lets those go first who are about to append, for as long as more of them come: a sync costs the processor the same
    /// for one record as for hundreds. Where a processor is idle this takes no time.
    /// </summary>
    public void LetGather()
    {
        var gathered = 0;
        for (var looks = 0; looks < LooksAtMost; looks++)
        {
            Thread.Yield();
            lock (_gate)
            {
                if (_tail.Filling.Records == gathered)
                {
                    return;
                }
                gathered = _tail.Filling.Records;
            }
        }
    }

    /// <summary>Writes and syncs what has gathered; false when there was nothing. For one caller at a time.</summary>
    public bool WriteOnce()
    {
        if (Take() is not { } batch)
        {
            return false;
        }
        if (!HasRoom(batch))
        {
            return true;
        }
        var started = _time.GetTimestamp();
        try
        {
            LogFiles.Write(batch);
        }
        catch (Exception error)
        {
            _fence.Raise(error);
            batch.Waiters.Fail(_fence.Uncertain());
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
        Files.Dispose();
    }

    /// <summary>A look at everything at one moment; what it does must be quick, for appends wait.</summary>
    public T Locked<T>(Func<LogState, T> look)
    {
        lock (_gate)
        {
            var (replayFrom, batch) = _tail.Newest;
            return look(new(_streams, replayFrom, batch, _tail.DurableEnd, _tail.EverythingDurable));
        }
    }

    /// <summary>Notes where a stream's newest snapshot is; false when that is not better than what is known.</summary>
    public bool TrySetSnapshot(SnapshotPlace place, out SnapshotPlace replaced)
    {
        lock (_gate)
        {
            return _streams.TrySetSnapshot(place, out replaced);
        }
    }

    /// <summary>Makes sure that a segment begun before <paramref name="since"/> takes no more records.</summary>
    public Task Roll(DateTimeOffset since)
    {
        Task written;
        lock (_gate)
        {
            if (
                _closing
                || _fence.IsRaised
                || _room.Full is not null
                || _tail.Last is not { NewestTicks: > 0 } last
                || last.Header.CreatedTicks > since.UtcTicks
            )
            {
                return Task.CompletedTask;
            }
            _tail.EndSegment();
            // A batch without records is enough to make the next segment.
            BeginBatch();
            written = _tail.Filling.Waiters.Join();
        }
        WorkPending?.Invoke();
        return written;
    }

    /// <summary>
    /// Deletes segments whose newest record is older than <paramref name="time"/>, but never the last segment, and forgets
    /// the streams that have nothing left. Returns the snapshots of these.
    /// </summary>
    public IReadOnlyList<SnapshotPlace> DeleteBefore(DateTimeOffset time)
    {
        while (Files.Segments.All is [var first, _, ..] && first.NewestTicks < time.UtcTicks)
        {
            Files.DeleteFirst();
        }
        lock (_gate)
        {
            return _streams.RemoveBefore(Files.Segments.FirstNumber);
        }
    }

    /// <summary>Gives back what is allocated behind the end. For after <see cref="StopIntake"/>, when all is written.</summary>
    public void Seal() => Files.Seal(_tail.End);

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
        if (!_room.MayTry())
        {
            return _room.Refusal();
        }
        var filling = _tail.Filling;
        if (filling is { IsBegun: true, Records: > 0 } && filling.Length + maxBytes > _options.MaxPendingBytes)
        {
            return new JournalBusyException(filling.Length);
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
        var isFirst = _tail.Begin();
        if (isFirst)
        {
            Monitor.Pulse(_gate);
        }
        return isFirst;
    }

    private ref StreamSlot SlotOf(StreamId stream)
    {
        ref var slot = ref _streams.Find(stream.Value);
        return ref Unsafe.IsNullRef(ref slot) ? ref _streams.Add(stream) : ref slot;
    }

    private BatchBuffer? Take()
    {
        lock (_gate)
        {
            return _tail.Filling.IsBegun && !_fence.IsRaised ? _tail.Take() : null;
        }
    }

    /// <summary>False when there is none: the batch, and what has gathered behind it, is as if it had never been.</summary>
    private bool HasRoom(BatchBuffer batch)
    {
        try
        {
            Files.MakeRoom(batch);
        }
        catch (Exception error)
        {
            _room.Refuse(error);
            IReadOnlyList<BatchWaiters> refused;
            lock (_gate)
            {
                refused = _tail.GiveBack(batch, _streams);
            }
            foreach (var waiters in refused)
            {
                waiters.Fail(_room.Refusal());
            }
            return false;
        }
        _room.Found();
        return true;
    }

    private BatchWaiters Finish(BatchBuffer batch)
    {
        lock (_gate)
        {
            return _tail.Finish(batch);
        }
    }

    private void Complete(BatchWaiters waiters)
    {
        if (_options.Drive == JournalDrive.Manual)
        {
            waiters.Complete();
        }
        else
        {
            // Telling thousands of waiters takes a while; the writer has the next batch to write.
            ThreadPool.UnsafeQueueUserWorkItem(static waiters => waiters.Complete(), waiters, preferLocal: false);
        }
    }

    private void FailWaiting(Exception cause)
    {
        BatchWaiters? waiting;
        lock (_gate)
        {
            waiting = _tail.Filling.IsBegun ? _tail.Filling.Waiters : null;
            Monitor.PulseAll(_gate);
        }
        waiting?.Fail(_fence.Uncertain());
    }
}
