using System.ComponentModel.DataAnnotations;
using Actors.Grains.Hosting;

namespace Actors.Grains.Performers;

[Settings("Performers")]
public sealed record PerformerOptions : IValidatableObject
{
    public const int MostNoShows = 100;

    private const int Hour = 60;

    [
        Setting("No-shows of a performer within 30 days that pause the calendar until an admin looks."),
        Range(1, MostNoShows)
    ]
    public int NoShowsToPause { get; init; } = 3;

    [Setting("Minutes between the starts that are offered, by the performer's clock; divides an hour."), Range(5, Hour)]
    public int GridMinutes { get; init; } = 15;

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Hour % GridMinutes != 0)
        {
            yield return new ValidationResult("divides an hour.", [nameof(GridMinutes)]);
        }
    }
}
