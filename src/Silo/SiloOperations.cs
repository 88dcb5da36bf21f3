using Actors.Hosting;
using Actors.Hosting.Health;

namespace Actors.Silo;

/// <summary>
/// What operators ask a silo. Nobody signs in here: like the silo's other ports, this one stays inside the private network.
/// </summary>
internal static class SiloOperations
{
    public static void MapOperations(this WebApplication app)
    {
        app.StartMeasuring();
        var stopping = app.Lifetime.ApplicationStopping;
        // The web server starts after the silo has joined the cluster and stops before it leaves.
        app.MapGet("/livez", static () => Probe("alive"));
        app.MapGet("/readyz", () => stopping.IsCancellationRequested ? Probe("draining", 503) : Probe("ready"));
        app.MapGet("/health", HealthAsync);
        app.MapPrometheusScrapingEndpoint("/metrics");
    }

    private static async Task<IResult> HealthAsync(HealthSummary summary)
    {
        var health = await summary.Get();
        return Results.Json(
            health,
            HealthJson.Default.HealthResponse,
            statusCode: health.Status == "unhealthy" ? StatusCodes.Status503ServiceUnavailable : StatusCodes.Status200OK
        );
    }

    private static IResult Probe(string status, int code = StatusCodes.Status200OK) =>
        Results.Json(new ProbeResponse(status), HealthJson.Default.ProbeResponse, statusCode: code);
}
