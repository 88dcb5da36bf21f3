using Actors.Journal.Disks;
using Actors.Journal.Format;
using Actors.Journal.Index;
using Actors.Journal.Logs;
using Microsoft.Extensions.Logging;

namespace Actors.Journal.Maintenance;

/// <summary>Brings one log from its files to where it can take appends.</summary>
internal sealed partial class LogOpening(
    JournalOptions options,
    IDisk disk,
    JournalKey key,
    JournalFence fence,
    JournalRoom room,
    TimeProvider time,
    ILogger logger
)
{
    public StreamLog Open(LogPlace place, SavedIndex saved)
    {
        disk.CreateDirectory(place.Directory);
        var (mark, streams) = saved.Log(place.Name);
        var startMayBeGone = place.Category is not null;
        var replay = new IndexReplay(streams, mark?.SyncedTo ?? default, startMayBeGone);
        var segments = new SegmentCatalog();
        try
        {
            var scanner = new LogScanner(disk, place.Directory, key, segments, startMayBeGone, replay.Apply);
            var log = scanner.Scan(mark);
            if (log.IsTorn)
            {
                LogCut(logger, place.Name, log.End.Segment, log.End.Offset);
            }
            TailRepair.Run(disk, place.Directory, log);
            var files = new LogFiles(disk, place.Directory, key, options, segments, IdOf(log));
            var tail = new LogTail(files, log, options, time);
            return new(place.Name, files, tail, streams, options, fence, room, time);
        }
        catch
        {
            segments.Dispose();
            throw;
        }
    }

    private Guid IdOf(ScannedLog log)
    {
        if (log.LogId != Guid.Empty)
        {
            return log.LogId;
        }
        Span<byte> id = stackalloc byte[16];
        options.RandomBytes(id);
        return new(id);
    }

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "Log {Log}: an unfinished write at segment {Segment}, byte {Offset} is cut off; it was never acknowledged"
    )]
    private static partial void LogCut(ILogger logger, string log, int segment, long offset);
}
