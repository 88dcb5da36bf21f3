using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Orleans.Storage;

namespace Actors.Journal.GrainStorage;

/// <summary>The storage holds something that the directory does not; nothing of that is ever written over.</summary>
public sealed class JournalMoveException(StreamId stream, string reason)
    : Exception($"The storage holds other data: {stream}: {reason}.")
{
    public StreamId Stream { get; } = stream;
}

/// <summary>What a move has found and done.</summary>
/// <param name="Records">All records that were compared on both sides.</param>
/// <param name="Written">Those of them that this run has written; the others were there.</param>
public sealed record MoveResult(long Streams, long Records, long Written, long Snapshots, long WakeUps);

/// <summary>
/// Brings every stream of a directory into grain storage and reads it back: events, marks, numbers and times are compared
/// record by record, and the storage's own hash chain is proven by that reading.
/// </summary>
/// <param name="wakeAsync">Makes sure that a stream's owner is woken on the other side, as the directory's index would have done.</param>
/// <remarks>
/// Made again after it was cut off, it goes on: what is there and the same stays, what is missing is written. A storage
/// that holds anything else is refused before the first write.
/// </remarks>
public sealed class JournalMove(
    FileJournal source,
    IGrainStorage storage,
    IStreamCatalog catalog,
    GrainStorageJournalOptions options,
    Func<PendingStream, Task> wakeAsync,
    Guid writerId,
    TimeProvider time,
    ILogger<JournalMove> logger
)
{
    /// <summary>Hides the latency of the storage; far below what an account takes.</summary>
    private const int StreamsAtOnce = 16;

    private readonly StreamImport _import = new(storage, options.Checked(), writerId, time, logger);
    private readonly SnapshotStore _snapshots = new(options, logger);

    /// <exception cref="JournalMoveException">The storage holds other data; the first stream that differs is named.</exception>
    public async Task<MoveResult> RunAsync(CancellationToken cancellation = default)
    {
        var streams = source.ListStreams().OrderBy(static stream => stream.Value, StringComparer.Ordinal).ToList();
        await RefuseOtherDataAsync([.. streams], cancellation);
        var (records, written, snapshots) = (0L, 0L, 0L);
        await ForEachAsync(
            streams,
            async stream =>
            {
                Interlocked.Add(ref written, await _import.WriteAsync(source, stream));
                Interlocked.Add(ref snapshots, await MoveSnapshotAsync(stream) ? 1 : 0);
                Interlocked.Add(ref records, await ReadBackAsync(stream));
            },
            cancellation
        );
        var pending = source.ListPending();
        await ForEachAsync(pending, wakeAsync, cancellation);
        return new MoveResult(streams.Count, records, written, snapshots, pending.Count);
    }

    private async Task RefuseOtherDataAsync(HashSet<StreamId> known, CancellationToken cancellation)
    {
        List<StreamId> there = [];
        await foreach (var stream in catalog.ListAsync(cancellation))
        {
            if (!known.Contains(stream))
            {
                throw new JournalMoveException(stream, "it is not in the directory");
            }
            there.Add(stream);
        }
        ConcurrentBag<JournalMoveException> refusals = [];
        await ForEachAsync(
            there,
            async stream =>
            {
                try
                {
                    await _import.CompareAsync(source, stream);
                }
                catch (JournalMoveException refusal)
                {
                    refusals.Add(refusal);
                }
            },
            cancellation
        );
        if (refusals.MinBy(static refusal => refusal.Stream.Value, StringComparer.Ordinal) is { } first)
        {
            throw first;
        }
    }

    private async Task<long> ReadBackAsync(StreamId stream)
    {
        var found = await _import.CompareAsync(source, stream);
        var head = await source.ReadHeadAsync(stream);
        var stored = (await StreamReader.OpenAsync(new StreamRecords(storage, stream))).Tail.Head;
        return stored == head
            ? found
            : throw new JournalMoveException(stream, $"it ends at record {stored.Sequence} instead of {head.Sequence}");
    }

    /// <summary>A snapshot is a cache: without it the owner reads its stream from the start, once.</summary>
    private async Task<bool> MoveSnapshotAsync(StreamId stream)
    {
        if (await source.ReadSnapshotAsync(stream) is not { } snapshot)
        {
            return false;
        }
        var records = new StreamRecords(storage, stream);
        var found = await _snapshots.ReadAsync(records);
        if (found is null || found.Sequence < snapshot.Sequence)
        {
            await _snapshots.WriteAsync(records, snapshot);
            found = await _snapshots.ReadAsync(records);
        }
        return found is not null && (found.Sequence > snapshot.Sequence || AreSame(found, snapshot))
            ? true
            : throw new JournalMoveException(stream, "its snapshot is another one");
    }

    private static bool AreSame(StreamSnapshot left, StreamSnapshot right) =>
        (left.Sequence, left.Version, left.Schema) == (right.Sequence, right.Version, right.Schema)
        && left.Json.Span.SequenceEqual(right.Json.Span);

    private static Task ForEachAsync<T>(IEnumerable<T> items, Func<T, Task> action, CancellationToken cancellation) =>
        Parallel.ForEachAsync(
            items,
            new ParallelOptions { MaxDegreeOfParallelism = StreamsAtOnce, CancellationToken = cancellation },
            (item, _) => new ValueTask(action(item))
        );
}
