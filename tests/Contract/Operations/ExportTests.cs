using System.Collections.Concurrent;
using Actors.Contract.Tests.Server;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Actors.Contract.Tests.Operations;

[Trait("Spec", "OP-2")]
public sealed class ExportTests
{
    [Fact]
    public async Task With_an_OTLP_endpoint_metrics_and_traces_of_requests_arrive_there()
    {
        var received = new ConcurrentDictionary<string, long>();
        await using var collector = Collector(received);
        await collector.StartAsync();
        await using (
            var server = await ApiServer.Start([
                $"--OTEL_EXPORTER_OTLP_ENDPOINT={collector.Urls.First()}",
                "--OTEL_EXPORTER_OTLP_PROTOCOL=http/protobuf",
            ])
        )
        {
            (await server.As("user").Get("/api/v1/me")).ShouldBe(200);
        }
        Assert.True(received.GetValueOrDefault("/v1/metrics") > 0, "No metrics arrived.");
        Assert.True(received.GetValueOrDefault("/v1/traces") > 0, "No traces arrived.");
    }

    private static WebApplication Collector(ConcurrentDictionary<string, long> received)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var collector = builder.Build();
        collector.Run(async http =>
        {
            using var body = new MemoryStream();
            await http.Request.Body.CopyToAsync(body);
            received.AddOrUpdate(http.Request.Path, body.Length, (_, sum) => sum + body.Length);
            http.Response.StatusCode = StatusCodes.Status200OK;
        });
        return collector;
    }
}
