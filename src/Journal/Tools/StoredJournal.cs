using Actors.Journal.Anchors;
using Actors.Journal.Disks;
using Actors.Journal.Format;
using Actors.Journal.Index;
using Actors.Journal.Logs;
using Actors.Journal.Maintenance;
using Microsoft.Extensions.Logging.Abstractions;

namespace Actors.Journal.Tools;

/// <summary>
/// A journal directory, read from front to back and never changed. When nobody has it open it stays so meanwhile; else it is
/// read as it grows.
/// </summary>
internal sealed class StoredJournal : IDisposable
{
    private readonly IDisk _disk;
    private readonly JournalKey _key;
    private readonly SavedIndex _saved;
    private const int Looks = 10;

    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(50);

    private readonly IDisposable? _lock;

    private StoredJournal(JournalOptions options, IDisk disk, IDisposable? directoryLock)
    {
        (_disk, _lock, Options) = (disk, directoryLock, options);
        Layout = JournalLayout.Of(options, disk);
        _key = JournalKey.Load(options, disk, mayCreate: false);
        _saved = SavedIndex.Load(disk, options.Directory, _key, _ => 0, NullLogger.Instance);
    }

    /// <summary>Somebody may be appending to it.</summary>
    public bool IsInUse => _lock is null;

    public AnchorSeal Seal => AnchorSeal.Of(Options, _key);

    public JournalOptions Options { get; }
    public JournalLayout Layout { get; }

    /// <summary>Runs a tool on a directory; what keeps it from running becomes a line and the exit code 2.</summary>
    public static async Task<int> UseAsync(
        JournalOptions options,
        IDisk disk,
        TextWriter output,
        Func<StoredJournal, Task<int>> tool
    )
    {
        try
        {
            options.Validate();
            if (!JournalLayout.Of(options, disk).HoldsJournal(disk))
            {
                await output.WriteLineAsync($"There is no journal in {options.Directory}.");
                return 2;
            }
            using var journal = Open(options, disk);
            return await UseAsync(journal, output, tool);
        }
        catch (Exception error) when (error is JournalKeyException or IOException or ArgumentException)
        {
            await output.WriteLineAsync(error.Message);
            return 2;
        }
    }

    private static async Task<int> UseAsync(
        StoredJournal journal,
        TextWriter output,
        Func<StoredJournal, Task<int>> tool
    )
    {
        try
        {
            return await tool(journal);
        }
        catch (JournalBehindAnchorException difference)
        {
            await output.WriteLineAsync($"NOT AS ANCHORED {difference.Message}");
            return 1;
        }
        catch (JournalDamagedException damage)
        {
            await output.WriteLineAsync($"DAMAGED {damage.Message}");
            if (new DamagedRecord(journal).Describe(damage) is { } record)
            {
                await output.WriteLineAsync(record);
            }
            return 1;
        }
    }

    /// <summary>Shows every record of a log, from the first segment on; what a saved index proves is still demanded.</summary>
    public ScannedLog Scan(LogPlace place, RecordVisitor visit)
    {
        var mark = _saved.Log(place.Name).Mark is { } saved ? saved with { ReplayFrom = default } : null;
        using var segments = new SegmentCatalog();
        return new LogScanner(
            _disk,
            place.Directory,
            _key,
            segments,
            place.Category is not null,
            visit,
            IsInUse ? LooksAgain() : null
        ).Scan(mark);
    }

    private static Func<bool> LooksAgain()
    {
        var left = Looks;
        return () =>
        {
            Task.Delay(BetweenLooks, TimeProvider.System).Wait();
            return left-- > 0;
        };
    }

    public Segment Segment(LogPlace place, int number) => Logs.Segment.Existing(_disk, _key, place.Directory, number);

    public IReadOnlyList<int> SegmentNumbers(LogPlace place) => SegmentCatalog.Numbers(_disk, place.Directory);

    public StreamTable SavedStreams(LogPlace place) => _saved.Log(place.Name).Streams;

    /// <summary>Names of saved indexes, with whether they are whole.</summary>
    public IEnumerable<(string Path, bool IsWhole)> CheckIndexes() =>
        SavedIndex
            .Numbers(_disk, Options.Directory)
            .Select(number => SavedIndex.PathOf(Options.Directory, number))
            // Whoever has the journal open deletes old ones.
            .Where(_disk.FileExists)
            .Select(path => (path, SavedIndex.IsWhole(_disk, path, _key)));

    public long LengthOf(string path)
    {
        using var file = _disk.OpenFile(path, writable: false);
        return file.Length;
    }

    public IEnumerable<string> FilesIn(string directory) =>
        _disk.ListFiles(directory).Select(name => Path.Combine(directory, name));

    public void Dispose() => _lock?.Dispose();

    private static StoredJournal Open(JournalOptions options, IDisk disk)
    {
        var directoryLock = TryLock(options, disk);
        try
        {
            return new(options, disk, directoryLock);
        }
        catch
        {
            directoryLock?.Dispose();
            throw;
        }
    }

    private static IDisposable? TryLock(JournalOptions options, IDisk disk)
    {
        try
        {
            return disk.Lock(JournalLayout.LockPath(options));
        }
        catch (JournalLockedException)
        {
            return null;
        }
    }
}
