using System.Globalization;
using Actors.Hosting.Metrics;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Actors.Hosting.Health;

/// <summary>Whether current moods are answered from memory. A cold cache is slow, not broken, and warms by itself.</summary>
internal sealed class CacheCheck(TrafficWindows windows) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken)
    {
        var ratio = windows.CacheHitRatio.ToString("P1", CultureInfo.InvariantCulture);
        return Task.FromResult(HealthCheckResult.Healthy($"{ratio} of recent mood reads were answered from memory."));
    }
}
