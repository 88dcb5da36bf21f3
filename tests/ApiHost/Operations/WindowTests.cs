using Actors.Hosting.Metrics;
using Microsoft.Extensions.Time.Testing;

namespace Actors.ApiHost.Tests.Operations;

[Trait("Spec", "OP-2")]
public sealed class WindowTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly TrafficWindows _windows;

    public WindowTests() => _windows = new TrafficWindows(_time);

    private Severity SeverityOf(string metric) =>
        Thresholds.Read(_windows).Single(reading => reading.Threshold.Metric == metric).Severity;

    [Fact]
    public void What_happened_before_the_window_no_longer_counts()
    {
        _windows.MoodLimitHits.Add(51);
        Assert.Equal(Severity.Warning, SeverityOf("rate_limit_hits"));
        _time.Advance(TimeSpan.FromMinutes(50));
        _windows.MoodLimitHits.Add(50);
        Assert.Equal(Severity.Critical, SeverityOf("rate_limit_hits"));
        _time.Advance(TimeSpan.FromMinutes(15));
        Assert.Equal(50, _windows.MoodLimitHits.Total());
        Assert.Equal(Severity.Ok, SeverityOf("rate_limit_hits"));
        _time.Advance(TimeSpan.FromHours(3));
        Assert.Equal(0, _windows.MoodLimitHits.Total());
    }

    [Theory]
    [InlineData(1000, 5, Severity.Ok)]
    [InlineData(1000, 6, Severity.Warning)]
    [InlineData(1000, 10, Severity.Warning)]
    [InlineData(1000, 11, Severity.Critical)]
    [InlineData(50, 50, Severity.Ok)]
    public void The_error_rate_warns_above_half_a_percent_and_is_critical_above_one(
        int all,
        int failed,
        object expected
    )
    {
        for (var i = 0; i < all; i++)
        {
            _windows.RequestDone(0.01, i < failed ? 500 : 404);
        }
        Assert.Equal((Severity)expected, SeverityOf("api_error_rate"));
    }

    [Theory]
    [InlineData(0.1, Severity.Ok)]
    [InlineData(0.2, Severity.Warning)]
    [InlineData(0.4, Severity.Critical)]
    public void Latency_is_judged_by_its_95th_percentile(double slow, object expected)
    {
        for (var i = 0; i < 1000; i++)
        {
            _windows.RequestDone(i < 100 ? slow : 0.001, 200);
        }
        Assert.Equal((Severity)expected, SeverityOf("p95_latency"));
    }

    [Theory]
    [InlineData("template_failures", 6, Severity.Warning)]
    [InlineData("template_failures", 11, Severity.Critical)]
    [InlineData("database_errors", 6, Severity.Warning)]
    [InlineData("database_errors", 11, Severity.Critical)]
    [InlineData("mood_change_rate", 1000, Severity.Ok)]
    [InlineData("mood_change_rate", 1001, Severity.Warning)]
    public void Every_threshold_is_exceeded_only_above_its_number(string metric, int amount, object expected)
    {
        _windows.TemplateFailures.Add(amount);
        _windows.StorageErrors.Add(amount);
        _windows.MoodChanges.Add(amount);
        Assert.Equal((Severity)expected, SeverityOf(metric));
    }

    [Fact]
    public void Percentiles_are_right_to_an_eighth_over_the_whole_range()
    {
        foreach (var seconds in new[] { 0.000_001, 0.000_02, 0.000_5, 0.003, 0.049, 0.15, 0.3, 1.7, 29, 300 })
        {
            var window = new LatencyWindow(_time);
            window.Add(seconds);
            var found = window.Percentiles(0.5)[0];
            Assert.InRange(found, seconds, (seconds * 1.126) + 0.000_001);
        }
    }

    [Fact]
    public void The_hit_ratio_is_whole_while_nothing_was_read()
    {
        Assert.Equal(1, _windows.CacheHitRatio);
        _windows.CacheHits.Add(4);
        _windows.CacheMisses.Add(1);
        Assert.Equal(0.8, _windows.CacheHitRatio);
    }
}
