using System.ComponentModel.DataAnnotations;
using Actors.Grains.Hosting;

namespace Actors.ApiHost.Limits;

/// <summary>What one caller may ask for, and how much the host takes on in all.</summary>
[Settings("Limits")]
public sealed record LimitOptions : IValidatableObject
{
    private const int Most = 1_000_000_000;
    private const int MinutesOfDay = 1_440;

    private readonly int? _burst;

    [Setting("Requests per minute and caller."), Range(1, Most)]
    public int RequestsPerMinute { get; init; } = 600;

    [Setting("Requests at once; at most what a day allows.", Otherwise = "what a minute allows"), Range(1, Most)]
    public int Burst
    {
        get => _burst ?? RequestsPerMinute;
        init => _burst = value;
    }

    [Setting("Bytes of a request body."), Range(1_024, 16_777_216)]
    public int BodyBytes { get; init; } = 64 * 1024;

    [Setting(
        "Bytes of bodies per hour and person, for users and models; what commands write for good is in proportion to it."
    )]
    [Range(65_536, 1 << 30)]
    public int BytesPerHour { get; init; } = 16 << 20;

    [Setting("Connections open at once.", Otherwise = "20000, or what the descriptors of this process allow")]
    [Range(10, 1_000_000)]
    public int? Connections { get; init; }

    [Setting("Connections from one address; trusted proxies are not counted.", Otherwise = "half of all")]
    [Range(1, 1_000_000)]
    public int? ConnectionsPerAddress { get; init; }

    [Setting("Seconds until the first request of a connection."), Range(1, 120)]
    public int FirstRequestSeconds { get; init; } = 10;

    [Setting("Callers whose use is remembered, each about 150 bytes."), Range(1_000, 10_000_000)]
    public int TrackedCallers { get; init; } = 100_000;

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Burst > RequestsPerMinute * (long)MinutesOfDay)
        {
            yield return new ValidationResult(
                $"is at most what a day allows, {RequestsPerMinute * (long)MinutesOfDay}.",
                [nameof(Burst)]
            );
        }
    }
}
