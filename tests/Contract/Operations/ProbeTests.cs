using System.Text.Json;
using Actors.Contract.Tests.Server;

namespace Actors.Contract.Tests.Operations;

public sealed class ProbeTests(SharedServer shared)
{
    private readonly ApiServer _server = shared.Server;

    [Fact]
    [Trait("Spec", "OP-1")]
    public async Task A_running_host_is_alive_and_gets_ready()
    {
        Assert.Equal("alive", (await _server.AsNobody().Get("/livez")).ShouldBe(200)["status"]);
        for (var i = 0; (await _server.AsNobody().Get("/readyz")).Status != 200; i++)
        {
            Assert.True(i < 1000, "The host did not get ready.");
            await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System);
        }
    }

    [Fact]
    [Trait("Spec", "OP-1")]
    public async Task Health_shows_its_checks_and_every_threshold()
    {
        var health = (await _server.AsNobody().Get("/health")).ShouldBe(200);
        Assert.Contains(health["status"], new[] { "healthy", "degraded" });
        Assert.Equal(["status", "timestamp", "checks", "alerts", "thresholds"], health.Members);
        var checks = health.Json.GetProperty("checks");
        // All hosts of this process count storage errors together, and some tests bring them about.
        Assert.NotEqual("unhealthy", checks.GetProperty("database").GetProperty("status").GetString());
        foreach (var name in new[] { "cache", "messageService", "silo", "journal", "disk", "outbox" })
        {
            Assert.Equal("healthy", checks.GetProperty(name).GetProperty("status").GetString());
        }
        var thresholds = health
            .Json.GetProperty("thresholds")
            .EnumerateArray()
            .ToDictionary(
                one => one.GetProperty("metric").GetString()!,
                one => (one.GetProperty("warningAbove").GetDouble(), one.GetProperty("criticalAbove"))
            );
        Assert.Equal((0.5, 1), Numbers(thresholds["api_error_rate"]));
        Assert.Equal((150, 300), Numbers(thresholds["p95_latency"]));
        Assert.Equal((50, 100), Numbers(thresholds["rate_limit_hits"]));
        Assert.Equal((5, 10), Numbers(thresholds["template_failures"]));
        Assert.Equal((5, 10), Numbers(thresholds["database_errors"]));
        Assert.Equal(1000, thresholds["mood_change_rate"].Item1);
    }

    [Fact]
    [Trait("Spec", "OP-2")]
    public async Task Metrics_show_durations_changes_and_the_cache_and_no_ids_of_persons()
    {
        var model = await _server.Model("measured-person");
        await model.Get("/api/v1/mood/measured-person");
        await model.Post("/api/v1/mood/update", """{"moodState":"positive"}""");
        await model.Get("/api/v1/mood/measured-person");
        var answer = await _server.AsNobody().Get("/metrics");
        Assert.Equal("text/plain", answer.MediaType);
        var text = answer.ShouldBe(200).Text;
        string[] expected =
        [
            "# TYPE http_server_request_duration_seconds histogram",
            """http_server_request_duration_seconds_count{http_request_method="GET",http_response_status_code="200",http_route="/api/v1/mood/{modelId}"}""",
            """actors_mood_changes_total{changed_by="model"}""",
            """actors_mood_reads_total{result="hit"}""",
            """actors_mood_reads_total{result="miss"}""",
            """actors_api_latency_seconds{quantile="0.95"}""",
            """actors_alerts{metric="api_error_rate"} """,
            "actors_mood_cache_hits_ratio",
            "journal_appends_total",
            "dotnet_gc_collections_total",
            "kestrel_active_connections",
            "orleans_catalog_activations",
        ];
        Assert.All(expected, line => Assert.Contains(line, text, StringComparison.Ordinal));
        Assert.DoesNotContain("measured-person", text, StringComparison.Ordinal);
        Assert.All(
            text.Split('\n', StringSplitOptions.RemoveEmptyEntries),
            line =>
                Assert.Matches(
                    """^(# (HELP|TYPE) .+|[a-z_]+(\{[^}]*(\{[*\w?:=.]+\}[^}]*)*\})? [-+0-9.eEInfNa]+)$""",
                    line
                )
        );
    }

    private static (double, double) Numbers((double Warning, JsonElement Critical) one) =>
        (one.Warning, one.Critical.GetDouble());
}
