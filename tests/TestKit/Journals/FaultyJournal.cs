using Actors.Journal;

namespace Actors.TestKit.Journals;

/// <summary>A journal that can be held up and made to fail, in front of a real one.</summary>
public sealed class FaultyJournal(IJournal inner) : IJournal
{
    private TaskCompletionSource? _gate;
    private int _appends;

    /// <summary>What the next append of a matching stream does instead of succeeding.</summary>
    public Func<Commit, AppendFault>? Fault { get; set; }

    /// <summary>What reading history fails with; null while it succeeds.</summary>
    public Exception? ReadFault { get; set; }

    /// <summary>How many appends have been asked for.</summary>
    public int Appends => Volatile.Read(ref _appends);

    /// <summary>Holds every append back until <see cref="Release"/>.</summary>
    public void Hold() => _gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Release()
    {
        var gate = _gate;
        _gate = null;
        gate?.SetResult();
    }

    public ValueTask AppendAsync(Commit commit)
    {
        Interlocked.Increment(ref _appends);
        var fault = Fault?.Invoke(commit) ?? AppendFault.None;
        return _gate is null && fault == AppendFault.None
            ? inner.AppendAsync(commit)
            : AppendSlowlyAsync(Copied(commit), fault);
    }

    public ValueTask<StreamHead> ReadHeadAsync(StreamId stream) => inner.ReadHeadAsync(stream);

    public IAsyncEnumerable<JournalRecord> ReadForwardAsync(
        StreamId stream,
        long afterSequence,
        CancellationToken cancellation = default
    ) => inner.ReadForwardAsync(stream, afterSequence, cancellation);

    public ValueTask<IReadOnlyList<RecordedEvent>> ReadBackwardAsync(
        StreamId stream,
        long beforeVersion,
        int maxCount
    ) => ReadFault is { } fault ? throw fault : inner.ReadBackwardAsync(stream, beforeVersion, maxCount);

    public ValueTask<StreamSnapshot?> ReadSnapshotAsync(StreamId stream) => inner.ReadSnapshotAsync(stream);

    public ValueTask WriteSnapshotAsync(StreamId stream, StreamSnapshot snapshot) =>
        inner.WriteSnapshotAsync(stream, snapshot);

    public ValueTask DisposeAsync() => inner.DisposeAsync();

    private async ValueTask AppendSlowlyAsync(Commit commit, AppendFault fault)
    {
        if (_gate is { } gate)
        {
            await gate.Task;
        }
        if (fault == AppendFault.NoRoom)
        {
            throw new JournalFullException("No space left on device.");
        }
        if (fault == AppendFault.BeforeWriting)
        {
            throw new JournalUncertainException("Failed before anything was written.");
        }
        await inner.AppendAsync(commit);
        if (fault == AppendFault.AfterWriting)
        {
            throw new JournalUncertainException("Timed out, although it was written.");
        }
    }

    /// <summary>The caller may reuse its buffers as soon as the append has returned.</summary>
    private static Commit Copied(Commit commit) =>
        commit with
        {
            Events = [.. commit.Events.Select(static json => (ReadOnlyMemory<byte>)json.ToArray())],
            Mark = commit.Mark.ToArray(),
        };
}

public enum AppendFault
{
    None,
    BeforeWriting,
    AfterWriting,

    /// <summary>Refused, and not written for certain.</summary>
    NoRoom,
}
