using Actors.Grains.Sealing;
using Actors.Journal;
using Actors.Journal.Disks;
using Actors.Journal.Tools;

namespace Actors.Grains.Hosting.Backups;

/// <summary>Checks everything that is stored: every record of the journal, and every key beside it.</summary>
public static class DataVerifier
{
    /// <summary>0 when all is whole, 1 when something is damaged or missing, 2 when it could not be checked.</summary>
    /// <param name="alone">Nothing is checked while a host has the directory open.</param>
    public static async Task<int> RunAsync(
        JournalOptions journal,
        IDisk disk,
        TextWriter output,
        string? anchor,
        bool alone = false
    )
    {
        var code = await JournalVerifier.RunAsync(journal, disk, output, anchor, alone);
        return code == 0
            ? await StoredRest.TryAsync(
                output,
                async () =>
                {
                    await VerifyAsync(
                        SealingHosting.StoreOf(journal, disk),
                        SealingHosting.WrapOf(journal, disk),
                        output
                    );
                    var (files, bytes) = AttachmentFiles.Check(disk, SealingHosting.AttachmentsOf(journal, disk));
                    await output.WriteLineAsync($"attachments: {files}, {bytes} bytes");
                    return 0;
                }
            )
            : code;
    }

    /// <summary>The same for the keys of a cluster.</summary>
    public static Task<int> RunAsync(ClusterSettings cluster, TextWriter output) =>
        StoredRest.TryAsync(
            output,
            () => VerifyAsync(SealingHosting.StoreOf(cluster), SealingHosting.WrapOf(cluster), output)
        );

    private static async Task<int> VerifyAsync(IKeyStore store, KeyWrap wrap, TextWriter output)
    {
        var (keys, destroyed) = (0L, 0L);
        await foreach (var key in store.ListAsync())
        {
            keys++;
            destroyed += wrap.Unwrap(key.Id, key.Record, store.PlaceOf(key.Id)) is null ? 1 : 0;
        }
        await output.WriteLineAsync($"keys: {keys}, every one is whole; {destroyed} of them are destroyed");
        return 0;
    }
}
