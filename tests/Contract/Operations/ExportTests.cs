using System.Collections.Concurrent;
using System.Text;
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
    public async Task With_an_OTLP_endpoint_metrics_and_traces_of_requests_arrive_there_without_ids_of_persons()
    {
        var received = await ReceivedAsync(sampledPercent: 100);
        Assert.Contains("http.server.request.duration", received["/v1/metrics"], StringComparison.Ordinal);
        Assert.Contains("/api/v1/mood/{modelId}", received["/v1/traces"], StringComparison.Ordinal);
        Assert.Contains("IMoodGrain", received["/v1/traces"], StringComparison.Ordinal);
        Assert.All(
            received.Values,
            static text => Assert.DoesNotContain("traced-person", text, StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task Requests_that_are_not_sampled_leave_no_trace_whatever_their_sender_asks_for()
    {
        var received = await ReceivedAsync(sampledPercent: 0);
        Assert.Contains("/v1/metrics", received.Keys);
        Assert.DoesNotContain("/v1/traces", received.Keys);
    }

    private static async Task<ConcurrentDictionary<string, string>> ReceivedAsync(int sampledPercent)
    {
        var received = new ConcurrentDictionary<string, string>();
        await using var collector = Collector(received);
        await collector.StartAsync();
        await using (
            var server = await ApiServer.Start([
                $"--OTEL_EXPORTER_OTLP_ENDPOINT={collector.Urls.First()}",
                "--OTEL_EXPORTER_OTLP_PROTOCOL=http/protobuf",
                $"--Traces:SampledPercent={sampledPercent}",
            ])
        )
        {
            await server.Model("traced-person");
            await server
                .As("user", "traced-person-too")
                .Send(
                    HttpMethod.Get,
                    "/api/v1/mood/traced-person",
                    change: request =>
                        request.Headers.Add("traceparent", "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01")
                );
        }
        return received;
    }

    private static WebApplication Collector(ConcurrentDictionary<string, string> received)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var collector = builder.Build();
        collector.Run(async http =>
        {
            using var body = new MemoryStream();
            await http.Request.Body.CopyToAsync(body);
            var text = Encoding.Latin1.GetString(body.ToArray());
            received.AddOrUpdate(http.Request.Path, text, (_, earlier) => earlier + text);
            http.Response.StatusCode = StatusCodes.Status200OK;
        });
        return collector;
    }
}
