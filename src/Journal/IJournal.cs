namespace Actors.Journal;

/// <summary>
/// An append-only log of many streams. One stream belongs to one grain; its records form a hash chain.
/// A record is what one commit made durable at once: numbered events, an optional bookkeeping mark, or both.
/// </summary>
/// <remarks>
/// Records of a stream are numbered 1, 2, 3 … (<em>sequence</em>); events have their own gapless numbers from 1
/// (<em>version</em>), because marks are bookkeeping and not history. The sequence is the fence: an append that does
/// not name the newest one is refused, so a stale activation can never write.
/// </remarks>
public interface IJournal : IAsyncDisposable
{
    /// <summary>
    /// Appends one commit, whole or not at all. When the task completes, the commit survives any crash. The commit's
    /// memory is copied before the call returns, so the caller may reuse its buffers at once.
    /// </summary>
    /// <exception cref="JournalConflictException">Somebody else has written to the stream; nothing was written.</exception>
    /// <exception cref="JournalUncertainException">Whether the commit is durable is not known: reread, never guess.</exception>
    /// <exception cref="JournalBusyException">Too much waits for the disk; nothing was written.</exception>
    ValueTask AppendAsync(Commit commit);

    ValueTask<StreamHead> ReadHeadAsync(StreamId stream);

    /// <summary>Records after <paramref name="afterSequence"/>, oldest first.</summary>
    IAsyncEnumerable<JournalRecord> ReadForwardAsync(
        StreamId stream,
        long afterSequence,
        CancellationToken cancellation = default
    );

    /// <summary>
    /// What a stream's owner starts from: the newest snapshot of its <paramref name="schema"/>, and every record after it.
    /// </summary>
    async ValueTask<StreamStart> ReadStartAsync(StreamId stream, int schema)
    {
        var newest = await ReadSnapshotAsync(stream);
        var snapshot = newest?.Schema == schema ? newest : null;
        return new StreamStart(snapshot, ReadForwardAsync(stream, snapshot?.Sequence ?? 0));
    }

    /// <summary>At most <paramref name="maxCount"/> events with a version below <paramref name="beforeVersion"/>, newest first.</summary>
    ValueTask<IReadOnlyList<RecordedEvent>> ReadBackwardAsync(StreamId stream, long beforeVersion, int maxCount);

    ValueTask<StreamSnapshot?> ReadSnapshotAsync(StreamId stream);

    /// <summary>
    /// How many bytes of events an owner that comes to rest leaves to be replayed rather than write a snapshot: a start reads that
    /// much with as few requests as it would a snapshot.
    /// </summary>
    int ReplayedAtRest => 4 * 1024;

    /// <summary>Keeps the newest snapshot of a stream. A snapshot is a cache: losing one loses no history.</summary>
    ValueTask WriteSnapshotAsync(StreamId stream, StreamSnapshot snapshot);
}

/// <summary>Journals that know, without reading them, which streams still have something to do.</summary>
public interface IWakeIndex
{
    /// <summary>Streams whose newest record asked to be woken, with the time asked for.</summary>
    IReadOnlyList<PendingStream> ListPending();
}

public readonly record struct PendingStream(StreamId Stream, DateTimeOffset WakeAt);

/// <summary>One atomic append.</summary>
public readonly record struct Commit
{
    public required StreamId Stream { get; init; }

    /// <summary>The sequence of the newest record that the writer has seen; 0 for a new stream.</summary>
    public required long AfterSequence { get; init; }

    /// <summary>The version of the newest event that the writer has seen; 0 for a new stream.</summary>
    public required long AfterVersion { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary>UTF-8 JSON objects, oldest first; may be empty when there is a mark.</summary>
    public required IReadOnlyList<ReadOnlyMemory<byte>> Events { get; init; }

    /// <summary>UTF-8 JSON bookkeeping that is not history (outbox progress, receipts); empty for none.</summary>
    public ReadOnlyMemory<byte> Mark { get; init; }

    /// <summary>When the stream's owner has something to do next; null when it is at rest after this commit.</summary>
    public DateTimeOffset? WakeAt { get; init; }
}

public readonly record struct StreamHead(long Sequence, long Version)
{
    public static readonly StreamHead Empty;
}

public sealed record JournalRecord(
    long Sequence,
    long FirstVersion,
    DateTimeOffset At,
    IReadOnlyList<ReadOnlyMemory<byte>> Events,
    ReadOnlyMemory<byte> Mark
)
{
    public long LastVersion => FirstVersion + Events.Count - 1;
}

public readonly record struct RecordedEvent(long Version, DateTimeOffset At, ReadOnlyMemory<byte> Json);

/// <param name="Snapshot">Null when there is none of the shape that was asked for.</param>
/// <param name="Records">After the snapshot, oldest first; to be read once.</param>
public sealed record StreamStart(StreamSnapshot? Snapshot, IAsyncEnumerable<JournalRecord> Records);

/// <summary>
/// A folded state, good for every record up to and including <paramref name="Sequence"/>. <paramref name="Schema"/> is the
/// number of the state's shape; the owner ignores snapshots of another shape and replays.
/// </summary>
public sealed record StreamSnapshot(long Sequence, long Version, int Schema, ReadOnlyMemory<byte> Json);
