using Actors.ApiHost.Operations.Metrics;
using Actors.GrainInterfaces.Operations;

namespace Actors.ApiHost.Operations.Health;

/// <summary>The journal, through a durable grain, and how often storage failed lately.</summary>
internal sealed class DatabaseCheck(IGrainFactory grains, TrafficWindows windows) : IHealthCheck
{
    public string Name => "database";

    public async ValueTask<HealthFinding> Check()
    {
        await grains.GetGrain<IFeatureSwitchesGrain>(IFeatureSwitchesGrain.Key).Get();
        return windows.StorageErrors.Total() == 0
            ? new HealthFinding(HealthStatus.Healthy, "Durable grains answer.")
            : new HealthFinding(HealthStatus.Degraded, "Storage failed within the last minute.");
    }
}
