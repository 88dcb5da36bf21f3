using Actors.Grains.Hosting;
using OpenTelemetry.Exporter;

namespace Actors.Hosting.Telemetry;

/// <summary>Where metrics and traces are sent, by the standard variables of OpenTelemetry.</summary>
internal sealed record Collector(Uri Endpoint, bool IsOverHttp)
{
    private const string ProtocolSetting = "OTEL_EXPORTER_OTLP_PROTOCOL";
    private const string OverHttp = "http/protobuf";

    /// <summary>Null when nothing is to be sent.</summary>
    /// <exception cref="SettingException">A value is wrong; the message names it.</exception>
    public static Collector? Read(IConfiguration settings)
    {
        if (settings.Text(GrainHosting.CollectorSetting) is not { } endpoint)
        {
            return null;
        }
        if (!Uri.TryCreate(endpoint, UriKind.Absolute, out var address))
        {
            throw new SettingException(GrainHosting.CollectorSetting, $"is an address, not '{endpoint}'.");
        }
        return settings.Text(ProtocolSetting) switch
        {
            null or "grpc" => new Collector(address, IsOverHttp: false),
            OverHttp => new Collector(address, IsOverHttp: true),
            var other => throw new SettingException(ProtocolSetting, $"is grpc or {OverHttp}, not '{other}'."),
        };
    }

    /// <param name="signal">"metrics" or "traces"; over HTTP each has its own path below the endpoint.</param>
    public void Configure(OtlpExporterOptions options, string signal)
    {
        options.Protocol = IsOverHttp ? OtlpExportProtocol.HttpProtobuf : OtlpExportProtocol.Grpc;
        options.Endpoint = IsOverHttp ? new Uri($"{Endpoint.ToString().TrimEnd('/')}/v1/{signal}") : Endpoint;
    }
}
