using Actors.GrainInterfaces.Identity;

namespace Actors.ApiHost.Auth.Revoking;

/// <summary>
/// Asks every second whether something was revoked through another host, so that it is in effect everywhere within two. The
/// first answer is waited for before requests are taken; should it not come, tokens are refused until it does.
/// </summary>
internal sealed partial class RevocationRefresh(
    IGrainFactory grains,
    Revocations revocations,
    TimeProvider time,
    ILogger<RevocationRefresh> logger
) : BackgroundService
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan FirstAnswer = TimeSpan.FromSeconds(5);

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await RefreshAsync(FirstAnswer, cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Period, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            await RefreshAsync(Timeout.InfiniteTimeSpan, stoppingToken);
        }
    }

    private async Task RefreshAsync(TimeSpan patience, CancellationToken stopping)
    {
        try
        {
            var grain = grains.GetGrain<IRevocationsGrain>(IRevocationsGrain.Key);
            var asked = grain.Since(revocations.Version).AsTask();
            if (await asked.WaitAsync(patience, time, stopping) is { } list)
            {
                revocations.Apply(list);
            }
        }
        catch (Exception fault) when (!stopping.IsCancellationRequested)
        {
            // What was known stays in force; the next second tries again.
            LogFailed(logger, fault);
        }
    }

    [LoggerMessage(LogLevel.Warning, "What is revoked could not be read")]
    private static partial void LogFailed(ILogger logger, Exception fault);
}
