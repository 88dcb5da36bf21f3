using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Actors.GrainInterfaces.Moderation;

namespace Actors.Grains.Moderation;

/// <summary>The incidents that are listed, by their numbers.</summary>
/// <param name="Last">The number of the newest one.</param>
public sealed record IncidentDesk(long Last, ImmutableSortedDictionary<long, IncidentView> Incidents, int Open)
{
    public static readonly IncidentDesk Empty = new(0, ImmutableSortedDictionary<long, IncidentView>.Empty, 0);
}

[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(IncidentReported), "incident-desk.reported.v1")]
[JsonDerivedType(typeof(IncidentSettled), "incident-desk.settled.v1")]
public abstract record IncidentEvent(DateTimeOffset At);

public sealed record IncidentReported(DateTimeOffset At, long Number, IncidentNotice Notice) : IncidentEvent(At);

/// <param name="Note">What the admin has to say of it.</param>
public sealed record IncidentSettled(DateTimeOffset At, long Number, string By, string Note) : IncidentEvent(At);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull
)]
[JsonSerializable(typeof(IncidentEvent))]
[JsonSerializable(typeof(IncidentDesk))]
internal sealed partial class IncidentJson : JsonSerializerContext;
