using Actors.Grains.Hosting.Anchoring;
using Actors.Journal;
using Actors.Journal.Disks;
using Microsoft.Extensions.Logging;

namespace Actors.Grains.Hosting;

/// <summary>Opens the journal of this machine, if it is not behind its anchor.</summary>
internal sealed partial class JournalOpening(
    IDisk disk,
    TimeProvider time,
    ILogger<FileJournal> journalLogger,
    ILogger<JournalOpening> logger
)
{
    /// <exception cref="JournalBehindAnchorException">It is.</exception>
    public FileJournal Open(JournalOptions options, AnchorSettings? anchoring)
    {
        if (options.Key is null && IsBeside(options))
        {
            LogKeyBeside(logger, options.KeyFile, JournalSettings.KeyFileName);
        }
        var journal = FileJournal.Open(options, disk, time, journalLogger);
        try
        {
            if (anchoring?.Place.Read() is { } anchor)
            {
                journal.RequireAnchor(anchor);
            }
            else if (anchoring is { Place.KeepsNewest: true } && journal.ListStreams().Count > 0)
            {
                LogNoAnchor(logger, AnchorSettings.PlaceName);
            }
            return journal;
        }
        catch (JournalBehindAnchorException difference)
        {
            journal.DisposeAsync().AsTask().GetAwaiter().GetResult();
            throw new JournalBehindAnchorException($"Setting {AnchorSettings.PlaceName}: {difference.Message}");
        }
        catch
        {
            journal.DisposeAsync().AsTask().GetAwaiter().GetResult();
            throw;
        }
    }

    private static bool IsBeside(JournalOptions options)
    {
        var data = Path.GetDirectoryName(Path.GetFullPath(options.Directory)) + Path.DirectorySeparatorChar;
        return Path.GetFullPath(options.KeyFile).StartsWith(data, StringComparison.Ordinal);
    }

    [LoggerMessage(
        LogLevel.Warning,
        "The journal's key, {KeyFile}, lies beside what it encrypts: whoever copies the directory can read it. {Setting} names another place"
    )]
    private static partial void LogKeyBeside(ILogger logger, string keyFile, string setting);

    [LoggerMessage(
        LogLevel.Warning,
        "No anchor is where {Setting} says, so that nobody knows whether the journal was put back to an older state"
    )]
    private static partial void LogNoAnchor(ILogger logger, string setting);
}
