using Actors.Grains.Hosting;
using Actors.Grains.Hosting.Backups;
using Actors.Journal;
using Actors.Journal.Disks;
using Actors.Journal.Tools;

namespace Actors.ApiHost.Commands;

/// <summary>
/// <c>journal verify</c> checks every record and chain and names the first bad one, and with <c>--anchor FILE</c> that nothing that
/// was anchored is missing; <c>journal backup --to DIR</c> copies the journal, <c>journal restore --from DIR --to DIR</c> brings a
/// copy back into a new data directory (without the keys that <c>--erased FILE</c> lists), <c>journal rotate-key</c> makes a new key for the next start, <c>journal dump --stream mood/ana</c>
/// prints a stream as JSON, <c>journal stats</c> shows sizes, also while the host runs on the directory. With
/// <c>--Cluster:AzureStorage</c> they look at the cluster's storage, beside the running cluster; there also
/// <c>journal repair [mood/ana] [--apply]</c> puts wrong counts of events right. <c>journal move --to ACCOUNT</c> brings a
/// stopped directory into a cluster's storage.
/// </summary>
internal static class JournalCommand
{
    public const string Apply = "--apply";

    private const string Verbs =
        "takes verify [--anchor <file>], stats, dump <category/key>, backup --to <directory>, restore --from <directory> --to <directory> [--erased <file>], "
        + "rotate-key, repair [category/key] or move --to <account>.";

    public static Task<int> Run(string[] arguments, IConfiguration settings, TextWriter output) =>
        arguments is ["move", ..] ? MoveCommand.RunAsync(settings, output)
        : ClusterSettings.From(settings) is { } cluster ? RunAsync(arguments, settings, cluster, output)
        : Run(arguments, settings, JournalSettings.From(settings), output);

    private static Task<int> Run(string[] arguments, IConfiguration settings, JournalOptions journal, TextWriter output)
    {
        var disk = new PhysicalDisk();
        return arguments switch
        {
            ["verify", ..] => DataVerifier.RunAsync(journal, disk, output, AnchorOf(settings)),
            ["backup", ..] => DataBackup.CopyAsync(
                journal,
                disk,
                PathOf(settings, "to", "names an empty directory for the backup."),
                TimeProvider.System,
                output
            ),
            ["restore", ..] => DataBackup.RestoreAsync(
                journal,
                disk,
                PathOf(settings, "from", "names the directory of a backup."),
                PathOf(settings, "to", "names a new data directory."),
                ErasedOf(settings),
                output
            ),
            ["rotate-key", ..] when journal.Key is not null => throw new SettingException(
                JournalSettings.KeyName,
                $"is set by hand, and so is its successor: put the old one into {JournalSettings.OlderKeysName}."
            ),
            ["rotate-key", ..] => JournalKeys.RotateAsync(journal, disk, output),
            ["stats", ..] => JournalStatistics.RunAsync(journal, disk, output),
            ["dump", ..] when StreamOf(arguments, settings) is { } stream => JournalDump.RunAsync(
                journal,
                disk,
                stream,
                output
            ),
            ["repair", ..] => throw new SettingException(
                "journal repair",
                $"is for a cluster's storage; name it by --{ClusterSettings.StorageName}. A directory has no such damage."
            ),
            _ => throw new SettingException("journal", Verbs),
        };
    }

    private static async Task<int> RunAsync(
        string[] arguments,
        IConfiguration settings,
        ClusterSettings cluster,
        TextWriter output
    )
    {
        await using var store = await ClusterStore.OpenAsync(cluster, TimeProvider.System);
        var tools = store.Tools(output);
        return arguments switch
        {
            ["verify", ..] => Math.Max(await tools.VerifyAsync(), await DataVerifier.RunAsync(cluster, output)),
            ["stats", ..] => await tools.ShowStatisticsAsync(),
            ["dump", ..] when StreamOf(arguments, settings) is { } stream => await tools.DumpAsync(stream),
            ["repair", ..] => await tools.RepairAsync(StreamOf(arguments, settings), arguments.Contains(Apply)),
            _ => throw new SettingException("journal", Verbs),
        };
    }

    private static string PathOf(IConfiguration settings, string name, string meaning) =>
        settings[name] is { Length: > 0 } path
            ? Path.GetFullPath(path)
            : throw new SettingException($"--{name}", meaning);

    private static string? AnchorOf(IConfiguration settings)
    {
        if (settings["anchor"] is not { Length: > 0 } path)
        {
            return null;
        }
        return File.Exists(path)
            ? File.ReadAllText(path)
            : throw new SettingException("--anchor", $"names the file of an anchor; there is none at {path}.");
    }

    /// <summary>By default the list that the host keeps.</summary>
    private static string? ErasedOf(IConfiguration settings)
    {
        if (settings["erased"] is not { Length: > 0 } path)
        {
            return JournalSettings.ErasedListFrom(settings);
        }
        return File.Exists(path)
            ? Path.GetFullPath(path)
            : throw new SettingException("--erased", $"names a list of destroyed keys; there is none at {path}.");
    }

    private static StreamId? StreamOf(string[] arguments, IConfiguration settings) =>
        arguments is [_, var named, ..] && !named.StartsWith('-') ? Parse(named)
        : settings["stream"] is { } stream ? Parse(stream)
        : null;

    private static StreamId Parse(string text)
    {
        try
        {
            return StreamId.Parse(text);
        }
        catch (ArgumentException)
        {
            throw new SettingException("--stream", $"is a category and a key, such as mood/ana, not '{text}'.");
        }
    }
}
