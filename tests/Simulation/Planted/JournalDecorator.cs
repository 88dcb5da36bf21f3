using Actors.Journal;

namespace Actors.Simulation.Tests.Planted;

/// <summary>A journal that passes everything on; bugs override one thing.</summary>
internal abstract class JournalDecorator(IJournal inner) : IJournal
{
    protected IJournal Inner { get; } = inner;

    public virtual ValueTask AppendAsync(Commit commit) => Inner.AppendAsync(commit);

    public ValueTask<StreamHead> ReadHeadAsync(StreamId stream) => Inner.ReadHeadAsync(stream);

    public virtual IAsyncEnumerable<JournalRecord> ReadForwardAsync(
        StreamId stream,
        long afterSequence,
        CancellationToken cancellation = default
    ) => Inner.ReadForwardAsync(stream, afterSequence, cancellation);

    public ValueTask<IReadOnlyList<RecordedEvent>> ReadBackwardAsync(
        StreamId stream,
        long beforeVersion,
        int maxCount
    ) => Inner.ReadBackwardAsync(stream, beforeVersion, maxCount);

    public virtual ValueTask<StreamSnapshot?> ReadSnapshotAsync(StreamId stream) => Inner.ReadSnapshotAsync(stream);

    public ValueTask WriteSnapshotAsync(StreamId stream, StreamSnapshot snapshot) =>
        Inner.WriteSnapshotAsync(stream, snapshot);

    public ValueTask DisposeAsync() => Inner.DisposeAsync();
}
