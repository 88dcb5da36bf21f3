using System.Globalization;
using Actors.Journal.Disks;
using Actors.Journal.Format;
using Actors.Journal.Logs;
using Microsoft.Extensions.Logging;

namespace Actors.Journal.Index;

/// <summary>An index as it was saved: per log its streams and where to go on reading, and the same for snapshots.</summary>
internal sealed partial class SavedIndex
{
    public const string Ending = ".idx";

    private readonly Dictionary<string, (LogMark Mark, StreamTable Streams)> _logs = [];

    public Position Snapshots { get; private set; }

    public (LogMark? Mark, StreamTable Streams) Log(string name) =>
        _logs.TryGetValue(name, out var log) ? log : (null, new());

    public static string PathOf(string directory, long number) => Path.Combine(directory, $"{number:D10}{Ending}");

    /// <summary>Numbers of the saved indexes in a directory, newest first.</summary>
    public static IReadOnlyList<long> Numbers(IDisk disk, string directory) =>
        [
            .. disk.ListFiles(directory)
                .Where(name => name.EndsWith(Ending, StringComparison.Ordinal))
                .Select(name => long.Parse(name.AsSpan(0, name.Length - Ending.Length), CultureInfo.InvariantCulture))
                .OrderDescending(),
        ];

    /// <summary>
    /// The newest one that is whole; an empty one when there is none, so that everything is replayed. Streams that end
    /// before the oldest segment that their log still has (<paramref name="firstSegment"/>) are left out.
    /// </summary>
    public static SavedIndex Load(
        IDisk disk,
        string directory,
        JournalKey key,
        Func<string, int> firstSegment,
        ILogger logger
    )
    {
        foreach (var number in Numbers(disk, directory))
        {
            var path = PathOf(directory, number);
            try
            {
                var index = new SavedIndex();
                index.Read(disk, path, key, firstSegment);
                return index;
            }
            catch (Exception error) when (error is InvalidDataException or IOException)
            {
                LogIgnored(logger, path, error.Message);
            }
        }
        return new();
    }

    public static bool IsWhole(IDisk disk, string path, JournalKey key)
    {
        try
        {
            new SavedIndex().Read(disk, path, key, _ => 0);
            return true;
        }
        catch (InvalidDataException)
        {
            return false;
        }
    }

    private void Read(IDisk disk, string path, JournalKey key, Func<string, int> firstSegment)
    {
        using var file = disk.OpenFile(path, writable: false);
        using var sealedFile = new SealedFileReader(file, key);
        var name = "";
        while (!sealedFile.IsLast)
        {
            var reader = new PayloadReader(sealedFile.Next());
            while (reader.Remaining > 0)
            {
                ReadItem(ref reader, ref name, firstSegment);
            }
        }
    }

    private void ReadItem(ref PayloadReader reader, ref string name, Func<string, int> firstSegment)
    {
        switch ((IndexItem)reader.Byte())
        {
            case IndexItem.Log:
                (name, var mark) = IndexFormat.ReadLog(ref reader);
                _logs.Add(name, (mark, new()));
                break;
            case IndexItem.Segment:
                var (found, streams) = _logs[name];
                _logs[name] = (
                    found with
                    {
                        Segments = [.. found.Segments, IndexFormat.ReadSegment(ref reader)],
                    },
                    streams
                );
                break;
            case IndexItem.Slot:
                IndexFormat.ReadSlot(ref reader, _logs[name].Streams, firstSegment(name));
                break;
            case IndexItem.SyncedTo:
                name = System.Text.Encoding.UTF8.GetString(reader.Prefixed());
                _logs[name] = (_logs[name].Mark with { SyncedTo = new(reader.Variable()) }, _logs[name].Streams);
                break;
            case IndexItem.Snapshots:
                Snapshots = new(reader.Variable());
                break;
            default:
                throw new InvalidDataException("an unknown item");
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The saved index {Path} is not used: {Reason}")]
    private static partial void LogIgnored(ILogger logger, string path, string reason);
}
