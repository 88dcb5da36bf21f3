using Actors.Hosting.Metrics;
using Actors.Hosting.Storage;

namespace Actors.Hosting.Health;

/// <summary>Whether the storage takes a write now, and how often it failed lately.</summary>
internal sealed class DatabaseCheck(StorageWatch storage, TrafficWindows windows) : IHealthCheck
{
    public string Name => "database";

    public async ValueTask<HealthFinding> Check() =>
        await storage.LookAsync() switch
        {
            StorageState.Away => new(HealthStatus.Unhealthy, "The storage does not take writes."),
            StorageState.Unreachable => new(HealthStatus.Unhealthy, "No silo answers."),
            _ when windows.StorageErrors.Total() > 0 => new(
                HealthStatus.Degraded,
                "Storage failed within the last minute."
            ),
            _ => new(HealthStatus.Healthy, "The storage takes writes."),
        };
}
