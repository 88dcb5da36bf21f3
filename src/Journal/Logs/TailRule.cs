using Actors.Journal.Format;

namespace Actors.Journal.Logs;

/// <summary>
/// Decides what the first place without a valid batch means: the end, the torn remains of a batch that was never synced
/// (and so never acknowledged), or damage. See docs/decisions/0002-journal-tail.md.
/// </summary>
internal static class TailRule
{
    /// <summary>True when the log ends at <paramref name="at"/> and torn remains follow, false when nothing follows.</summary>
    /// <exception cref="JournalDamagedException">What stands there was synced once, or cannot be shown not to have been.</exception>
    public static bool IsTorn(SegmentWindow window, string path, Position at, long expectedBatch, Guid logId)
    {
        var sector = window.At(at.Offset, Sector.Bytes);
        if (Sector.IsBlank(sector))
        {
            return HasRemains(window, path, at, logId);
        }
        if (sector.Length < Sector.Bytes || !BatchHeader.TryDecode(sector, logId, out var header))
        {
            throw Damage(path, at, "a batch's header is not what was written.");
        }
        if (header.Number != expectedBatch || header.Position != at)
        {
            throw Damage(path, at, $"batch {expectedBatch} should stand here, but batch {header.Number} does.");
        }
        var body = window.At(at.Offset, header.Length);
        if (body.Length == header.Length && !Sector.AnyBlank(body))
        {
            throw Damage(path, at, $"batch {expectedBatch} was written whole and has changed since.");
        }
        if (window.NextWritten(at.Offset + header.Length) < window.FileLength)
        {
            throw Damage(path, at, $"batch {expectedBatch} is incomplete, but later ones were written.");
        }
        return true;
    }

    // The header's sector never reached the disk. Other sectors of the batch may have; another batch's header may not.
    private static bool HasRemains(SegmentWindow window, string path, Position at, Guid logId)
    {
        var first = window.NextWritten(at.Offset);
        for (var offset = first; offset < window.FileLength; offset = window.NextWritten(offset + Sector.Bytes))
        {
            if (BatchHeader.TryDecode(window.At(offset, Sector.Bytes), logId, out var later))
            {
                throw Damage(path, at, $"a batch is missing here, but batch {later.Number} follows.");
            }
        }
        return first < window.FileLength;
    }

    private static JournalDamagedException Damage(string path, Position at, string reason) =>
        new(path, at.Offset, reason);
}
