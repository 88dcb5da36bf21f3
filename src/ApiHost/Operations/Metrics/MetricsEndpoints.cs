using Actors.ApiHost.Auth;
using Actors.ApiHost.Errors;
using Actors.ApiHost.Http;

namespace Actors.ApiHost.Operations.Metrics;

/// <summary><c>/metrics</c>, in the text format of Prometheus.</summary>
internal sealed class MetricsEndpoints(MetricsReader reader) : IEndpoints
{
    public void Map(IEndpointRouteBuilder routes)
    {
        var scrape = routes
            .CreateApplicationBuilder()
            .UseOpenTelemetryPrometheusScrapingEndpoint(static _ => true)
            .Build();
        routes
            .MapMethods(
                "/metrics",
                ["GET"],
                http =>
                {
                    if (reader.Refuse(http) is not { } refusal)
                    {
                        return scrape(http);
                    }
                    Problem.Write(http, refusal);
                    return Task.CompletedTask;
                }
            )
            .Public()
            .Unlimited()
            .ExcludeFromDescription();
    }
}
