using System.Text.Json.Serialization;

namespace Actors.Hosting.Health;

/// <param name="Status">"healthy", "degraded" or "unhealthy"; only the last is answered with 503.</param>
/// <param name="Timestamp">In UTC.</param>
/// <param name="Alerts">The thresholds that are exceeded now.</param>
/// <param name="Thresholds">Every threshold with its present value.</param>
internal sealed record HealthResponse(
    string Status,
    DateTime Timestamp,
    IReadOnlyDictionary<string, CheckResponse> Checks,
    IReadOnlyList<AlertResponse> Alerts,
    IReadOnlyList<AlertResponse> Thresholds
);

internal sealed record CheckResponse(string Status, string Detail, double DurationMilliseconds);

internal sealed record AlertResponse(
    string Metric,
    string Severity,
    double Value,
    string Unit,
    double WarningAbove,
    double? CriticalAbove,
    double WindowSeconds
);

internal sealed record ProbeResponse(string Status);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(HealthResponse))]
[JsonSerializable(typeof(ProbeResponse))]
internal sealed partial class HealthJson : JsonSerializerContext;
