using Actors.Journal.Disks;
using Actors.Journal.Format;

namespace Actors.Journal.Logs;

/// <summary>
/// Makes what was found durable before anybody believes it. Reading it back is no proof: after a failed sync the system
/// may show, and call clean, pages that never reached the disk. So the last batch, the only one that may not have been
/// synced, is written again and then synced.
/// </summary>
internal static class TailRepair
{
    public static void Run(IDisk disk, string directory, ScannedLog log)
    {
        if (log.UnbornPath is { } unborn)
        {
            disk.DeleteFile(unborn);
            disk.SyncDirectory(directory);
        }
        if (log.Segments.Last is not { } last)
        {
            return;
        }
        using var file = disk.OpenFile(last.Path, writable: true);
        if (log.IsKnownSynced && file.Length == log.End.Offset)
        {
            return;
        }
        Rewrite(file, 0, Sector.Bytes);
        if (log.LastBatch != ScannedLog.NoBatch)
        {
            Rewrite(file, log.LastBatch.Offset, (int)(log.End.Offset - log.LastBatch.Offset));
        }
        file.SetLength(log.End.Offset);
        file.Sync();
        disk.SyncDirectory(directory);
    }

    private static void Rewrite(IDiskFile file, long offset, int length)
    {
        var bytes = new byte[length];
        if (file.Read(bytes, offset) != length)
        {
            throw new IOException("The file became shorter while it was read.");
        }
        file.Write(bytes, offset);
    }
}
