using System.ComponentModel.DataAnnotations;

namespace Actors.Grains.Hosting;

[Settings("Data")]
public sealed record DataOptions
{
    [Setting("Everything durable of one machine.")]
    public string Directory { get; init; } = "./data";

    [Setting("Megabytes of free room below which the host is degraded, and unhealthy below a tenth of it.")]
    [Range(0, 100_000_000)]
    public int WarnBelowMegabytes { get; init; } = 2_048;
}
