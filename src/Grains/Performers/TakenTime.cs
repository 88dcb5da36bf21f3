using System.Text.Json.Serialization;
using Actors.GrainInterfaces.Performers;

namespace Actors.Grains.Performers;

/// <summary>Time of a performer that a booking has, with the buffers that it was taken with.</summary>
/// <param name="Until">When it lapses by itself; null once it is confirmed.</param>
/// <param name="InsteadOf">The booking that may overlap it, being about to be moved here.</param>
public sealed record TakenTime(
    string BookingId,
    DateTimeOffset Start,
    int Minutes,
    CallType Type,
    int Before,
    int After,
    DateTimeOffset? Until = null,
    string? InsteadOf = null
)
{
    [JsonIgnore]
    public DateTimeOffset End => Start.AddMinutes(Minutes);

    /// <summary>From here on nobody else has her.</summary>
    [JsonIgnore]
    public DateTimeOffset From => Start.AddMinutes(-Before);

    [JsonIgnore]
    public DateTimeOffset To => Start.AddMinutes(Minutes + After);

    [JsonIgnore]
    public bool IsConfirmed => Until is null;

    public bool HoldsAt(DateTimeOffset now) => Until is not { } until || now < until;

    public bool IsAt(DateTimeOffset start, int minutes) => Start == start && Minutes == minutes;
}

/// <summary>A stretch of time, its end left out.</summary>
public readonly record struct Stretch(DateTimeOffset From, DateTimeOffset To);
