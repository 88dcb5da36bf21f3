using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Actors.GrainInterfaces.Performers;

namespace Actors.Grains.Performers;

/// <summary>A performer as the fold of her events.</summary>
/// <param name="Settings">Null while nobody has made her a performer.</param>
/// <param name="Removed">Inactive for good.</param>
/// <param name="WasBooked">Whether anybody ever had time of her.</param>
/// <param name="PausedAt">Since when the calendar is closed because of no-shows.</param>
/// <param name="Missed">Her no-shows that count towards a pause, oldest first.</param>
public sealed record Performer(
    PerformerSettings? Settings,
    bool Removed,
    bool WasBooked,
    DateTimeOffset? PausedAt,
    ImmutableArray<MissedCall> Missed,
    long Ratings,
    long RatingSum,
    long Completed,
    long NoShows,
    TimeBook Taken
)
{
    public static readonly Performer Nobody = new(null, false, false, null, [], 0, 0, 0, 0, TimeBook.Empty);

    /// <summary>Whether she gives time away at all.</summary>
    [JsonIgnore]
    public bool IsOpen => Settings is { Status: PerformerStatus.Active } && !Removed && PausedAt is null;
}

public readonly record struct MissedCall(string BookingId, DateTimeOffset At);
