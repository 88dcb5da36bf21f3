using Actors.ApiHost.Auth;
using Actors.ApiHost.Http;
using Actors.GrainInterfaces.Outcomes;
using Actors.Hosting.Health;

namespace Actors.ApiHost.Operations.Health;

internal sealed class HealthEndpoints(HealthSummary summary, Readiness readiness) : IEndpoints
{
    public void Map(IEndpointRouteBuilder routes)
    {
        var probes = routes.MapGroup("").WithTags("Operations").Public().Unlimited();
        probes
            .Get("/livez", Alive, HealthJson.Default.ProbeResponse)
            .WithSummary("Whether the process runs; depends on nothing");
        probes
            .Get("/readyz", Ready, HealthJson.Default.ProbeResponse)
            .WithSummary("Whether requests should be sent here; 503 while starting and while draining");
        probes
            .Get("/health", Health, HealthJson.Default.HealthResponse)
            .WithSummary("Checks of what the product depends on, and the alert thresholds; 503 when unhealthy");
    }

    private static ValueTask<Outcome<ProbeResponse>> Alive(Call call) => new(new ProbeResponse("alive"));

    private ValueTask<Outcome<ProbeResponse>> Ready(Call call)
    {
        call.Http.Response.StatusCode = readiness.IsReady ? 200 : StatusCodes.Status503ServiceUnavailable;
        return new(new ProbeResponse(readiness.Reason));
    }

    private async ValueTask<Outcome<HealthResponse>> Health(Call call)
    {
        var health = await summary.Get();
        call.Http.Response.StatusCode = health.Status == "unhealthy" ? StatusCodes.Status503ServiceUnavailable : 200;
        return health;
    }
}
