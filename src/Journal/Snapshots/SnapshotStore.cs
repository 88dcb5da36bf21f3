using Actors.Journal.Disks;
using Actors.Journal.Format;
using Actors.Journal.Logs;
using Microsoft.Extensions.Logging;

namespace Actors.Journal.Snapshots;

/// <summary>Where a snapshot lies and what it is good for.</summary>
internal readonly record struct SnapshotPlace(StreamId Stream, long Sequence, Position At, int Bytes);

/// <summary>
/// Snapshots in files of their own, each record checked and encrypted by itself. They are a cache: written without a
/// sync of their own, synced when the index is saved, and read as absent when damaged. Files that are mostly replaced are
/// rewritten, so that all files together stay below about twice what is alive.
/// </summary>
internal sealed partial class SnapshotStore(
    IDisk disk,
    string directory,
    JournalKey key,
    JournalOptions options,
    TimeProvider time,
    ILogger logger
) : IDisposable
{
    private const int MaxSegmentBytes = 16 << 20;

    private readonly Lock _gate = new();
    private readonly SegmentCatalog _segments = new();
    private readonly Dictionary<int, long> _aliveBytes = [];
    private readonly int _segmentBytes = Math.Min(options.SegmentBytes, MaxSegmentBytes);
    private Segment? _active;
    private long _offset;
    private byte[] _plain = new byte[4096];
    private byte[] _frame = new byte[4096];

    public long BytesWritten { get; private set; }

    /// <summary>Where the next snapshot will go; a saved index replays from here.</summary>
    public Position End
    {
        get
        {
            lock (_gate)
            {
                return new(_segments.Last?.Number ?? 0, _active is null ? long.MaxValue & uint.MaxValue : _offset);
            }
        }
    }

    /// <summary>Null when the disk refused; then the stream simply has no newer snapshot.</summary>
    public SnapshotPlace? Write(StreamId stream, StreamSnapshot snapshot)
    {
        lock (_gate)
        {
            try
            {
                return Append(stream, snapshot);
            }
            catch (IOException error)
            {
                LogNotWritten(logger, stream.Category.ToString(), error);
                return null;
            }
        }
    }

    public StreamSnapshot? Read(StreamId stream, Position at)
    {
        try
        {
            var plain = at.IsNone ? null : new LogReader(_segments).Read(at);
            if (plain is not null && SnapshotFormat.Decode(plain) is var (owner, snapshot) && owner == stream)
            {
                return snapshot;
            }
        }
        catch (Exception error) when (error is JournalDamagedException or JournalKeyException or IOException)
        {
            LogIgnored(logger, error.Message);
        }
        return null;
    }

    /// <summary>Keeps count of what is alive, so that files which mostly are not can be found.</summary>
    public void Count(Position at, int bytes)
    {
        lock (_gate)
        {
            if (!at.IsNone)
            {
                _aliveBytes[at.Segment] = _aliveBytes.GetValueOrDefault(at.Segment) + bytes;
            }
        }
    }

    public void Sync()
    {
        lock (_gate)
        {
            _active?.File.Sync();
        }
    }

    /// <summary>
    /// Shows every readable snapshot from a place on; ends a file at its first unreadable one. Nothing here stops a start.
    /// </summary>
    public void Recover(Position from, Action<SnapshotPlace> found)
    {
        foreach (var number in SegmentCatalog.Numbers(disk, directory))
        {
            if (_segments.Last is { } last && number != last.Number + 1)
            {
                // Places are looked up by number, which a gap would shift. What lies before one is let go.
                DeleteAll();
            }
            _segments.Add(Segment.Existing(disk, key, directory, number));
        }
        foreach (var segment in _segments.All)
        {
            if (segment.Number >= from.Segment)
            {
                Walk(segment, segment.Number == from.Segment ? from.Offset : Sector.Bytes, found);
            }
        }
    }

    /// <summary>
    /// Moves what is alive out of files that are mostly dead, oldest first, then deletes these; <paramref name="moved"/>
    /// tells the index about the new places.
    /// </summary>
    public void Compact(Func<SnapshotPlace, bool> isAlive, Action<SnapshotPlace> moved)
    {
        while (_segments.All is [var first, _, ..] && IsMostlyDead(first))
        {
            Walk(first, Sector.Bytes, place => Move(place, isAlive, moved));
            Sync();
            DeleteFirst(first);
        }
    }

    public void Dispose() => _segments.Dispose();

    private void DeleteAll()
    {
        while (_segments.All is [var first, ..])
        {
            DeleteFirst(first);
        }
    }

    private void DeleteFirst(Segment first)
    {
        lock (_gate)
        {
            _segments.RemoveFirst();
            _aliveBytes.Remove(first.Number);
        }
        disk.DeleteFile(first.Path);
        disk.SyncDirectory(directory);
    }

    private bool IsMostlyDead(Segment segment)
    {
        lock (_gate)
        {
            return _aliveBytes.GetValueOrDefault(segment.Number) * 2 <= segment.File.Length;
        }
    }

    private void Move(SnapshotPlace place, Func<SnapshotPlace, bool> isAlive, Action<SnapshotPlace> moved)
    {
        if (
            isAlive(place)
            && Read(place.Stream, place.At) is { } snapshot
            && Write(place.Stream, snapshot) is { } newPlace
        )
        {
            moved(newPlace);
        }
    }

    private void Walk(Segment segment, long offset, Action<SnapshotPlace> found)
    {
        var reader = new LogReader(_segments);
        try
        {
            while (offset < segment.File.Length)
            {
                var at = new Position(segment.Number, offset);
                var plain = reader.Read(at)!;
                var bytes = plain.Length + RecordFrame.Overhead;
                var (stream, snapshot) = SnapshotFormat.Decode(plain);
                found(new(stream, snapshot.Sequence, at, bytes));
                offset += bytes;
            }
        }
        catch (Exception error) when (error is JournalDamagedException or JournalKeyException or IOException)
        {
            LogIgnored(logger, error.Message);
        }
    }

    private SnapshotPlace Append(StreamId stream, StreamSnapshot snapshot)
    {
        var maxBytes = SnapshotFormat.MaxBytes(snapshot);
        if (_plain.Length < maxBytes)
        {
            _plain = new byte[maxBytes];
            _frame = new byte[maxBytes + RecordFrame.Overhead];
        }
        var segment = Begin();
        var plain = _plain.AsSpan(0, SnapshotFormat.Encode(_plain, stream, snapshot));
        var frame = _frame.AsSpan(0, plain.Length + RecordFrame.Overhead);
        var offset = _offset;
        // Moved on before the write: the place is the nonce and must not be used again if the write fails.
        _offset += frame.Length;
        BytesWritten += frame.Length;
        RecordFrame.Seal(segment.Cipher, offset, plain, frame);
        segment.File.Write(frame, offset);
        return new(stream, snapshot.Sequence, new(segment.Number, offset), frame.Length);
    }

    private Segment Begin()
    {
        if (_active is not null && _offset < _segmentBytes)
        {
            return _active;
        }
        _active?.File.Sync();
        _active = null;
        var salt = new byte[JournalKey.SaltBytes];
        options.RandomBytes(salt);
        var number = (_segments.Last?.Number ?? 0) + 1;
        var header = new SegmentHeader(
            SegmentKind.Snapshots,
            number,
            default,
            0,
            default,
            salt,
            time.GetUtcNow().UtcTicks
        );
        var segment = Segment.Planned(disk, key, directory, header);
        segment.Create(preallocate: 0);
        _segments.Add(segment);
        _offset = Sector.Bytes;
        return _active = segment;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "A snapshot is ignored, its stream will be replayed: {Reason}")]
    private static partial void LogIgnored(ILogger logger, string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "A snapshot of category {Category} could not be written")]
    private static partial void LogNotWritten(ILogger logger, string category, Exception error);
}
