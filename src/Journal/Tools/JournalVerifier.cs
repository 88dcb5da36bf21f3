using System.Runtime.CompilerServices;
using System.Text;
using Actors.Journal.Disks;
using Actors.Journal.Format;
using Actors.Journal.Index;
using Actors.Journal.Maintenance;

namespace Actors.Journal.Tools;

/// <summary>
/// Checks every record of a journal: checksums, encryption, numbering, links and the hash chain of each stream. Names
/// the first bad record.
/// </summary>
public static class JournalVerifier
{
    /// <summary>0 when all is whole, 1 when something is damaged, 2 when it could not be checked.</summary>
    public static Task<int> RunAsync(JournalOptions options, IDisk disk, TextWriter output) =>
        StoredJournal.UseAsync(options, disk, output, journal => VerifyAsync(journal, output));

    private static async Task<int> VerifyAsync(StoredJournal journal, TextWriter output)
    {
        if (journal.IsInUse)
        {
            await output.WriteLineAsync("the journal is in use; it is checked as far as it is written");
        }
        foreach (var place in journal.Layout.Logs)
        {
            await VerifyLogAsync(journal, place, output);
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

    private static async Task VerifyLogAsync(StoredJournal journal, LogPlace place, TextWriter output)
    {
        var streams = new StreamTable();
        var replay = new IndexReplay(streams, default, place.Category is not null);
        long records = 0;
        var log = journal.Scan(
            place,
            (in RecordView record, Position at, string path) =>
            {
                CheckLinks(streams, record, at, path);
                replay.Apply(record, at, path);
                records++;
            }
        );
        await output.WriteLineAsync(
            $"{place.Name}: {records} records of {streams.Count} streams, every chain is whole"
        );
        if (!journal.IsInUse && (log.IsTorn || log.UnbornPath is not null))
        {
            await output.WriteLineAsync(
                $"{place.Name}: an unfinished write follows segment {log.End.Segment}, byte {log.End.Offset}; the next start cuts it off"
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
