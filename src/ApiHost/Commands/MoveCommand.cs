using Actors.Grains.Hosting;
using Actors.Grains.Hosting.Backups;
using Actors.Journal;
using Actors.Journal.Disks;
using Actors.Journal.GrainStorage;
using Azure;

namespace Actors.ApiHost.Commands;

/// <summary>
/// <c>journal move --to ACCOUNT</c>: from one machine to a cluster. The directory is verified, copied, compared record by
/// record, and left as it is; the cluster must not run yet. Cut off, it is simply made again.
/// </summary>
internal static class MoveCommand
{
    public static async Task<int> RunAsync(IConfiguration settings, TextWriter output)
    {
        var target = TargetOf(settings);
        var options = JournalSettings.From(settings);
        var disk = new PhysicalDisk();
        // All that is stored first: a damaged directory is not carried on. One that is in use is noticed before it is read.
        if (await DataVerifier.RunAsync(options, disk, output, anchor: null, alone: true) is not 0 and var failed)
        {
            return failed;
        }
        // Its lock keeps a running host out.
        await using var journal = FileJournal.Open(options, disk, TimeProvider.System);
        await using var store = await ClusterStore.OpenAsync(target, TimeProvider.System);
        try
        {
            // Before the records that were sealed with them.
            var keys = await DataMove.MoveKeysAsync(options, disk, target);
            var attachments = await DataMove.MoveAttachmentsAsync(options, disk, target);
            await output.WriteLineAsync($"{keys} keys are in {target.Account}, and {attachments} attachments");
            var moved = await store.MoveAsync(journal);
            await output.WriteLineAsync(
                $"{moved.Records} records of {moved.Streams} streams are in {target.Account} and the same on both sides; "
                    + $"{moved.Written} of them were written now, {moved.Snapshots} snapshots, {moved.WakeUps} wake-ups"
            );
            return 0;
        }
        catch (Exception refusal) when (refusal is JournalMoveException or DataMoveException)
        {
            await output.WriteLineAsync($"REFUSED {refusal.Message}");
            return 1;
        }
        catch (Exception cutOff)
            when (cutOff is JournalUncertainException or JournalConflictException or RequestFailedException)
        {
            await output.WriteLineAsync($"CUT OFF {cutOff.Message} Made again, the move goes on.");
            return 1;
        }
    }

    /// <exception cref="SettingException">No account is named, or a setting of the cluster is wrong.</exception>
    private static ClusterSettings TargetOf(IConfiguration settings)
    {
        if (settings["to"] is not { Length: > 0 } account)
        {
            throw new SettingException("--to", "names the cluster's storage, as Cluster:AzureStorage does.");
        }
        var target = new ConfigurationBuilder()
            .AddConfiguration(settings)
            .AddInMemoryCollection([new(ClusterSettings.StorageName, account)])
            .Build();
        return ClusterSettings.From(target)!;
    }
}
