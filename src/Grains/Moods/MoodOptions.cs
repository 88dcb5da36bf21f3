using System.ComponentModel.DataAnnotations;
using Actors.Grains.Hosting;

namespace Actors.Grains.Moods;

[Settings("Moods")]
public sealed record MoodOptions
{
    [Setting("A model's own changes within any 60 minutes."), Range(1, 1_000_000)]
    public int ChangesPerHour { get; init; } = 50;
}
