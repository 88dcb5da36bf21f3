using System.ComponentModel.DataAnnotations;

namespace Actors.Grains.Hosting;

[Settings("Traces")]
public sealed record TraceOptions
{
    [Setting("How many of a hundred requests are traced, when there is a collector to send them to."), Range(0, 100)]
    public int SampledPercent { get; init; } = 10;
}
