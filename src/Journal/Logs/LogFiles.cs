using Actors.Journal.Disks;
using Actors.Journal.Format;

namespace Actors.Journal.Logs;

/// <summary>Where a log's bytes go: plans segments, makes them, writes and syncs batches.</summary>
internal sealed class LogFiles(
    IDisk disk,
    string directory,
    JournalKey key,
    JournalOptions options,
    SegmentCatalog segments,
    Guid logId
) : IDisposable
{
    public SegmentCatalog Segments => segments;

    public Guid LogId => logId;

    /// <summary>The segment after the last one. Its salt is new, so its key has never encrypted anything.</summary>
    public Segment Plan(Position end, long firstBatch, DateTimeOffset now)
    {
        var salt = new byte[JournalKey.SaltBytes];
        options.RandomBytes(salt);
        var header = new SegmentHeader(SegmentKind.Log, end.Segment + 1, end, firstBatch, logId, salt, now.UtcTicks);
        return Segment.Planned(disk, key, directory, header);
    }

    /// <summary>Allocates what a batch needs. Whatever fails here, nothing of the batch was written.</summary>
    public void MakeRoom(BatchBuffer batch)
    {
        var segment = batch.Segment;
        if (!segment.HasFile)
        {
            Seal(segment.Header.PreviousEnd);
            segment.Create(Math.Max(options.SegmentBytes, batch.End.Offset));
            segments.Add(segment);
        }
        else if (batch.End.Offset > segment.AllocatedTo)
        {
            segment.Extend(batch.End.Offset);
        }
    }

    /// <summary>Returns when the batch is durable; any failure leaves its state unknown.</summary>
    public static void Write(BatchBuffer batch)
    {
        var segment = batch.Segment;
        segment.File.Write(batch.Seal(), batch.Offset);
        segment.File.Sync();
        segment.NewestTicks = Math.Max(segment.NewestTicks, batch.NewestTicks);
    }

    /// <summary>Gives back what was allocated behind the end of the last segment, if it was made in this life.</summary>
    public void Seal(Position end)
    {
        if (segments.Last is { HasFile: true } last && last.Number == end.Segment)
        {
            last.File.SetLength(end.Offset);
            // Not worth a sync: should it be undone, zeros behind the end change nothing.
            last.FinalLength = end.Offset;
        }
    }

    /// <summary>Deletes the oldest segment for good.</summary>
    public void DeleteFirst()
    {
        var path = segments.All[0].Path;
        segments.RemoveFirst();
        disk.DeleteFile(path);
        // Each on its own: a power failure must not bring back an older file without a younger one.
        disk.SyncDirectory(directory);
    }

    public void Dispose() => segments.Dispose();
}
