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

    public static string PathOf(string directory, int number) => NumberedFiles.PathOf(directory, number, Ending);

    /// <summary>Numbers of the saved indexes in a directory, newest first.</summary>
    public static IReadOnlyList<int> Numbers(IDisk disk, string directory) =>
        [.. NumberedFiles.In(disk, directory, Ending).Reverse()];

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
                return Read(disk, path, key, firstSegment);
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
            Read(disk, path, key, _ => 0);
            return true;
        }
        catch (InvalidDataException)
        {
            return false;
        }
    }

    private static SavedIndex Read(IDisk disk, string path, JournalKey keys, Func<string, int> firstSegment)
    {
        foreach (var older in keys.All.Skip(1).Reverse())
        {
            try
            {
                return ReadWith(older, disk, path, firstSegment);
            }
            catch (InvalidDataException)
            {
                // Perhaps of another key.
            }
        }
        return ReadWith(keys, disk, path, firstSegment);
    }

    private static SavedIndex ReadWith(JournalKey key, IDisk disk, string path, Func<string, int> firstSegment)
    {
        var index = new SavedIndex();
        index.Fill(disk, path, key, firstSegment);
        return index;
    }

    private void Fill(IDisk disk, string path, JournalKey key, Func<string, int> firstSegment)
    {
        using var file = disk.OpenFile(path, writable: false);
        using var sealedFile = new SealedFileReader(file, key);
        var cursor = new Cursor(firstSegment);
        while (!sealedFile.IsLast)
        {
            var reader = new PayloadReader(sealedFile.Next());
            while (reader.Remaining > 0)
            {
                ReadItem(ref reader, cursor);
            }
        }
    }

    private void ReadItem(ref PayloadReader reader, Cursor cursor)
    {
        switch ((IndexItem)reader.Byte())
        {
            case IndexItem.Log:
                var (name, mark) = IndexFormat.ReadLog(ref reader);
                cursor.Enter(name);
                _logs.Add(name, (mark, cursor.Streams));
                break;
            case IndexItem.Segment:
                Change(
                    cursor.Log,
                    IndexFormat.ReadSegment(ref reader),
                    (log, segment) => log with { Segments = [.. log.Segments, segment] }
                );
                break;
            case IndexItem.Slot:
                IndexFormat.ReadSlot(ref reader, cursor.Streams, cursor.FirstSegment);
                break;
            case IndexItem.SyncedTo:
                var syncedLog = System.Text.Encoding.UTF8.GetString(reader.Prefixed());
                Change(syncedLog, new Position(reader.Variable()), (log, place) => log with { SyncedTo = place });
                break;
            case IndexItem.Snapshots:
                Snapshots = new(reader.Variable());
                break;
            default:
                throw new InvalidDataException("an unknown item");
        }
    }

    private void Change<T>(string name, T value, Func<LogMark, T, LogMark> change) =>
        _logs[name] = (change(_logs[name].Mark, value), _logs[name].Streams);

    /// <summary>The log whose items are being read.</summary>
    private sealed class Cursor(Func<string, int> firstSegment)
    {
        public string Log { get; private set; } = "";
        public int FirstSegment { get; private set; }
        public StreamTable Streams { get; private set; } = new();

        public void Enter(string log) => (Log, FirstSegment, Streams) = (log, firstSegment(log), new());
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The saved index {Path} is not used: {Reason}")]
    private static partial void LogIgnored(ILogger logger, string path, string reason);
}
