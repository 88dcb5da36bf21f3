using System.Diagnostics.Metrics;
using Actors.Journal;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Actors.Grains.Hosting.Anchoring;

/// <summary>Anchors the journal: at the start, now and then, and at the stop, when nothing is written any more.</summary>
internal sealed partial class JournalAnchoring(
    FileJournal journal,
    AnchorSettings settings,
    TimeProvider time,
    IMeterFactory meters,
    ILogger<JournalAnchoring> logger
) : BackgroundService
{
    private readonly SemaphoreSlim _oneAtATime = new(1);
    private string? _newest;
    private long _anchoredAt = time.GetTimestamp();

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await AnchorAsync(cancellationToken);
    }

    public override void Dispose()
    {
        _oneAtATime.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        meters
            .Create("Actors.Journal")
            .CreateObservableGauge(
                "journal.anchor.age",
                () => time.GetElapsedTime(Volatile.Read(ref _anchoredAt)).TotalSeconds,
                "s",
                "Since the journal was anchored, or the start when it was not yet."
            );
        _newest = settings.Place.Read();
        while (!stoppingToken.IsCancellationRequested)
        {
            await AnchorAsync(stoppingToken);
            await Task.Delay(settings.Every, time, stoppingToken)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>A failure is said and tried again the next time: the journal itself goes on.</summary>
    private async Task AnchorAsync(CancellationToken cancellation)
    {
        try
        {
            await _oneAtATime.WaitAsync(cancellation);
        }
        catch (OperationCanceledException)
        {
            // The first anchor of a long history takes longer than a stop may.
            return;
        }
        try
        {
            var anchor = await journal.MakeAnchorAsync(_newest);
            await settings.Place.WriteAsync(anchor, cancellation);
            _newest = anchor;
            Volatile.Write(ref _anchoredAt, time.GetTimestamp());
        }
        catch (Exception fault)
        {
            LogNotAnchored(logger, fault);
        }
        finally
        {
            _oneAtATime.Release();
        }
    }

    [LoggerMessage(LogLevel.Error, "The journal could not be anchored; it will be tried again")]
    private static partial void LogNotAnchored(ILogger logger, Exception fault);
}
