using System.Diagnostics.Metrics;
using Actors.Hosting.Metrics;

namespace Actors.ApiHost.Tests.Operations;

[Trait("Spec", "OP-2")]
public sealed class PrometheusTextTests
{
    [Fact]
    public void Labels_are_sorted_and_escaped() =>
        Assert.Equal("""{a_b="x\"y\\z\n",c="2"}""", PrometheusText.Labels([new("c", 2), new("a.b", "x\"y\\z\n")]));

    [Fact]
    public void Labels_beyond_the_bound_are_counted_together()
    {
        using var meter = new Meter("test");
        var series = new Series(meter.CreateCounter<long>("c"), isCounter: true, replaces: false);
        for (var i = 0; i < 2000; i++)
        {
            series.Record(1, [new("id", i.ToString(System.Globalization.CultureInfo.InvariantCulture))]);
        }
        Assert.Equal(501, series.Cells.Count());
        Assert.Equal(2000, series.Cells.Sum(cell => cell.Value));
    }
}
