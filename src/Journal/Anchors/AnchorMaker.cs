using System.Security.Cryptography;
using Actors.Journal.Format;
using Actors.Journal.Logs;
using Actors.Journal.Maintenance;

namespace Actors.Journal.Anchors;

/// <summary>
/// Makes anchors of an open journal, and tells whether it holds what one knows. Records are read back from the files and from
/// the last anchor on, so that appends pay nothing.
/// </summary>
internal sealed class AnchorMaker(JournalParts parts)
{
    /// <summary>What is durable now.</summary>
    public JournalAnchor Make(JournalAnchor? since) =>
        new(
            parts.Time.GetUtcNow(),
            [.. parts.Layout.Logs.Zip(parts.Logs).Select(pair => Make(pair.First, pair.Second, since))]
        );

    /// <exception cref="JournalBehindAnchorException">It does not.</exception>
    public void Require(JournalAnchor anchor)
    {
        foreach (var anchored in anchor.Logs)
        {
            Require(anchor, anchored);
        }
    }

    private AnchoredLog Make(LogPlace place, StreamLog log, JournalAnchor? since)
    {
        var end = log.Locked(static state => state.SyncedTo);
        var before = since?.Find(place.Name);
        if (place.Category is not null)
        {
            return new(place.Name, log.Files.LogId, end.Segment, end.Offset, 0, 0, "", null);
        }
        var digest = new RecordDigest(before);
        var mark = before is { Segment: > 0 }
            ? new LogMark(before.Id, before.End, before.Batches + 1, before.End, [])
            : null;
        using var segments = new SegmentCatalog();
        var scanned = new LogScanner(
            parts.Disk,
            place.Directory,
            parts.Key,
            segments,
            startMayBeGone: false,
            (in record, _, _) => digest.Add(record.Hash),
            until: end
        ).Scan(mark);
        return new(
            place.Name,
            log.Files.LogId,
            end.Segment,
            end.Offset,
            scanned.NextBatch - 1,
            digest.Records,
            digest.Value,
            scanned.NewestBatch.Length == 0
                ? before?.Newest
                : BatchAt(segments, scanned.NewestBatch.At, scanned.NewestBatch.Length)
        );
    }

    private void Require(JournalAnchor anchor, AnchoredLog anchored)
    {
        var found = parts.Logs.FirstOrDefault(log => log.Name == anchored.Name);
        if (found is null || found.Files.LogId != anchored.Id)
        {
            throw Behind(anchor, $"its log '{anchored.Name}' is not here; this is another journal, or a new one.");
        }
        var end = found.Locked(static state => state.SyncedTo);
        if (end < anchored.End)
        {
            throw Behind(
                anchor,
                $"'{anchored.Name}' reached segment {anchored.Segment}, byte {anchored.Offset}, and now ends at segment {end.Segment}, "
                    + $"byte {end.Offset}. The directory was put back to an older state, and what came after is missing."
            );
        }
        if (anchored.Newest is { } newest && BatchAt(found.Files.Segments, newest) != newest)
        {
            throw Behind(anchor, $"what '{anchored.Name}' held then is not what it holds now. It has another past.");
        }
    }

    private static AnchoredBatch? BatchAt(SegmentCatalog segments, AnchoredBatch batch) =>
        BatchAt(segments, new(batch.Segment, batch.Offset), batch.Length);

    private static AnchoredBatch? BatchAt(SegmentCatalog segments, Position at, int length)
    {
        var bytes = new byte[length];
        return segments.Find(at.Segment)?.File.Read(bytes, at.Offset) == length
            ? new(at.Segment, at.Offset, length, Convert.ToHexStringLower(SHA256.HashData(bytes)))
            : null;
    }

    private JournalBehindAnchorException Behind(JournalAnchor anchor, string reason) =>
        new(
            $"The journal in {parts.Options.Directory} does not hold what its anchor of {anchor.At:u} knows: {reason} "
                + "Bring the newer state back; if an older one is meant, move the anchor away and start again."
        );
}
