using System.Text;
using Actors.Journal.Disks;
using Actors.Journal.Format;
using Actors.Journal.Logs;
using Actors.Journal.Snapshots;

namespace Actors.Journal.Index;

/// <summary>
/// Saves the index while it is in use. Streams are copied a few at a time, so the result is of no single moment: a slot may
/// be newer than the place from which the log will be replayed, and the replay passes over what a slot has already. All
/// that was copied is durable before the file takes its name.
/// </summary>
internal sealed class IndexSaver(IDisk disk, string directory, JournalKey key, RandomBytes random)
{
    private const int SlotsPerLook = 64;

    private int _number = SavedIndex.Numbers(disk, directory) is [var newest, ..] ? newest : 0;

    /// <summary>Returns the bytes written.</summary>
    public async Task<long> SaveAsync(IReadOnlyList<StreamLog> logs, SnapshotStore snapshots)
    {
        var path = SavedIndex.PathOf(directory, ++_number);
        var temporary = path + DurableFile.TemporaryEnding;
        try
        {
            var length = await WriteAsync(temporary, logs, snapshots);
            disk.Rename(temporary, path);
            disk.SyncDirectory(directory);
            DeleteOlder();
            return length;
        }
        catch
        {
            // On a full disk it would take the room that is waited for.
            Discard(temporary);
            throw;
        }
    }

    private async Task<long> WriteAsync(string temporary, IReadOnlyList<StreamLog> logs, SnapshotStore snapshots)
    {
        using (var file = disk.CreateFile(temporary))
        {
            var salt = new byte[JournalKey.SaltBytes];
            random(salt);
            using var writer = new SealedFileWriter(file, key, salt);
            WriteSnapshots(writer, snapshots.End);
            foreach (var log in logs)
            {
                WriteLog(writer, log);
            }
            foreach (var log in logs)
            {
                await log.Locked(state => state.EverythingDurable);
                WriteSyncedTo(writer, log);
            }
            snapshots.Sync();
            writer.Complete();
            file.Sync();
            return writer.Length;
        }
    }

    private void Discard(string temporary)
    {
        try
        {
            if (disk.FileExists(temporary))
            {
                disk.DeleteFile(temporary);
            }
        }
        catch (IOException)
        {
            // The next start deletes it.
        }
    }

    /// <summary>Removes what an interrupted save left behind.</summary>
    public void DeleteTemporaries()
    {
        foreach (var name in disk.ListFiles(directory))
        {
            if (name.EndsWith(DurableFile.TemporaryEnding, StringComparison.Ordinal))
            {
                disk.DeleteFile(Path.Combine(directory, name));
            }
        }
    }

    // The one before stays, should the newest turn out damaged.
    private void DeleteOlder()
    {
        foreach (var number in SavedIndex.Numbers(disk, directory).Skip(2))
        {
            disk.DeleteFile(SavedIndex.PathOf(directory, number));
        }
    }

    private static void WriteLog(SealedFileWriter file, StreamLog log)
    {
        var (from, nextBatch) = log.Locked(state => (state.ReplayFrom, state.NextBatch));
        var item = new PayloadWriter(file.Room(IndexFormat.MaxItemBytes));
        item.Byte((byte)IndexItem.Log);
        IndexFormat.WriteLog(ref item, log.Name, log.Files.LogId, from, nextBatch);
        file.Advance(item.Length);
        WriteSegments(file, log.Files.Segments, from);
        for (var next = 0; next >= 0; )
        {
            // Room for a whole look is made before it, so that appends never wait for this file's disk.
            file.Room(SlotsPerLook * IndexFormat.MaxItemBytes);
            next = log.Locked(state => WriteSlots(file, state.Streams, next));
        }
    }

    private static void WriteSegments(SealedFileWriter file, SegmentCatalog segments, Position from)
    {
        foreach (var segment in segments.All.Where(segment => segment.Number <= from.Segment))
        {
            var item = new PayloadWriter(file.Room(IndexFormat.MaxItemBytes));
            item.Byte((byte)IndexItem.Segment);
            IndexFormat.WriteSegment(ref item, new(segment.Number, segment.FinalLength, segment.NewestTicks));
            file.Advance(item.Length);
        }
    }

    private static int WriteSlots(SealedFileWriter file, StreamTable streams, int next)
    {
        var end = Math.Min(next + SlotsPerLook, streams.HighWater);
        for (; next < end; next++)
        {
            ref var slot = ref streams[next];
            if (slot.IsUsed)
            {
                var item = new PayloadWriter(file.Room(IndexFormat.MaxItemBytes));
                item.Byte((byte)IndexItem.Slot);
                IndexFormat.WriteSlot(ref item, slot);
                file.Advance(item.Length);
            }
        }
        return next < streams.HighWater ? next : -1;
    }

    private static void WriteSyncedTo(SealedFileWriter file, StreamLog log)
    {
        var item = new PayloadWriter(file.Room(IndexFormat.MaxItemBytes));
        item.Byte((byte)IndexItem.SyncedTo);
        item.Prefixed(Encoding.UTF8.GetBytes(log.Name));
        item.Variable(log.Locked(state => state.SyncedTo).Value);
        file.Advance(item.Length);
    }

    private static void WriteSnapshots(SealedFileWriter file, Position end)
    {
        var item = new PayloadWriter(file.Room(IndexFormat.MaxItemBytes));
        item.Byte((byte)IndexItem.Snapshots);
        item.Variable(end.Value);
        file.Advance(item.Length);
    }
}
