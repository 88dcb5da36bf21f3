using Actors.Hosting.Metrics;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Actors.Hosting.Health;

/// <summary>
/// What the checks found and what the thresholds say, as operators read it. The checks run at most once a second however
/// many ask, because the endpoint is public.
/// </summary>
internal sealed class HealthSummary(HealthCheckService checks, TrafficWindows windows, TimeProvider time)
{
    private static readonly TimeSpan Freshness = TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new();
    private Task<HealthResponse>? _latest;
    private long _startedAt;

    public Task<HealthResponse> Get()
    {
        lock (_gate)
        {
            if (_latest is null || time.GetElapsedTime(_startedAt) >= Freshness)
            {
                _startedAt = time.GetTimestamp();
                _latest = Make();
            }
            return _latest;
        }
    }

    private async Task<HealthResponse> Make()
    {
        var report = await checks.CheckHealthAsync();
        var readings = Thresholds.Read(windows);
        var exceeded = readings.Where(reading => reading.Severity != Severity.Ok).Select(Response).ToList();
        // Too much load is no reason to take a host out of service: alerts alone never make it unhealthy.
        var isOnlyLoaded = report.Status == HealthStatus.Healthy && exceeded.Count > 0;
        return new HealthResponse(
            Name(isOnlyLoaded ? HealthStatus.Degraded : report.Status),
            time.GetUtcNow().UtcDateTime,
            report.Entries.ToDictionary(entry => entry.Key, entry => Response(entry.Value)),
            exceeded,
            [.. readings.Select(Response)]
        );
    }

    // Whatever went wrong is in the log; the endpoint is public.
    private static CheckResponse Response(HealthReportEntry entry) =>
        new(
            Name(entry.Status),
            entry is { Exception: null, Description: { } detail } ? detail : "It does not answer.",
            Math.Round(entry.Duration.TotalMilliseconds, 3)
        );

    private static AlertResponse Response(Reading reading) =>
        new(
            reading.Threshold.Metric,
            reading.Severity switch
            {
                Severity.Critical => "critical",
                Severity.Warning => "warning",
                _ => "ok",
            },
            Math.Round(reading.Value, 3),
            reading.Threshold.Unit,
            reading.Threshold.WarningAbove,
            reading.Threshold.CriticalAbove,
            reading.Threshold.Window.TotalSeconds
        );

    private static string Name(HealthStatus status) =>
        status switch
        {
            HealthStatus.Healthy => "healthy",
            HealthStatus.Degraded => "degraded",
            _ => "unhealthy",
        };
}
