using Actors.Hosting.Metrics;
using Actors.Hosting.Storage;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Actors.Hosting.Health;

/// <summary>Whether the storage takes a write now, and how often it failed lately.</summary>
internal sealed class DatabaseCheck(StorageWatch storage, TrafficWindows windows) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(
        HealthCheckContext context,
        CancellationToken cancellationToken
    ) =>
        await storage.LookAsync() switch
        {
            StorageState.Away => HealthCheckResult.Unhealthy("The storage does not take writes."),
            StorageState.Unreachable => HealthCheckResult.Unhealthy("No silo answers."),
            _ when windows.StorageErrors.Total() > 0 => HealthCheckResult.Degraded(
                "Storage failed within the last minute."
            ),
            _ => HealthCheckResult.Healthy("The storage takes writes."),
        };
}
