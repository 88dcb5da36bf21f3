using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging;
using Orleans.Storage;

namespace Actors.Journal.GrainStorage;

/// <summary>
/// The journal of a cluster: a stream is a row of bounded segments kept through Orleans' grain storage, so that Azure
/// Blob, Azure Table or any other provider does the storing.
/// </summary>
/// <remarks>
/// <para>Two storage records are never written atomically, so one record decides: a commit is durable exactly when the
/// tail segment that holds it is. The tail is rewritten under its ETag until it is sealed, then the next number is
/// made, which fails if it exists. The head record is a hint that is written afterwards.</para>
/// <para>A write that failed may have succeeded. The tail is read again: a record carries the id of its commit, so a
/// writer recognises its own. If nothing has changed there, the very same write is tried again; whichever of the
/// attempts arrives first makes the other fail.</para>
/// </remarks>
public sealed class GrainStorageJournal : IJournal
{
    private readonly IGrainStorage _storage;
    private readonly GrainStorageJournalOptions _options;
    private readonly SegmentWriter _writer;
    private readonly LargeBodies _large;
    private readonly SnapshotStore _snapshots;
    private readonly Retention _retention;
    private readonly TailCache _tails;
    private readonly Guid _writerId;
    private long _commits;

    /// <param name="writerId">Never used by another journal instance, or a foreign commit is taken for an own one.</param>
    public GrainStorageJournal(
        IGrainStorage storage,
        GrainStorageJournalOptions options,
        Guid writerId,
        TimeProvider time,
        ILogger<GrainStorageJournal> logger
    )
    {
        _storage = storage;
        _options = options.Checked();
        _writerId = writerId;
        _writer = new SegmentWriter(options, time, logger);
        _large = new LargeBodies(options, time);
        _snapshots = new SnapshotStore(options, logger);
        _retention = new Retention(options, logger);
        _tails = new TailCache(options.CacheBytes);
    }

    public int ReplayedAtRest => _options.SegmentBytes;

    public ValueTask AppendAsync(Commit commit)
    {
        if (commit.Events.Count == 0 && commit.Mark.IsEmpty)
        {
            throw new ArgumentException("A commit carries an event or a mark.", nameof(commit));
        }
        var body = RecordCodec.EncodeBody(commit.Events, commit.Mark);
        if (body.Length > _options.CommitBytes)
        {
            throw new ArgumentException(
                $"A commit of {body.Length} bytes to {commit.Stream} is larger than {_options.CommitBytes}.",
                nameof(commit)
            );
        }
        // The caller reuses the commit's memory, its list of events too, as soon as this returns: nothing that awaits
        // may be given the commit.
        var after = new StreamHead(commit.AfterSequence, commit.AfterVersion);
        return AppendAsync(commit.Stream, after, HeaderOf(commit, body.Length), body);
    }

    public async ValueTask<StreamHead> ReadHeadAsync(StreamId stream) =>
        (await OpenAsync(new StreamRecords(_storage, stream))).Tail.Head;

    public async IAsyncEnumerable<JournalRecord> ReadForwardAsync(
        StreamId stream,
        long afterSequence,
        [EnumeratorCancellation] CancellationToken cancellation = default
    )
    {
        var records = new StreamRecords(_storage, stream);
        var reader = await OpenAsync(records);
        await foreach (var record in ForwardAsync(records, reader, afterSequence, cancellation))
        {
            yield return record;
        }
    }

    /// <summary>
    /// A stream of one segment, as most are, has been read when its tail is found: a snapshot would save nothing. Otherwise the
    /// snapshot is read beside the tail.
    /// </summary>
    public async ValueTask<StreamStart> ReadStartAsync(StreamId stream, int schema)
    {
        var records = new StreamRecords(_storage, stream);
        var found = await StreamReader.LookAsync(records, GuessOf(stream));
        var isLong = found.Head.State.Segment > 1 || found.At.Segment is { State.Sealed: true } or { Number: > 1 };
        var opening = OpenAsync(records, found);
        var remembering = isLong ? _snapshots.ReadAsync(records).AsTask() : Task.FromResult<StreamSnapshot?>(null);
        await Task.WhenAll(opening, remembering);
        var snapshot = await remembering is { } newest && newest.Schema == schema ? newest : null;
        return new StreamStart(snapshot, ForwardAsync(records, await opening, snapshot?.Sequence ?? 0));
    }

    public async ValueTask<IReadOnlyList<RecordedEvent>> ReadBackwardAsync(
        StreamId stream,
        long beforeVersion,
        int maxCount
    )
    {
        List<RecordedEvent> events = [];
        if (maxCount <= 0 || beforeVersion <= 1)
        {
            return events;
        }
        var records = new StreamRecords(_storage, stream);
        // Below a version that is known to be there nothing can have changed, whoever writes: the owner's own history
        // costs no request as long as it lies in the tail.
        var reader =
            _tails.FindHistory(stream) is { } known && beforeVersion - 1 <= known.Head.Version
                ? StreamReader.Before(records, known, _tails.FindHint(stream))
                : await OpenAsync(records);
        using var cipher = StreamCipher.For(stream, _options.Key);
        await foreach (var segment in reader.BackwardAsync(beforeVersion))
        {
            foreach (var stored in segment.Records.Reverse())
            {
                // Not those that say that they hold no event, either: opening one is what proves it.
                if (stored.Header.FirstVersion >= beforeVersion)
                {
                    continue;
                }
                Collect(await DecodeAsync(records, stored, cipher), beforeVersion, maxCount, events);
                if (events.Count == maxCount)
                {
                    return events;
                }
            }
        }
        return events;
    }

    public ValueTask<StreamSnapshot?> ReadSnapshotAsync(StreamId stream) =>
        _snapshots.ReadAsync(new StreamRecords(_storage, stream));

    public async ValueTask WriteSnapshotAsync(StreamId stream, StreamSnapshot snapshot)
    {
        var records = new StreamRecords(_storage, stream);
        var tail = _tails.FindHistory(stream);
        if (tail is null || tail.Head.Sequence < snapshot.Sequence)
        {
            tail = (await OpenAsync(records)).Tail;
        }
        if (tail.Head.Sequence < snapshot.Sequence)
        {
            throw new ArgumentException(
                $"{stream} is at record {tail.Head.Sequence}, the snapshot is of {snapshot.Sequence}.",
                nameof(snapshot)
            );
        }
        await _snapshots.WriteAsync(records, snapshot);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private async ValueTask AppendAsync(StreamId stream, StreamHead after, RecordHeader header, byte[] body)
    {
        var records = new StreamRecords(_storage, stream);
        var tail = _tails.Find(stream);
        if (tail is null || tail.Head != after)
        {
            tail = (await OpenAsync(records)).Tail;
        }
        if (tail.Head != after)
        {
            throw new JournalConflictException(stream, after.Sequence, tail.Head.Sequence);
        }
        // From here until the end the entry is in doubt.
        _tails.Doubt(stream);
        using var cipher = StreamCipher.For(stream, _options.Key);
        var stored = RecordCodec.Protect(header, body, cipher);
        if (header.IsLarge)
        {
            stored = await _large.WriteAsync(records, header, stored);
        }
        var place = tail.State.Sealed ? tail.After(null) : tail;
        var written = await _writer.WriteAsync(records, place.Append(header, stored, _options), header);
        var hint = _tails.FindHint(stream);
        if (place.Count == 0)
        {
            hint = await _retention.SegmentAddedAsync(records, written, header.At, hint);
        }
        _tails.Offer(stream, written, hint);
    }

    /// <summary>
    /// Always reads: a cached tail is good enough to write under its tag and to guess by, but not to say where a stream ends.
    /// </summary>
    private async Task<StreamReader> OpenAsync(StreamRecords records) =>
        await OpenAsync(records, await StreamReader.LookAsync(records, GuessOf(records.Stream)));

    private async Task<StreamReader> OpenAsync(
        StreamRecords records,
        (StoredValue<HeadState> Head, SegmentPlace At) found
    )
    {
        var reader = await StreamReader.OpenAsync(records, found);
        _tails.Offer(records.Stream, reader.Tail, reader.Head);
        return reader;
    }

    private long GuessOf(StreamId stream) => _tails.FindHistory(stream)?.Number ?? 1;

    private async IAsyncEnumerable<JournalRecord> ForwardAsync(
        StreamRecords records,
        StreamReader reader,
        long afterSequence,
        [EnumeratorCancellation] CancellationToken cancellation = default
    )
    {
        using var cipher = StreamCipher.For(records.Stream, _options.Key);
        await foreach (var segment in reader.ForwardAsync(afterSequence).WithCancellation(cancellation))
        {
            foreach (var record in segment.Records)
            {
                if (record.Header.Sequence > afterSequence)
                {
                    cancellation.ThrowIfCancellationRequested();
                    yield return await DecodeAsync(records, record, cipher);
                }
            }
        }
    }

    private RecordHeader HeaderOf(Commit commit, int bodyBytes) =>
        new(
            commit.AfterSequence + 1,
            commit.AfterVersion + 1,
            commit.Events.Count,
            commit.At,
            new CommitId(_writerId, Interlocked.Increment(ref _commits)),
            RecordHeader.FlagsOf(isEncrypted: !_options.Key.IsEmpty, isLarge: bodyBytes > LargeBodies.PartBytes)
        );

    private static async ValueTask<JournalRecord> DecodeAsync(
        StreamRecords records,
        StoredRecord record,
        StreamCipher? cipher
    )
    {
        var body = record.Header.IsLarge ? await LargeBodies.ReadAsync(records, record) : record.Body;
        return RecordCodec.Decode(record, body, cipher);
    }

    private static void Collect(JournalRecord record, long beforeVersion, int maxCount, List<RecordedEvent> events)
    {
        var newest = (int)Math.Min(record.Events.Count, beforeVersion - record.FirstVersion) - 1;
        for (var index = newest; index >= 0 && events.Count < maxCount; index--)
        {
            events.Add(new RecordedEvent(record.FirstVersion + index, record.At, record.Events[index]));
        }
    }
}
