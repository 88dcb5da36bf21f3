using Actors.Journal.Disks;
using Actors.Journal.Format;
using Actors.Journal.Index;
using Actors.Journal.Logs;
using Actors.Journal.Maintenance;
using Microsoft.Extensions.Logging.Abstractions;

namespace Actors.Journal.Tools;

/// <summary>A journal directory that nobody has open, read from front to back and never changed.</summary>
internal sealed class ClosedJournal : IDisposable
{
    private readonly IDisk _disk;
    private readonly JournalKey _key;
    private readonly SavedIndex _saved;
    private readonly IDisposable _lock;

    private ClosedJournal(JournalOptions options, IDisk disk, IDisposable directoryLock)
    {
        (_disk, _lock, Options) = (disk, directoryLock, options);
        Layout = JournalLayout.Of(options, disk);
        _key = JournalKey.Load(options, disk, mayCreate: false);
        _saved = SavedIndex.Load(disk, options.Directory, _key, _ => 0, NullLogger.Instance);
    }

    public JournalOptions Options { get; }
    public JournalLayout Layout { get; }

    /// <summary>Runs a tool on a directory; what keeps it from running becomes a line and the exit code 2.</summary>
    public static async Task<int> UseAsync(
        JournalOptions options,
        IDisk disk,
        TextWriter output,
        Func<ClosedJournal, Task<int>> tool
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
        ClosedJournal journal,
        TextWriter output,
        Func<ClosedJournal, Task<int>> tool
    )
    {
        try
        {
            return await tool(journal);
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
        return new LogScanner(_disk, place.Directory, _key, segments, place.Category is not null, visit).Scan(mark);
    }

    public Segment Segment(LogPlace place, int number) => Logs.Segment.Existing(_disk, _key, place.Directory, number);

    public IReadOnlyList<int> SegmentNumbers(LogPlace place) => SegmentCatalog.Numbers(_disk, place.Directory);

    public StreamTable SavedStreams(LogPlace place) => _saved.Log(place.Name).Streams;

    /// <summary>Names of saved indexes, with whether they are whole.</summary>
    public IEnumerable<(string Path, bool IsWhole)> CheckIndexes() =>
        SavedIndex
            .Numbers(_disk, Options.Directory)
            .Select(number => SavedIndex.PathOf(Options.Directory, number))
            .Select(path => (path, SavedIndex.IsWhole(_disk, path, _key)));

    public long LengthOf(string path)
    {
        using var file = _disk.OpenFile(path, writable: false);
        return file.Length;
    }

    public IEnumerable<string> FilesIn(string directory) =>
        _disk.ListFiles(directory).Select(name => Path.Combine(directory, name));

    public void Dispose() => _lock.Dispose();

    private static ClosedJournal Open(JournalOptions options, IDisk disk)
    {
        var directoryLock = disk.Lock(JournalLayout.LockPath(options));
        try
        {
            return new(options, disk, directoryLock);
        }
        catch
        {
            directoryLock.Dispose();
            throw;
        }
    }
}
