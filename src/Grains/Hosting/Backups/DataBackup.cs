using Actors.Grains.Attachments;
using Actors.Grains.Sealing;
using Actors.Journal;
using Actors.Journal.Disks;
using Actors.Journal.Tools;

namespace Actors.Grains.Hosting.Backups;

/// <summary>
/// Copies everything durable of one machine while it is in use, and brings a copy back: the journal, and what lies beside it and
/// makes it readable.
/// </summary>
public static class DataBackup
{
    /// <summary>0 when the copy is whole and checked, 1 when something is damaged, 2 when it could not be made.</summary>
    public static Task<int> CopyAsync(
        JournalOptions journal,
        IDisk disk,
        string target,
        TimeProvider time,
        TextWriter output
    ) =>
        JournalBackup.CopyAsync(
            journal,
            disk,
            target,
            time,
            output,
            () => CopyRestAsync(journal, disk, target, output)
        );

    /// <summary>The same for bringing one back: from a copy into a data directory that holds nothing yet.</summary>
    /// <param name="journal">Whose key the copy was written with.</param>
    /// <param name="disk">Of both.</param>
    /// <param name="source">The directory of the copy.</param>
    /// <param name="target">The new data directory.</param>
    /// <param name="erased">Lists keys that were destroyed and must stay so; null for none.</param>
    /// <param name="output">Told what was done.</param>
    public static async Task<int> RestoreAsync(
        JournalOptions journal,
        IDisk disk,
        string source,
        string target,
        string? erased,
        TextWriter output
    )
    {
        var restored = journal with
        {
            Directory = Path.Combine(target, JournalSettings.DirectoryName),
            KeyFile = journal.KeyFile,
        };
        // The journal last: until it is there, a host does not take the directory for what it was.
        if (disk.FileExists(Path.Combine(source, JournalBackup.AnchorName)))
        {
            var code = await StoredRest.TryAsync(
                output,
                () => RestoreRestAsync(restored, disk, source, erased, output)
            );
            if (code != 0)
            {
                return code;
            }
        }
        return await JournalBackup.RestoreAsync(journal, disk, source, restored.Directory, output);
    }

    private static async Task CopyRestAsync(JournalOptions journal, IDisk disk, string target, TextWriter output)
    {
        var store = SealingHosting.StoreOf(journal, disk);
        var keys = KeyPack.Write(disk, Path.Combine(target, KeyPack.FileName), store.List());
        var (files, bytes) = AttachmentFiles.Copy(disk, SealingHosting.AttachmentsOf(journal, disk), InBackup(target));
        await output.WriteLineAsync(
            $"{keys} keys of conversations, profiles and attachments are with them, and {files} attachments of {bytes} bytes"
        );
    }

    private static string InBackup(string directory) => Path.Combine(directory, SealingHosting.AttachmentsName);

    private static async Task<int> RestoreRestAsync(
        JournalOptions restored,
        IDisk disk,
        string source,
        string? erased,
        TextWriter output
    )
    {
        var store = SealingHosting.StoreOf(restored, disk);
        if (store.List().Any())
        {
            await output.WriteLineAsync($"{SealingHosting.DirectoryOf(restored)} is not empty; nothing was written.");
            return 2;
        }
        var attachments = SealingHosting.AttachmentsDirectoryOf(restored);
        if (disk.ListDirectories(attachments).Count > 0)
        {
            await output.WriteLineAsync($"{attachments} is not empty; nothing was written.");
            return 2;
        }
        var pack = Path.Combine(source, KeyPack.FileName);
        if (!disk.FileExists(pack))
        {
            await output.WriteLineAsync($"{source} holds no keys: it was made by a version that had none");
            return 0;
        }
        IReadOnlySet<KeyId> destroyed =
            erased is not null && disk.FileExists(erased) ? new ErasedList(disk, erased).Read() : new HashSet<KeyId>();
        long keys = 0;
        foreach (var key in KeyPack.Read(disk, pack).Where(key => !destroyed.Contains(key.Id)))
        {
            KeyRecord.Read(key.Record, pack);
            await store.FindOrAddAsync(key.Id, () => key.Record);
            keys++;
        }
        foreach (var id in destroyed)
        {
            await store.DestroyAsync(id);
        }
        var kept = new FileAttachmentStore(disk, InBackup(source), restored.Drive, restored.RandomBytes);
        var (files, bytes) = AttachmentFiles.Copy(disk, kept, attachments);
        await output.WriteLineAsync($"{files} attachments of {bytes} bytes are back");
        await output.WriteLineAsync(
            erased is null
                ? $"{keys} keys are back, also those that were destroyed after the backup: --erased names a list of these"
                : $"{keys} keys are back, and the {destroyed.Count} that {erased} lists stay destroyed"
        );
        return 0;
    }
}
