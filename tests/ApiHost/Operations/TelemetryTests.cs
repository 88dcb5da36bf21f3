using System.Diagnostics.Metrics;
using System.Globalization;
using Actors.Grains.Hosting;
using Actors.Hosting.Telemetry;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Actors.ApiHost.Tests.Operations;

[Trait("Spec", "OP-2")]
public sealed class TelemetryTests
{
    [Fact]
    public async Task Labels_are_escaped()
    {
        var text = await ScrapeAsync(counter => counter.Add(2, new KeyValuePair<string, object?>("a.b", "x\"y\\z\n")));
        Assert.Contains("actors_test_total{a_b=\"x\\\"y\\\\z\\n\"} 2", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Labels_beyond_a_bound_are_counted_together_and_none_is_lost()
    {
        var text = await ScrapeAsync(counter =>
        {
            for (var i = 0; i < 5_000; i++)
            {
                counter.Add(1, new KeyValuePair<string, object?>("id", i));
            }
        });
        var samples = text.Split('\n').Where(static line => line.StartsWith("actors_test_total{")).ToList();
        Assert.InRange(samples.Count, 2, 2_001);
        Assert.Equal(5_000, samples.Sum(line => long.Parse(line.Split(' ')[1], CultureInfo.InvariantCulture)));
    }

    [Theory]
    [InlineData("OTEL_EXPORTER_OTLP_ENDPOINT", "nowhere")]
    [InlineData("OTEL_EXPORTER_OTLP_PROTOCOL", "smoke")]
    [InlineData("Traces:SampledPercent", "101")]
    public void A_setting_that_is_wrong_stops_the_start_with_its_name(string name, string value)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Configuration["OTEL_EXPORTER_OTLP_ENDPOINT"] = "http://localhost:4317";
        builder.Configuration[name] = value;
        Assert.Equal(name, Assert.Throws<SettingException>(() => builder.AddTelemetry("test")).Name);
    }

    private static async Task<string> ScrapeAsync(Action<Counter<long>> count)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.AddTelemetry("test");
        await using var app = builder.Build();
        app.MapPrometheusScrapingEndpoint("/metrics");
        await app.StartAsync();
        // Of this host alone: the meter is its own.
        var meter = app.Services.GetRequiredService<IMeterFactory>().Create("Actors.Test");
        count(meter.CreateCounter<long>("actors.test"));
        using var http = new HttpClient();
        return await http.GetStringAsync(app.Urls.First() + "/metrics");
    }
}
