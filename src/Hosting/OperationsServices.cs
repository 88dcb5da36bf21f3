using Actors.Grains.Hosting;
using Actors.Hosting.Health;
using Actors.Hosting.Metrics;
using Actors.Hosting.Storage;

namespace Actors.Hosting;

/// <summary>What operators see of every process, be it an API host or a silo.</summary>
internal static class OperationsServices
{
    /// <param name="service">The name under which a collector shows this process.</param>
    /// <exception cref="Actors.Grains.Hosting.SettingException">A value is wrong; the message names it.</exception>
    public static void AddProcessOperations(this IHostApplicationBuilder builder, string service)
    {
        var services = builder.Services;
        services.AddSingleton<TrafficWindows>();
        services.AddSingleton<MetricsCollector>();
        services.AddSingleton<AlertGauges>();
        services.AddSingleton<StorageWatch>();
        services.AddHostedService(static services => services.GetRequiredService<StorageWatch>());
        services.AddSingleton<HealthReport>();
        services.AddSingleton<IHealthCheck, DatabaseCheck>();
        services.AddSingleton<IHealthCheck, CacheCheck>();
        if (ClusterSettings.From(builder.Configuration) is null)
        {
            services.AddSingleton<IHealthCheck, JournalCheck>();
        }
        builder.AddOpenTelemetryExport(service);
    }

    /// <summary>Creates what measures from its creation on.</summary>
    public static void StartMeasuring(this WebApplication app)
    {
        app.Services.GetRequiredService<MetricsCollector>();
        app.Services.GetRequiredService<AlertGauges>();
    }
}
