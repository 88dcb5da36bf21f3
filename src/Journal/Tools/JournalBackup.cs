using System.Text;
using Actors.Journal.Anchors;
using Actors.Journal.Disks;
using Actors.Journal.Logs;
using Actors.Journal.Maintenance;

namespace Actors.Journal.Tools;

/// <summary>
/// Copies a journal while it is in use, and brings a copy back. A copy holds everything that was acknowledged before it was
/// begun, and an anchor by which it is checked; it does not hold the key.
/// </summary>
public static class JournalBackup
{
    /// <summary>The file of a copy that says what it holds.</summary>
    public const string AnchorName = "anchor.json";

    private const int PieceBytes = 1 << 20;
    private const int MaxAnchorBytes = 1 << 20;

    /// <summary>0 when the copy is whole and checked, 1 when something is damaged, 2 when it could not be made.</summary>
    /// <param name="copyRest">
    /// Copies what the journal's records rely on, which was there before them: called when the records are copied, and
    /// before the anchor is, without which a copy is none.
    /// </param>
    public static Task<int> CopyAsync(
        JournalOptions options,
        IDisk disk,
        string target,
        TimeProvider time,
        TextWriter output,
        Func<Task>? copyRest = null
    ) =>
        StoredJournal.UseAsync(
            options,
            disk,
            output,
            journal => CopyAsync(journal, disk, target, time, output, copyRest)
        );

    /// <summary>
    /// The same for bringing one back: from a copy into an empty directory, which a host may then run on.
    /// </summary>
    /// <param name="options">Whose key the copy was written with.</param>
    public static async Task<int> RestoreAsync(
        JournalOptions options,
        IDisk disk,
        string source,
        string target,
        TextWriter output
    )
    {
        if (!disk.FileExists(Path.Combine(source, AnchorName)))
        {
            await output.WriteLineAsync($"{source} holds no backup: it has no {AnchorName}.");
            return 2;
        }
        var anchor = ReadAnchor(disk, source);
        // The key stays where it is: neither side has one of its own.
        var copy = options with
        {
            Directory = source,
            KeyFile = options.KeyFile,
        };
        return await StoredJournal.UseAsync(
            copy,
            disk,
            output,
            async journal =>
            {
                var contents = await ReadAsync(journal, TextWriter.Null, journal.Seal.Open(anchor));
                return await WriteAsync(journal, disk, target, contents, output)
                    ? await CheckAsync(journal, disk, target, anchor, output)
                    : 2;
            }
        );
    }

    /// <summary>The text by which the copy in a directory is checked.</summary>
    internal static string ReadAnchor(IDisk disk, string directory)
    {
        using var file = disk.OpenFile(Path.Combine(directory, AnchorName), writable: false);
        var bytes = new byte[(int)Math.Min(file.Length, MaxAnchorBytes)];
        return Encoding.UTF8.GetString(bytes, 0, file.Read(bytes, 0));
    }

    private static async Task<int> CopyAsync(
        StoredJournal journal,
        IDisk disk,
        string target,
        TimeProvider time,
        TextWriter output,
        Func<Task>? copyRest
    )
    {
        var at = time.GetUtcNow();
        var contents = await ReadAsync(journal, TextWriter.Null, anchor: null);
        var anchor = journal.Seal.Seal(new(at, [.. contents.Select(static one => one.Anchored)]));
        if (!await WriteAsync(journal, disk, target, contents, output))
        {
            return 2;
        }
        if (copyRest is not null)
        {
            await copyRest();
        }
        DurableFile.Replace(
            disk,
            Path.Combine(target, AnchorName),
            file => file.Write(Encoding.UTF8.GetBytes(anchor), 0)
        );
        return await CheckAsync(journal, disk, target, anchor, output);
    }

    /// <summary>Every log, checked record by record, as far as it is written now.</summary>
    private static async Task<IReadOnlyList<Contents>> ReadAsync(
        StoredJournal journal,
        TextWriter output,
        JournalAnchor? anchor
    )
    {
        var contents = new List<Contents>();
        foreach (var place in journal.Layout.Logs)
        {
            var digest = new RecordDigest();
            var log = await JournalVerifier.VerifyLogAsync(journal, place, output, anchor?.Find(place.Name), digest);
            var isKept = place.Category is null;
            var anchored = new AnchoredLog(
                place.Name,
                log.LogId,
                log.End.Segment,
                log.End.Offset,
                log.NextBatch - 1,
                isKept ? digest.Records : 0,
                isKept ? digest.Value : "",
                null
            );
            contents.Add(new(place, log, anchored));
        }
        return contents;
    }

    /// <summary>False when the target is not empty.</summary>
    private static async Task<bool> WriteAsync(
        StoredJournal journal,
        IDisk disk,
        string target,
        IReadOnlyList<Contents> contents,
        TextWriter output
    )
    {
        if (disk.ListFiles(target).Count + disk.ListDirectories(target).Count > 0)
        {
            await output.WriteLineAsync($"{target} is not empty; nothing was written.");
            return false;
        }
        var bytes = contents.Sum(one => Copy(disk, one, Path.Combine(target, one.Place.Name)));
        await output.WriteLineAsync($"{bytes} bytes of {journal.Options.Directory} are in {target}; the key is not");
        return true;
    }

    private static Task<int> CheckAsync(
        StoredJournal journal,
        IDisk disk,
        string target,
        string anchor,
        TextWriter output
    ) =>
        JournalVerifier.RunAsync(
            journal.Options with
            {
                Directory = target,
                KeyFile = journal.Options.KeyFile,
            },
            disk,
            output,
            anchor
        );

    private static long Copy(IDisk disk, Contents contents, string target)
    {
        disk.CreateDirectory(target);
        foreach (var segment in contents.Log.Segments.All)
        {
            using var from = disk.OpenFile(segment.Path, writable: false);
            using var to = disk.CreateFile(Path.Combine(target, Path.GetFileName(segment.Path)));
            Copy(from, to, segment.FinalLength);
            to.Sync();
        }
        disk.SyncDirectory(target);
        return contents.Log.Segments.All.Sum(static segment => segment.FinalLength);
    }

    private static void Copy(IDiskFile from, IDiskFile to, long length)
    {
        var piece = new byte[PieceBytes];
        for (long offset = 0; offset < length; )
        {
            var read = from.Read(piece.AsSpan(0, (int)Math.Min(piece.Length, length - offset)), offset);
            if (read == 0)
            {
                throw new IOException("A segment became shorter while it was copied.");
            }
            to.Write(piece.AsSpan(0, read), offset);
            offset += read;
        }
    }

    private sealed record Contents(LogPlace Place, ScannedLog Log, AnchoredLog Anchored);
}
