using System.Runtime.CompilerServices;
using Actors.Journal.Anchors;
using Actors.Journal.Disks;
using Actors.Journal.Logs;
using Actors.Journal.Maintenance;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Actors.Journal;

/// <summary>
/// A journal in a directory: encrypted, checked, appended to by one process. All streams share a log, so that one sync
/// makes the commits of many streams durable; categories with a retention age have a log each, whose old files go.
/// </summary>
public sealed class FileJournal : IJournal, IWakeIndex, IJournalCondition
{
    private const int PageRecords = 128;
    private const string ProbeName = "probe";
    private const int ProbeBytes = 4096;

    private readonly JournalParts _parts;
    private readonly JournalUpkeep _upkeep;
    private readonly JournalMetrics _metrics;
    private readonly Task[] _writers;
    private bool _disposed;

    private FileJournal(JournalParts parts)
    {
        _parts = parts;
        _metrics = new(() => parts.Logs.Sum(log => log.QueueDepth), this, parts.Options.MeterScope);
        _upkeep = new(parts);
        parts.Fence.Raised += OnFenced;
        foreach (var log in parts.Logs)
        {
            log.WorkPending = parts.Options.OnWorkPending;
            log.Synced = OnSynced;
        }
        _writers = parts.Options.Drive == JournalDrive.Thread ? [.. parts.Logs.Select(LogWriterThread.Start)] : [];
    }

    /// <summary>Raised once, when a write or sync has failed: the host should stop itself and start again.</summary>
    public event Action<Exception>? Fenced;

    /// <summary>True after a failed write or sync: every further append fails, and only reopening helps.</summary>
    public bool IsFenced => _parts.Fence.IsRaised;

    public IReadOnlyList<JournalDamage> Damage => _parts.Damage.Found;

    public Exception? Fence => _parts.Fence.Cause;

    public JournalFull? Full => _parts.Room.Full;

    /// <summary>Opens the journal of a directory, or makes one.</summary>
    /// <exception cref="JournalLockedException">Another process has it open.</exception>
    /// <exception cref="JournalKeyException">The key is missing or another one.</exception>
    /// <exception cref="JournalDamagedException">The files hold damage that is not an unsynced tail.</exception>
    public static FileJournal Open(JournalOptions options, IDisk disk, TimeProvider time, ILogger? logger = null)
    {
        var journal = new FileJournal(JournalParts.Open(options, disk, time, logger ?? NullLogger.Instance));
        journal._upkeep.Start();
        return journal;
    }

    public ValueTask AppendAsync(Commit commit)
    {
        ArgumentNullException.ThrowIfNull(commit.Events);
        return LogOf(commit.Stream).Append(commit);
    }

    public ValueTask<StreamHead> ReadHeadAsync(StreamId stream)
    {
        var log = LogOf(stream);
        var head = log.Head(stream);
        return head.Durable.IsCompletedSuccessfully ? new(head.Head) : WhenDurable(log, stream);

        static async ValueTask<StreamHead> WhenDurable(StreamLog log, StreamId stream) =>
            (await DurableHeadAsync(log, stream)).Head;
    }

    public async IAsyncEnumerable<JournalRecord> ReadForwardAsync(
        StreamId stream,
        long afterSequence,
        [EnumeratorCancellation] CancellationToken cancellation = default
    )
    {
        var log = LogOf(stream);
        var head = await DurableHeadAsync(log, stream);
        for (var first = Math.Max(afterSequence, 0) + 1; first <= head.Head.Sequence; first += PageRecords)
        {
            var last = Math.Min(first + PageRecords - 1, head.Head.Sequence);
            foreach (var record in Noting(stream, () => log.Reader.ReadRange(head.At, head.Head.Sequence, first, last)))
            {
                cancellation.ThrowIfCancellationRequested();
                yield return record;
            }
        }
    }

    public async ValueTask<IReadOnlyList<RecordedEvent>> ReadBackwardAsync(
        StreamId stream,
        long beforeVersion,
        int maxCount
    )
    {
        var log = LogOf(stream);
        var head = await DurableHeadAsync(log, stream);
        var newest = Math.Min(beforeVersion - 1, head.Head.Version);
        return Noting(stream, () => log.Reader.ReadBackward(head.At, newest, maxCount));
    }

    public async ValueTask<StreamSnapshot?> ReadSnapshotAsync(StreamId stream)
    {
        var head = await DurableHeadAsync(LogOf(stream), stream);
        return _parts.Snapshots.Read(stream, head.Snapshot);
    }

    /// <summary>
    /// Returns when the snapshot is in use; the disk may have it later, or never. Its memory must stay as it is until then.
    /// </summary>
    public async ValueTask WriteSnapshotAsync(StreamId stream, StreamSnapshot snapshot)
    {
        ArgumentNullException.ThrowIfNull(snapshot);
        var log = LogOf(stream);
        var head = log.Head(stream);
        if (snapshot.Sequence > head.Head.Sequence || snapshot.Json.Length > _parts.Options.MaxRecordBytes)
        {
            throw new ArgumentException(
                $"{stream} has no record {snapshot.Sequence}, or it is too large.",
                nameof(snapshot)
            );
        }
        await head.Durable;
        if (_parts.Snapshots.Write(stream, snapshot) is { } place)
        {
            _parts.UseSnapshot(log, place);
            _upkeep.Wrote(place.Bytes);
        }
    }

    public IReadOnlyList<PendingStream> ListPending()
    {
        var pending = new List<PendingStream>();
        foreach (var log in _parts.Logs)
        {
            // A few at a time: appends wait while the index is looked at.
            for (int? next = 0; next is { } from; )
            {
                next = log.Locked(state => state.Streams.AddPending(from, pending));
            }
        }
        return pending;
    }

    /// <summary>Every stream that has records.</summary>
    public IReadOnlyList<StreamId> ListStreams()
    {
        var streams = new List<StreamId>();
        foreach (var log in _parts.Logs)
        {
            for (int? next = 0; next is { } from; )
            {
                next = log.Locked(state => state.Streams.AddStreams(from, streams));
            }
        }
        return streams;
    }

    /// <summary>Writes and syncs one batch of each log that has one, on the caller's thread; false when there was none.</summary>
    public bool WriteOnce()
    {
        if (_parts.Options.Drive != JournalDrive.Manual)
        {
            throw new InvalidOperationException("This journal has a thread that writes.");
        }
        var wrote = false;
        foreach (var log in _parts.Logs)
        {
            wrote |= log.WriteOnce();
        }
        return wrote;
    }

    /// <summary>
    /// Allocates, writes and syncs a few bytes beside the logs: what a commit needs of the disk, without a commit. Blocks for as long as
    /// the disk does.
    /// </summary>
    /// <exception cref="JournalUncertainException">An earlier write or sync has failed; nothing can be written any more.</exception>
    public void Probe()
    {
        if (IsFenced)
        {
            throw _parts.Fence.Uncertain();
        }
        var (disk, path) = (_parts.Disk, Path.Combine(_parts.Options.Directory, ProbeName));
        using var file = disk.FileExists(path) ? disk.OpenFile(path, writable: true) : disk.CreateFile(path);
        // Anew every time: a disk without room would still take the old bytes.
        file.SetLength(0);
        if (Full is not null)
        {
            // What was refused needed a whole segment; half of one would take the room that is waited for.
            try
            {
                file.Preallocate(_parts.Options.SegmentBytes);
            }
            finally
            {
                file.SetLength(0);
            }
        }
        file.Preallocate(ProbeBytes);
        file.Write("probe"u8, 0);
        file.Sync();
        _parts.Room.Found();
    }

    /// <summary>
    /// A signed line of text that says what is durable now, to be kept where those who can change the directory cannot. Reads
    /// what came since the last one, which is null for the first; that one reads everything.
    /// </summary>
    /// <exception cref="JournalDamagedException">What came since cannot be read any more.</exception>
    public Task<string> MakeAnchorAsync(string? since)
    {
        return _parts.Options.Drive == JournalDrive.Manual ? Task.FromResult(Make()) : Task.Run(Make);

        string Make()
        {
            var seal = AnchorSeal.Of(_parts.Options, _parts.Key);
            return seal.Seal(new AnchorMaker(_parts).Make(since is null ? null : seal.Open(since)));
        }
    }

    /// <summary>Makes sure that the directory is not behind an anchor and has the same newest past; quick.</summary>
    /// <exception cref="JournalBehindAnchorException">It is behind, another one, or the text is no anchor of it.</exception>
    public void RequireAnchor(string anchor) =>
        new AnchorMaker(_parts).Require(AnchorSeal.Of(_parts.Options, _parts.Key).Open(anchor));

    /// <summary>Deletes what has outlived its retention age. A thread-driven journal does so by itself.</summary>
    public Task ApplyRetentionAsync() => _upkeep.ApplyRetentionAsync();

    /// <summary>Makes everything appended durable, saves the index, and lets go of the directory.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_disposed)
        {
            return;
        }
        _disposed = true;
        foreach (var log in _parts.Logs)
        {
            log.StopIntake();
        }
        await Task.WhenAll(_writers);
        while (_writers.Length == 0 && WriteOnce())
        {
            // One batch at a time, until all are written.
        }
        await _upkeep.StopAsync();
        _metrics.Dispose();
        _parts.Dispose();
    }

    private StreamLog LogOf(StreamId stream) => _parts.LogOf(stream);

    /// <summary>The newest durable record: what was on its way and found no room was never there.</summary>
    private static async ValueTask<LogHead> DurableHeadAsync(StreamLog log, StreamId stream)
    {
        while (true)
        {
            var head = log.Head(stream);
            try
            {
                await head.Durable;
                return head;
            }
            catch (JournalFullException)
            {
                // Looks again: the stream has gone back to the record before.
            }
        }
    }

    private T Noting<T>(StreamId stream, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (JournalDamagedException damage)
        {
            _parts.Damage.Note(stream, damage);
            throw;
        }
    }

    private void OnSynced(int appends, int bytes, TimeSpan duration)
    {
        _metrics.Synced(appends, bytes, duration);
        _upkeep.Wrote(bytes);
    }

    private void OnFenced(Exception cause)
    {
        _metrics.Failed();
        _parts.LogFenced(cause);
        Fenced?.Invoke(cause);
    }
}
