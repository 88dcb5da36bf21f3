using Actors.ApiHost.Http;
using Actors.ApiHost.Operations.Documentation;
using Actors.ApiHost.Operations.Health;
using Actors.ApiHost.Operations.Metrics;
using Actors.ApiHost.Operations.Switches;
using Actors.Hosting;
using Actors.Hosting.Health;

namespace Actors.ApiHost.Operations;

internal static class OperationsSetup
{
    public static void AddOperations(this IHostApplicationBuilder builder)
    {
        builder.AddProcessOperations("actors-api");
        var services = builder.Services;
        services.AddSingleton<Readiness>();
        services.AddSingleton<MetricsReader>();
        services.AddSingleton<FeatureStates>();
        services.AddHostedService<FeatureRefresh>();
        services.AddHealthChecks().Add<MessageServiceCheck>("messageService");
        services.AddApiDocument();
    }

    public static void MapOperations(this WebApplication app)
    {
        app.MapFeature<HealthEndpoints>();
        app.MapFeature<MetricsEndpoints>();
        app.MapFeature<SwitchEndpoints>();
        app.MapApiDocument();
        app.StartMeasuring();
    }
}
