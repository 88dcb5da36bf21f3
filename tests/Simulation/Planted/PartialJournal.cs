using Actors.Journal;

namespace Actors.Simulation.Tests.Planted;

/// <summary>Has a bug for the streams of one kind only.</summary>
internal sealed class PartialJournal(IJournal sound, IJournal buggy, string category) : JournalDecorator(sound)
{
    public override ValueTask AppendAsync(Commit commit) => Of(commit.Stream).AppendAsync(commit);

    public override IAsyncEnumerable<JournalRecord> ReadForwardAsync(
        StreamId stream,
        long afterSequence,
        CancellationToken cancellation = default
    ) => Of(stream).ReadForwardAsync(stream, afterSequence, cancellation);

    public override ValueTask<StreamSnapshot?> ReadSnapshotAsync(StreamId stream) =>
        Of(stream).ReadSnapshotAsync(stream);

    private IJournal Of(StreamId stream) => stream.Category.SequenceEqual(category) ? buggy : Inner;
}
