using Actors.Grains.Durability;
using Actors.Hosting.Health;
using Actors.Hosting.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace Actors.ApiHost.Tests.Operations;

[Trait("Spec", "OP-1")]
public sealed class HealthTests
{
    private const long Gibibyte = 1024 * 1024 * 1024;

    private readonly FakeTimeProvider _time = new();
    private readonly TrafficWindows _windows;

    public HealthTests() => _windows = new TrafficWindows(_time);

    [Theory]
    [InlineData(2 * Gibibyte, HealthStatus.Healthy)]
    [InlineData((2 * Gibibyte) - 1, HealthStatus.Degraded)]
    [InlineData(2 * Gibibyte / 10, HealthStatus.Degraded)]
    [InlineData((2 * Gibibyte / 10) - 1, HealthStatus.Unhealthy)]
    public async Task A_disk_is_degraded_below_its_warning_and_unhealthy_below_a_tenth_of_it(
        long free,
        HealthStatus expected
    ) => Assert.Equal(expected, await StatusAsync(new DiskCheck(new DiskSpace(() => free, 2 * Gibibyte))));

    [Fact]
    public async Task An_effect_that_has_waited_for_over_a_minute_degrades_until_it_arrives()
    {
        using var services = new ServiceCollection().BuildServiceProvider();
        using var courier = new Courier(services, _time, NullLogger<Courier>.Instance);
        var check = new OutboxCheck(courier);
        var waiting = courier.Undelivered.Add(50);
        _time.Advance(TimeSpan.FromSeconds(60));
        Assert.Equal(HealthStatus.Healthy, await StatusAsync(check));
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(HealthStatus.Degraded, await StatusAsync(check));
        waiting.End();
        Assert.Equal(HealthStatus.Healthy, await StatusAsync(check));
    }

    [Fact]
    public async Task A_check_that_throws_is_unhealthy_and_tells_the_public_nothing_of_why()
    {
        var health = await Summary(_ => throw new InvalidOperationException("password=secret")).Get();
        Assert.Equal("unhealthy", health.Status);
        Assert.Equal(("unhealthy", "It does not answer."), (health.Checks["one"].Status, health.Checks["one"].Detail));
    }

    [Fact]
    public async Task Alerts_degrade_what_is_otherwise_healthy_and_never_more()
    {
        var summary = Summary(_ => HealthCheckResult.Healthy("Well."));
        Assert.Equal("healthy", (await summary.Get()).Status);
        _windows.MoodLimitHits.Add(1_000);
        _time.Advance(TimeSpan.FromSeconds(1));
        var loaded = await summary.Get();
        Assert.Equal("degraded", loaded.Status);
        Assert.Equal(("rate_limit_hits", "critical"), (loaded.Alerts.Single().Metric, loaded.Alerts.Single().Severity));
    }

    [Fact]
    public async Task However_many_ask_the_checks_run_once_a_second()
    {
        var runs = 0;
        var summary = Summary(_ => HealthCheckResult.Healthy($"{Interlocked.Increment(ref runs)}"));
        await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => summary.Get()));
        Assert.Equal(1, runs);
        _time.Advance(TimeSpan.FromSeconds(1));
        await summary.Get();
        Assert.Equal(2, runs);
    }

    private HealthSummary Summary(Func<CancellationToken, HealthCheckResult> check)
    {
        var services = new ServiceCollection().AddLogging();
        services.AddHealthChecks().AddCheck("one", check);
        var provider = services.BuildServiceProvider();
        return new(provider.GetRequiredService<HealthCheckService>(), _windows, _time);
    }

    private static async Task<HealthStatus> StatusAsync(IHealthCheck check) =>
        (await check.CheckHealthAsync(new HealthCheckContext(), TestContext.Current.CancellationToken)).Status;
}
