using Actors.Hosting.Metrics;

namespace Actors.Hosting.Health;

/// <summary>Runs the checks at most once a second however many ask, because the endpoint is public.</summary>
internal sealed partial class HealthReport(
    IEnumerable<IHealthCheck> checks,
    TrafficWindows windows,
    TimeProvider time,
    ILogger<HealthReport> logger
)
{
    private static readonly TimeSpan Freshness = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

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
        var results = await Task.WhenAll(checks.Select(Run));
        var readings = Thresholds.Read(windows);
        var exceeded = readings.Where(reading => reading.Severity != Severity.Ok).Select(Response).ToList();
        var worst = results.Max(result => result.Status);
        // Too much load is no reason to take a host out of service: alerts alone never make it unhealthy.
        var status = worst == HealthStatus.Healthy && exceeded.Count > 0 ? HealthStatus.Degraded : worst;
        return new HealthResponse(
            Name(status),
            time.GetUtcNow().UtcDateTime,
            results.ToDictionary(result => result.Name, result => result.Response),
            exceeded,
            [.. readings.Select(Response)]
        );
    }

    private async Task<(string Name, HealthStatus Status, CheckResponse Response)> Run(IHealthCheck check)
    {
        var started = time.GetTimestamp();
        var finding = await Judge(check);
        var milliseconds = Math.Round(time.GetElapsedTime(started).TotalMilliseconds, 3);
        return (check.Name, finding.Status, new CheckResponse(Name(finding.Status), finding.Detail, milliseconds));
    }

    private async Task<HealthFinding> Judge(IHealthCheck check)
    {
        try
        {
            return await check.Check().AsTask().WaitAsync(Patience, time);
        }
        catch (Exception fault)
        {
            LogFailed(logger, check.Name, fault);
            return new HealthFinding(HealthStatus.Unhealthy, "It does not answer.");
        }
    }

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

    [LoggerMessage(LogLevel.Warning, "Health check {Check} failed")]
    private static partial void LogFailed(ILogger logger, string check, Exception fault);
}
