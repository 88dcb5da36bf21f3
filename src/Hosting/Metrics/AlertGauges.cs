using System.Diagnostics.Metrics;

namespace Actors.Hosting.Metrics;

/// <summary>What the windows say, as instruments, so that Prometheus and OTLP see what <c>/health</c> sees.</summary>
internal sealed class AlertGauges
{
    public const string MeterName = "Actors.Api";

    public AlertGauges(IMeterFactory meters, TrafficWindows windows)
    {
        var meter = meters.Create(MeterName);
        meter.CreateObservableGauge(
            "actors.api.latency",
            () => Latencies(windows),
            "s",
            "Percentiles of the durations of API requests in the last five minutes."
        );
        meter.CreateObservableGauge(
            "actors.api.errors.ratio",
            () => windows.ErrorRatio,
            "1",
            "API requests that failed in the last five minutes, as a share of all."
        );
        meter.CreateObservableGauge(
            "actors.mood.cache_hits.ratio",
            () => windows.CacheHitRatio,
            "1",
            "Moods answered from memory in the last five minutes, as a share of all reads."
        );
        meter.CreateObservableGauge(
            "actors.alerts",
            () => Severities(windows),
            null,
            "State of each threshold: 0 within bounds, 1 warning, 2 critical."
        );
    }

    private static IEnumerable<Measurement<double>> Latencies(TrafficWindows windows)
    {
        double[] shares = [0.5, 0.95, 0.99];
        var seconds = windows.Latency.Percentiles(shares);
        return shares.Select(
            (share, i) =>
                new Measurement<double>(seconds[i], new KeyValuePair<string, object?>("quantile", QuantileNames[i]))
        );
    }

    private static readonly string[] QuantileNames = ["0.5", "0.95", "0.99"];

    private static IEnumerable<Measurement<int>> Severities(TrafficWindows windows) =>
        Thresholds
            .Read(windows)
            .Select(reading => new Measurement<int>(
                (int)reading.Severity,
                new KeyValuePair<string, object?>("metric", reading.Threshold.Metric)
            ));
}
