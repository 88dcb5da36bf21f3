using Actors.Grains.Hosting;
using Actors.Grains.Operations;
using Actors.Hosting.Metrics;
using Actors.Hosting.Storage;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Actors.Hosting;

/// <summary>Metrics and traces of requests over OTLP, when the standard variables say where to.</summary>
internal static class OpenTelemetrySetup
{
    private const string EndpointSetting = "OTEL_EXPORTER_OTLP_ENDPOINT";
    private const string ProtocolSetting = "OTEL_EXPORTER_OTLP_PROTOCOL";
    private const string OverHttp = "http/protobuf";

    /// <param name="service">The name under which the collector shows this process.</param>
    public static void AddOpenTelemetryExport(this IHostApplicationBuilder builder, string service)
    {
        if (builder.Configuration.Text(EndpointSetting) is { } endpoint)
        {
            var collector = Collector.Read(endpoint, builder.Configuration.Text(ProtocolSetting));
            builder.Services.AddHostedService(_ => new OpenTelemetryExport(collector, service));
        }
    }

    private sealed record Collector(Uri Endpoint, bool IsOverHttp)
    {
        public static Collector Read(string endpoint, string? protocol)
        {
            if (!Uri.TryCreate(endpoint, UriKind.Absolute, out var address))
            {
                throw new SettingException(EndpointSetting, $"is an address, not '{endpoint}'.");
            }
            return protocol is null or "grpc" or OverHttp
                ? new Collector(address, protocol == OverHttp)
                : throw new SettingException(ProtocolSetting, $"is grpc or {OverHttp}, not '{protocol}'.");
        }

        /// <param name="signal">"metrics" or "traces"; over HTTP each has its own path below the endpoint.</param>
        public void Configure(OtlpExporterOptions options, string signal)
        {
            options.Protocol = IsOverHttp ? OtlpExportProtocol.HttpProtobuf : OtlpExportProtocol.Grpc;
            options.Endpoint = IsOverHttp ? new Uri($"{Endpoint.ToString().TrimEnd('/')}/v1/{signal}") : Endpoint;
        }
    }

    private sealed class OpenTelemetryExport(Collector collector, string service) : IHostedService
    {
        private MeterProvider? _meters;
        private TracerProvider? _tracers;

        public Task StartAsync(CancellationToken cancellationToken)
        {
            var resource = ResourceBuilder.CreateDefault().AddService(service);
            _meters = Sdk.CreateMeterProviderBuilder()
                .SetResourceBuilder(resource)
                .AddMeter(
                    GrainMetrics.MeterName,
                    AlertGauges.MeterName,
                    StorageWatch.MeterName,
                    MetricsCollector.JournalMeter
                )
                .AddMeter("System.Runtime", "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel")
                .AddOtlpExporter(options => collector.Configure(options, "metrics"))
                .Build();
            _tracers = Sdk.CreateTracerProviderBuilder()
                .SetResourceBuilder(resource)
                .AddSource("Microsoft.AspNetCore")
                .AddOtlpExporter(options => collector.Configure(options, "traces"))
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
