using System.Globalization;
using Actors.Hosting.Metrics;

namespace Actors.Hosting.Health;

/// <summary>Whether current moods are answered from memory. A cold cache is slow, not broken, and warms by itself.</summary>
internal sealed class CacheCheck(TrafficWindows windows) : IHealthCheck
{
    public string Name => "cache";

    public ValueTask<HealthFinding> Check()
    {
        var ratio = windows.CacheHitRatio.ToString("P1", CultureInfo.InvariantCulture);
        return new(new HealthFinding(HealthStatus.Healthy, $"{ratio} of recent mood reads were answered from memory."));
    }
}
