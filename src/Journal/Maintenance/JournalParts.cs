using Actors.Journal.Disks;
using Actors.Journal.Format;
using Actors.Journal.Index;
using Actors.Journal.Logs;
using Actors.Journal.Snapshots;
using Microsoft.Extensions.Logging;

namespace Actors.Journal.Maintenance;

/// <summary>What an open journal consists of.</summary>
internal sealed partial class JournalParts : IDisposable
{
    private readonly IDisposable _directoryLock;
    private readonly Dictionary<string, StreamLog> _retained;
    private readonly ILogger _logger;

    private JournalParts(
        JournalOptions options,
        IDisk disk,
        TimeProvider time,
        ILogger logger,
        IDisposable directoryLock
    )
    {
        (Options, Disk, Time, _logger, _directoryLock) = (options, disk, time, logger, directoryLock);
        (Room, Damage) = (new(time) { Changed = LogRoom }, new(time) { Added = LogDamage });
        var layout = Layout = JournalLayout.Of(options, disk);
        var key = Key = JournalKey.Load(options, disk, mayCreate: !layout.HoldsJournal(disk));
        var saved = SavedIndex.Load(disk, options.Directory, key, name => layout.FirstSegment(disk, name), logger);
        var opening = new LogOpening(options, disk, key, Fence, Room, time, logger);
        Logs = [.. layout.Logs.Select(log => opening.Open(log, saved))];
        _retained = layout
            .Logs.Zip(Logs)
            .Where(pair => pair.First.Category is not null)
            .ToDictionary(pair => pair.First.Category!, pair => pair.Second);
        Saver = new(disk, options.Directory, key, options.RandomBytes);
        Saver.DeleteTemporaries();
        Snapshots = OpenSnapshots(layout, disk, key, saved);
        RequireOwnLogs();
    }

    public JournalOptions Options { get; }
    public IDisk Disk { get; }
    public TimeProvider Time { get; }
    public JournalFence Fence { get; } = new();
    public JournalRoom Room { get; }
    public DamageNotes Damage { get; }
    public JournalLayout Layout { get; }
    public JournalKey Key { get; }
    public IReadOnlyList<StreamLog> Logs { get; }
    public SnapshotStore Snapshots { get; }
    public IndexSaver Saver { get; }

    public static JournalParts Open(JournalOptions options, IDisk disk, TimeProvider time, ILogger logger)
    {
        options.Validate();
        disk.CreateDirectory(options.Directory);
        var directoryLock = disk.Lock(JournalLayout.LockPath(options));
        try
        {
            return new(options, disk, time, logger, directoryLock);
        }
        catch
        {
            directoryLock.Dispose();
            throw;
        }
    }

    public StreamLog LogOf(StreamId stream)
    {
        if (_retained.Count == 0)
        {
            return Logs[0];
        }
        return _retained.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(stream.Category, out var log)
            ? log
            : Logs[0];
    }

    public void UseSnapshot(StreamLog log, SnapshotPlace place) => UseSnapshot(Snapshots, log, place);

    private static void UseSnapshot(SnapshotStore store, StreamLog log, SnapshotPlace place)
    {
        if (log.TrySetSnapshot(place, out var replaced))
        {
            store.Count(place.At, place.Bytes);
            store.Count(replaced.At, -replaced.Bytes);
        }
    }

    public void LogFenced(Exception cause) => LogFenced(_logger, Options.Directory, cause);

    public void LogUpkeepFailed(Exception error) => LogUpkeepFailed(_logger, Options.Directory, error);

    public void Dispose()
    {
        foreach (var log in Logs)
        {
            log.Dispose();
        }
        Snapshots.Dispose();
        _directoryLock.Dispose();
    }

    private SnapshotStore OpenSnapshots(JournalLayout layout, IDisk disk, JournalKey key, SavedIndex saved)
    {
        disk.CreateDirectory(layout.SnapshotDirectory);
        var store = new SnapshotStore(disk, layout.SnapshotDirectory, key, Options, Time, _logger);
        foreach (var place in Logs.SelectMany(log => log.Locked(state => state.Streams.ListSnapshots())))
        {
            store.Count(place.At, place.Bytes);
        }
        store.Recover(saved.Snapshots, place => UseSnapshot(store, LogOf(place.Stream), place));
        return store;
    }

    // Moving a stream from one log to another would cut its history in two.
    private void RequireOwnLogs()
    {
        if (_retained.Count > 0 && FindMisplaced() is { } misplaced)
        {
            throw new ArgumentException(
                $"Category '{misplaced.Category}' already has streams that are kept for ever; it cannot get a retention age."
            );
        }
    }

    private StreamId? FindMisplaced() => Logs[0].Locked(state => state.Streams.FindStream(id => LogOf(id) != Logs[0]));

    [LoggerMessage(
        Level = LogLevel.Critical,
        Message = "The journal in {Directory} stopped: a write or sync failed. Restart to read what is there"
    )]
    private static partial void LogFenced(ILogger logger, string directory, Exception cause);

    private void LogRoom(JournalFull? full)
    {
        if (full is null)
        {
            LogRoomFound(_logger, Options.Directory);
        }
        else
        {
            LogNoRoom(_logger, Options.Directory, full.Reason);
        }
    }

    private void LogDamage(JournalDamage note, JournalDamagedException damage) =>
        LogDamaged(_logger, note.Stream, damage);

    [LoggerMessage(
        Level = LogLevel.Critical,
        Message = "A record of {Stream} cannot be read any more; 'journal verify' tells more"
    )]
    private static partial void LogDamaged(ILogger logger, StreamId stream, Exception damage);

    [LoggerMessage(
        Level = LogLevel.Critical,
        Message = "The journal in {Directory} has no room: nothing is written until there is, reads go on. {Reason}"
    )]
    private static partial void LogNoRoom(ILogger logger, string directory, string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The journal in {Directory} has room again")]
    private static partial void LogRoomFound(ILogger logger, string directory);

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "Upkeep of the journal in {Directory} failed; it will be tried again"
    )]
    private static partial void LogUpkeepFailed(ILogger logger, string directory, Exception error);
}
