using Actors.GrainInterfaces.Operations;

namespace Actors.ApiHost.Operations.Switches;

/// <summary>
/// Reads the switches every second, so that a change made through any host is in effect everywhere within two. The first
/// answer also proves that grains answer, which makes this host ready.
/// </summary>
internal sealed partial class FeatureRefresh(
    IGrainFactory grains,
    FeatureStates states,
    Readiness readiness,
    TimeProvider time,
    ILogger<FeatureRefresh> logger
) : BackgroundService
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Period, time);
        do
        {
            await Refresh(stoppingToken);
        } while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async Task Refresh(CancellationToken stopping)
    {
        try
        {
            var switches = await grains.GetGrain<IFeatureSwitchesGrain>(IFeatureSwitchesGrain.Key).Get();
            states.Apply(switches);
            readiness.GrainsAnswered();
        }
        catch (Exception fault) when (!stopping.IsCancellationRequested)
        {
            // The last known switches stay in force; the next second tries again.
            LogFailed(logger, fault);
        }
    }

    [LoggerMessage(LogLevel.Warning, "The feature switches could not be read")]
    private static partial void LogFailed(ILogger logger, Exception fault);
}
