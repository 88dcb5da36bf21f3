using Actors.ApiHost.Limits;
using Actors.Grains.Hosting;

namespace Actors.ApiHost.Hosting;

internal static class KestrelSetup
{
    private static readonly TimeSpan StopWithin = TimeSpan.FromSeconds(30);

    /// <summary>Bounds on what a connection may send, and a stop that finishes what was accepted.</summary>
    public static void AddHttpServer(this WebApplicationBuilder builder)
    {
        var limits = SettingsReader.Read<LimitOptions>(builder.Configuration);
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            var connections = kestrel.ApplicationServices.GetRequiredService<ConnectionLimiter>();
            kestrel.ConfigureEndpointDefaults(endpoint =>
                endpoint.Use(next => connection => connections.RunAsync(connection, next))
            );
            kestrel.Limits.MaxRequestBodySize = limits.BodyBytes;
            // Room for the longest token and a browser's own headers.
            kestrel.Limits.MaxRequestHeadersTotalSize = 24 * 1024;
            kestrel.Limits.MaxRequestLineSize = 8 * 1024;
            kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(10);
        });
        builder.Services.AddSettings<LimitOptions>();
        builder.Services.AddSettings<NetworkOptions>();
        builder.Services.AddSingleton<ConnectionLimiter>();
        builder.Services.AddCors();
        // In this order: unready, no new connections, accepted requests answered, grains drained, journal closed.
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = StopWithin);
        builder.Services.AddSettings<StopOptions>();
        builder.Services.AddHostedService<DrainDelay>();
        builder.AddTls();
    }
}
