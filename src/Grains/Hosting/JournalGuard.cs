using Actors.Journal;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Actors.Grains.Hosting;

/// <summary>
/// Ends the process when the journal has fenced itself off after a failed write: what the disk holds is found out by a
/// new start, never by going on.
/// </summary>
public sealed partial class JournalGuard(
    FileJournal journal,
    IHostApplicationLifetime lifetime,
    ILogger<JournalGuard> logger
) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        journal.Fenced += OnFenced;
        if (journal.Fence is { } before)
        {
            OnFenced(before);
        }
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        journal.Fenced -= OnFenced;
        return Task.CompletedTask;
    }

    private void OnFenced(Exception reason)
    {
        LogFenced(logger, reason);
        Environment.ExitCode = 1;
        lifetime.StopApplication();
    }

    [LoggerMessage(
        Level = LogLevel.Critical,
        Message = "The journal cannot be written any more; the process ends to read it anew"
    )]
    private static partial void LogFenced(ILogger logger, Exception reason);
}
