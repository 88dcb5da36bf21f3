using System.Diagnostics.Metrics;
using Actors.Grains.Durability;
using Actors.Hosting.Health;
using Actors.Hosting.Metrics;
using Actors.Hosting.Storage;
using Actors.Hosting.Telemetry;

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
        services.AddSingleton<TrafficListener>();
        services.AddSingleton<AlertGauges>();
        services.AddSingleton<StorageWatch>();
        services.AddHostedService(static services => services.GetRequiredService<StorageWatch>());
        builder.AddHealth();
        builder.AddTelemetry(service);
    }

    /// <summary>Creates what measures from its creation on.</summary>
    public static void StartMeasuring(this WebApplication app)
    {
        app.Services.GetRequiredService<TrafficListener>();
        app.Services.GetRequiredService<AlertGauges>();
        if (app.Services.GetService<Courier>() is { } courier)
        {
            // Not kept: its instruments are.
            _ = new OutboxGauges(app.Services.GetRequiredService<IMeterFactory>(), courier);
        }
    }
}
