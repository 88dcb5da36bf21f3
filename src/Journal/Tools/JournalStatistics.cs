using System.Text;
using Actors.Journal.Disks;
using Actors.Journal.Format;
using Actors.Journal.Logs;
using Actors.Journal.Maintenance;

namespace Actors.Journal.Tools;

/// <summary>Shows how large a journal is, and what makes it so.</summary>
public static class JournalStatistics
{
    /// <summary>0, or 1 when something is damaged, 2 when it could not be read.</summary>
    public static Task<int> RunAsync(JournalOptions options, IDisk disk, TextWriter output) =>
        StoredJournal.UseAsync(options, disk, output, journal => ShowAsync(journal, output));

    private static async Task<int> ShowAsync(StoredJournal journal, TextWriter output)
    {
        foreach (var place in journal.Layout.Logs)
        {
            await ShowLogAsync(journal, place, output);
        }
        var snapshots = journal.FilesIn(journal.Layout.SnapshotDirectory).ToList();
        await output.WriteLineAsync($"snapshots: {snapshots.Count} files, {snapshots.Sum(journal.LengthOf)} bytes");
        var indexes = journal.CheckIndexes().Select(index => index.Path).ToList();
        await output.WriteLineAsync($"saved index: {indexes.Count} files, {indexes.Sum(journal.LengthOf)} bytes");
        return 0;
    }

    private static async Task ShowLogAsync(StoredJournal journal, LogPlace place, TextWriter output)
    {
        var categories = new SortedDictionary<string, Category>(StringComparer.Ordinal);
        journal.Scan(place, (in RecordView record, Position _, string _) => Count(categories, record));
        var files = journal.FilesIn(place.Directory).ToList();
        await output.WriteLineAsync(
            $"{place.Name}: {files.Count(file => file.EndsWith(Segment.Ending, StringComparison.Ordinal))} segments, "
                + $"{files.Sum(journal.LengthOf)} bytes"
        );
        foreach (var (name, category) in categories)
        {
            await output.WriteLineAsync(
                $"  {name}: {category.Streams.Count} streams, {category.Records} records, {category.Events} events, "
                    + $"{category.Bytes} bytes"
            );
        }
    }

    private static void Count(SortedDictionary<string, Category> categories, in RecordView record)
    {
        var stream = StreamId.Parse(Encoding.UTF8.GetString(record.Stream));
        var name = stream.Category.ToString();
        if (!categories.TryGetValue(name, out var category))
        {
            categories[name] = category = new();
        }
        category.Streams.Add(stream);
        category.Records++;
        category.Events += record.EventCount;
        category.Bytes += record.Length + RecordFrame.Overhead;
    }

    private sealed class Category
    {
        public HashSet<StreamId> Streams { get; } = [];
        public long Records { get; set; }
        public long Events { get; set; }
        public long Bytes { get; set; }
    }
}
