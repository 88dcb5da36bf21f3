using System.Diagnostics.Metrics;
using Actors.Grains.Hosting;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Actors.Hosting.Telemetry;

/// <summary>What any process measures and traces, and who gets it: Prometheus asks, a collector is sent it.</summary>
internal static class TelemetrySetup
{
    private const string RequestDuration = "http.server.request.duration";

    private static readonly string[] Meters =
    [
        "Actors*",
        "Microsoft.Orleans",
        "Microsoft.AspNetCore.Hosting",
        "Microsoft.AspNetCore.Server.Kestrel",
        "System.Runtime",
    ];

    private static readonly string[] TraceSources = ["Microsoft.Orleans.Application", "Microsoft.Orleans.Runtime"];

    // The framework's bounds begin at 5 ms, above most answers, and none lies at the thresholds that operators are warned at.
    private static readonly ExplicitBucketHistogramConfiguration Durations = new()
    {
        TagKeys = ["http.request.method", "http.response.status_code", "http.route"],
        Boundaries = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.15, 0.2, 0.3, 0.5, 1, 2.5, 5, 10],
    };

    /// <param name="service">The name under which a collector shows this process.</param>
    /// <exception cref="Actors.Grains.Hosting.SettingException">A value is wrong; the message names it.</exception>
    public static void AddTelemetry(this IHostApplicationBuilder builder, string service)
    {
        var collector = Collector.Read(builder.Configuration);
        var sampled = SampledTraces(builder.Configuration);
        var telemetry = builder.Services.AddOpenTelemetry().ConfigureResource(resource => resource.AddService(service));
        telemetry.WithMetrics(metrics =>
        {
            metrics.AddMeter(Meters).AddPrometheusExporter(AsBefore);
            if (collector is not null)
            {
                metrics.AddOtlpExporter(options => collector.Configure(options, "metrics"));
            }
        });
        builder.Services.ConfigureOpenTelemetryMeterProvider(
            static (services, metrics) =>
            {
                var own = services.GetRequiredService<IMeterFactory>();
                metrics.AddView(instrument => ViewOf(instrument, own));
            }
        );
        if (collector is not null)
        {
            telemetry.WithTracing(traces =>
                traces
                    .SetSampler(new ParentBasedSampler(sampled, remoteParentSampled: sampled))
                    .AddSource(TraceSources)
                    .AddAspNetCoreInstrumentation()
                    .AddProcessor(new PersonsLeftOut())
                    .AddOtlpExporter(options => collector.Configure(options, "traces"))
            );
        }
    }

    /// <summary>Whoever sends a request cannot ask for more, only for none.</summary>
    private static TraceIdRatioBasedSampler SampledTraces(IConfiguration settings) =>
        new(SettingsReader.Read<TraceOptions>(settings).SampledPercent / 100d);

    private static MetricStreamConfiguration? ViewOf(Instrument instrument, IMeterFactory own) =>
        // Of another host in this process.
        instrument.Meter.Scope
            is { } scope
        && !ReferenceEquals(scope, own)
            ? MetricStreamConfiguration.Drop
        : instrument.Name == RequestDuration ? Durations
        : null;

    /// <summary>Samples have the labels that they were given and no others, and are as new as the question.</summary>
    private static void AsBefore(PrometheusAspNetCoreOptions prometheus)
    {
        prometheus.ScopeInfoEnabled = false;
        prometheus.TargetInfoEnabled = false;
        prometheus.ScrapeResponseCacheDurationMilliseconds = 0;
    }
}
