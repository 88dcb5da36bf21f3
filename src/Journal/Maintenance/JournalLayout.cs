using Actors.Journal.Disks;
using Actors.Journal.Logs;

namespace Actors.Journal.Maintenance;

/// <summary>A log's name in the saved index, its directory, and the category that it is for; null for all others.</summary>
internal sealed record LogPlace(string Name, string Directory, string? Category);

/// <summary>Which directories a journal consists of.</summary>
internal sealed record JournalLayout(string SnapshotDirectory, IReadOnlyList<LogPlace> Logs)
{
    private const string MainName = "main";
    private const string RetainedName = "retained";

    public static string LockPath(JournalOptions options) => Path.Combine(options.Directory, "lock");

    /// <summary>The main log first; a retained log stays one after its category has left the options.</summary>
    public static JournalLayout Of(JournalOptions options, IDisk disk)
    {
        var retained = Path.Combine(options.Directory, RetainedName);
        var categories = options.Retention.Keys.Union(disk.ListDirectories(retained)).Order(StringComparer.Ordinal);
        var logs = new List<LogPlace> { new(MainName, Path.Combine(options.Directory, MainName), null) };
        foreach (var category in categories)
        {
            logs.Add(new($"{RetainedName}/{category}", Path.Combine(retained, category), category));
        }
        return new(Path.Combine(options.Directory, "snapshots"), logs);
    }

    /// <summary>Whether anything encrypted is there.</summary>
    public bool HoldsJournal(IDisk disk) => Logs.Any(log => SegmentCatalog.Numbers(disk, log.Directory).Count > 0);

    public int FirstSegment(IDisk disk, string name) =>
        Logs.FirstOrDefault(log => log.Name == name) is { } log
        && SegmentCatalog.Numbers(disk, log.Directory) is [var first, ..]
            ? first
            : 0;
}
