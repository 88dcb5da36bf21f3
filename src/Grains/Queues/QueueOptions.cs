using System.ComponentModel.DataAnnotations;
using Actors.Grains.Hosting;

namespace Actors.Grains.Queues;

[Settings("Queues")]
public sealed record QueueOptions : IValidatableObject
{
    public const int MostDays = 90;
    public const int MostEntries = 1_000;
    public const int MostMinutes = 1_440;
    public const int MostCancels = 100;

    private const int UsualMost = 30;

    private readonly int? _usualMinutesAtMost;

    [Setting("Days from the purchase until an entry that is not finished times out."), Range(1, MostDays)]
    public int EntryTimeoutDays { get; init; } = 7;

    [Setting("Entries that are not finished, with places reserved for purchases under way."), Range(1, MostEntries)]
    public int MaxLength { get; init; } = 200;

    [Setting("Of them, those of one buyer."), Range(1, MostEntries)]
    public int MaxPerBuyer { get; init; } = 20;

    [Setting("What one buyer may cancel in ten minutes before having to wait."), Range(1, MostCancels)]
    public int CancelsPerBuyer { get; init; } = 5;

    [Setting("Minutes that an item is expected to take while none has been delivered."), Range(1, MostMinutes)]
    public int UsualMinutes { get; init; } = 15;

    [Setting("The same for the 90th percentile; not less than Queues:UsualMinutes."), Range(1, MostMinutes)]
    public int UsualMinutesAtMost
    {
        get => _usualMinutesAtMost ?? Math.Max(UsualMinutes, UsualMost);
        init => _usualMinutesAtMost = value;
    }

    public TimeSpan EntryTimeout => TimeSpan.FromDays(EntryTimeoutDays);

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (UsualMinutesAtMost < UsualMinutes)
        {
            yield return new ValidationResult(
                $"is not less than Queues:{nameof(UsualMinutes)}.",
                [nameof(UsualMinutesAtMost)]
            );
        }
    }
}
