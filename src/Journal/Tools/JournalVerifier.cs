using System.Runtime.CompilerServices;
using System.Text;
using Actors.Journal.Anchors;
using Actors.Journal.Disks;
using Actors.Journal.Format;
using Actors.Journal.Index;
using Actors.Journal.Logs;
using Actors.Journal.Maintenance;

namespace Actors.Journal.Tools;

/// <summary>
/// Checks every record of a journal: checksums, encryption, numbering, links and the hash chain of each stream. Names
/// the first bad record.
/// </summary>
public static class JournalVerifier
{
    /// <summary>0 when all is whole, 1 when something is damaged or missing, 2 when it could not be checked.</summary>
    /// <param name="anchor">The directory must contain and extend what this one knows; null for no such demand.</param>
    /// <param name="alone">Nothing is checked while somebody else has the journal open.</param>
    public static Task<int> RunAsync(
        JournalOptions options,
        IDisk disk,
        TextWriter output,
        string? anchor = null,
        bool alone = false
    ) =>
        StoredJournal.UseAsync(
            options,
            disk,
            output,
            journal =>
                alone && journal.IsInUse
                    ? throw new JournalLockedException(JournalLayout.LockPath(options))
                    : VerifyAsync(journal, output, anchor)
        );

    private static async Task<int> VerifyAsync(StoredJournal journal, TextWriter output, string? anchorText)
    {
        var anchor = anchorText is null ? null : journal.Seal.Open(anchorText);
        if (journal.IsInUse)
        {
            await output.WriteLineAsync("the journal is in use; it is checked as far as it is written");
        }
        foreach (var place in journal.Layout.Logs)
        {
            var log = await VerifyLogAsync(journal, place, output, anchor?.Find(place.Name));
            if (!journal.IsInUse && (log.IsTorn || log.UnbornPath is not null))
            {
                await output.WriteLineAsync(
                    $"{place.Name}: an unfinished write follows segment {log.End.Segment}, byte {log.End.Offset}; the next start cuts it off"
                );
            }
        }
        foreach (var (path, isWhole) in journal.CheckIndexes())
        {
            if (!isWhole)
            {
                await output.WriteLineAsync($"warning: {path} is damaged; the next start will do without it");
            }
        }
        return 0;
    }

    /// <exception cref="JournalDamagedException">The first bad record.</exception>
    /// <exception cref="JournalBehindAnchorException">All is whole, but not what was anchored.</exception>
    internal static async Task<ScannedLog> VerifyLogAsync(
        StoredJournal journal,
        LogPlace place,
        TextWriter output,
        AnchoredLog? anchored,
        RecordDigest? digest = null
    )
    {
        var streams = new StreamTable();
        var replay = new IndexReplay(streams, default, place.Category is not null);
        var contained = new RecordDigest();
        long records = 0;
        var log = journal.Scan(
            place,
            (in record, at, path) =>
            {
                CheckLinks(streams, record, at, path);
                replay.Apply(record, at, path);
                records++;
                digest?.Add(record.Hash);
                if (at < anchored?.End)
                {
                    contained.Add(record.Hash);
                }
            }
        );
        await output.WriteLineAsync(
            $"{place.Name}: {records} records of {streams.Count} streams, every chain is whole"
        );
        if (anchored is not null)
        {
            Require(anchored, log, contained);
            await output.WriteLineAsync($"{place.Name}: holds all that was anchored, {anchored.Records} records");
        }
        return log;
    }

    private static void Require(AnchoredLog anchored, ScannedLog log, RecordDigest contained)
    {
        if (log.LogId != anchored.Id)
        {
            throw new JournalBehindAnchorException($"{anchored.Name} is another log than the one that was anchored.");
        }
        if (log.End < anchored.End)
        {
            throw new JournalBehindAnchorException(
                $"{anchored.Name} ends at segment {log.End.Segment}, byte {log.End.Offset}, and was anchored as far as segment "
                    + $"{anchored.Segment}, byte {anchored.Offset}: the newest {anchored.Records - contained.Records} of "
                    + $"{anchored.Records} anchored records are missing."
            );
        }
        if (anchored.Digest.Length > 0 && (contained.Records, contained.Value) != (anchored.Records, anchored.Digest))
        {
            throw new JournalBehindAnchorException(
                $"The {contained.Records} records of {anchored.Name} before segment {anchored.Segment}, byte {anchored.Offset} are not "
                    + $"the {anchored.Records} that were anchored: its history was rewritten."
            );
        }
    }

    private static void CheckLinks(StreamTable streams, in RecordView record, Position at, string path)
    {
        Span<char> chars = stackalloc char[StreamId.MaxBytes];
        var id = chars[..Encoding.UTF8.GetChars(record.Stream, chars)];
        ref var slot = ref streams.Find(id);
        if (Unsafe.IsNullRef(ref slot))
        {
            // What came before the first remaining record of a stream is gone; its own hash is all there is.
            if (record.Sequence == 1 && !record.ContinuesChain(stackalloc byte[Hash256.Bytes]))
            {
                throw Damage(record, at, path, "does not begin its chain");
            }
            return;
        }
        if (!record.ContinuesChain(slot.Hash))
        {
            throw Damage(record, at, path, "does not continue the chain of hashes");
        }
        var jump = SkipSpine.NextJump(slot.Sequence, slot.Head, slot.Spine);
        if (!jump.IsNone && record.Jump != jump)
        {
            throw Damage(record, at, path, "points to a wrong place");
        }
    }

    private static JournalDamagedException Damage(in RecordView record, Position at, string path, string reason) =>
        new(path, at.Offset, $"record {record.Sequence} of {Encoding.UTF8.GetString(record.Stream)} {reason}.");
}
