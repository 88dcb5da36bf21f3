namespace Actors.Hosting.Metrics;

internal enum Severity
{
    Ok,
    Warning,
    Critical,
}

/// <param name="Metric">A stable name.</param>
/// <param name="CriticalAbove">Null for a threshold that only warns.</param>
internal sealed record Threshold(
    string Metric,
    string Unit,
    double WarningAbove,
    double? CriticalAbove,
    TimeSpan Window,
    Func<TrafficWindows, double> Measure,
    bool IsAboutRequests = false
)
{
    // A share or a percentile of a handful of requests says nothing: the first ones after a start are always slow.
    private const int FewestRequests = 100;

    public Reading Read(TrafficWindows windows)
    {
        var value = Measure(windows);
        var severity =
            IsAboutRequests && windows.Requests.Total() < FewestRequests ? Severity.Ok
            : value > CriticalAbove ? Severity.Critical
            : value > WarningAbove ? Severity.Warning
            : Severity.Ok;
        return new Reading(this, value, severity);
    }
}

internal sealed record Reading(Threshold Threshold, double Value, Severity Severity);

/// <summary>The thresholds that operators are warned about.</summary>
internal static class Thresholds
{
    private static readonly TimeSpan FiveMinutes = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    public static readonly IReadOnlyList<Threshold> All =
    [
        new("mood_change_rate", "changes/hour", 1000, null, Hour, seen => seen.MoodChanges.Total()),
        new("api_error_rate", "%", 0.5, 1, FiveMinutes, seen => seen.ErrorRatio * 100, IsAboutRequests: true),
        new(
            "p95_latency",
            "ms",
            150,
            300,
            FiveMinutes,
            seen => seen.Latency.Percentiles(0.95)[0] * 1000,
            IsAboutRequests: true
        ),
        new("rate_limit_hits", "hits/hour", 50, 100, Hour, seen => seen.MoodLimitHits.Total()),
        new("template_failures", "failures/hour", 5, 10, Hour, seen => seen.TemplateFailures.Total()),
        new("database_errors", "errors/minute", 5, 10, TimeSpan.FromMinutes(1), seen => seen.StorageErrors.Total()),
    ];

    public static IReadOnlyList<Reading> Read(TrafficWindows windows) => [.. All.Select(one => one.Read(windows))];
}
