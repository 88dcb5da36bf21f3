using Actors.ApiHost.Http;
using Actors.ApiHost.Operations.Documentation;
using Actors.ApiHost.Operations.Health;
using Actors.ApiHost.Operations.Metrics;
using Actors.ApiHost.Operations.Switches;

namespace Actors.ApiHost.Operations;

internal static class OperationsSetup
{
    public static void AddOperations(this IHostApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddSingleton<Readiness>();
        services.AddSingleton<FeatureStates>();
        services.AddHostedService<FeatureRefresh>();
        services.AddSingleton<TrafficWindows>();
        services.AddSingleton<MetricsCollector>();
        services.AddSingleton<AlertGauges>();
        services.AddSingleton<HealthReport>();
        services.AddSingleton<IHealthCheck, DatabaseCheck>();
        services.AddSingleton<IHealthCheck, CacheCheck>();
        services.AddSingleton<IHealthCheck, MessageServiceCheck>();
        services.AddApiDocument();
        builder.AddOpenTelemetryExport();
    }

    public static void MapOperations(this WebApplication app)
    {
        app.MapFeature<HealthEndpoints>();
        app.MapFeature<MetricsEndpoints>();
        app.MapFeature<SwitchEndpoints>();
        app.MapApiDocument();
        // Created now, because it measures from then on.
        app.Services.GetRequiredService<AlertGauges>();
    }
}
