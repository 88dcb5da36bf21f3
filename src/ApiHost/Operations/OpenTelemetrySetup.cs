using Actors.ApiHost.Hosting;
using Actors.ApiHost.Operations.Metrics;
using Actors.GrainInterfaces.Operations;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Actors.ApiHost.Operations;

internal static class OpenTelemetrySetup
{
    private const string EndpointVariable = "OTEL_EXPORTER_OTLP_ENDPOINT";

    /// <summary>Metrics and traces of requests over OTLP, when the standard variable says where to.</summary>
    public static void AddOpenTelemetryExport(this IHostApplicationBuilder builder)
    {
        if (builder.Configuration.Text(EndpointVariable) is not null)
        {
            builder.Services.AddHostedService<OpenTelemetryExport>();
        }
    }

    private sealed class OpenTelemetryExport : IHostedService
    {
        private MeterProvider? _meters;
        private TracerProvider? _tracers;

        public Task StartAsync(CancellationToken cancellationToken)
        {
            var resource = ResourceBuilder.CreateDefault().AddService("actors-api");
            _meters = Sdk.CreateMeterProviderBuilder()
                .SetResourceBuilder(resource)
                .AddMeter(Telemetry.MeterName, AlertGauges.MeterName, "Actors.Journal", "System.Runtime")
                .AddMeter("Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel")
                .AddOtlpExporter()
                .Build();
            _tracers = Sdk.CreateTracerProviderBuilder()
                .SetResourceBuilder(resource)
                .AddSource("Microsoft.AspNetCore")
                .AddOtlpExporter()
                .Build();
            return Task.CompletedTask;
        }

        public Task StopAsync(CancellationToken cancellationToken)
        {
            // Disposing sends what is left.
            _tracers?.Dispose();
            _meters?.Dispose();
            return Task.CompletedTask;
        }
    }
}
