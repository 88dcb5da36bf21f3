using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Actors.GrainInterfaces.MoodMessages;

namespace Actors.Grains.MoodMessages;

/// <summary>A shard of the messages, counted by the UTC day on which they were sent in.</summary>
/// <param name="Days">No older than the analytics keep; by days since 0001-01-01.</param>
public sealed record MoodMessageDays(ImmutableSortedDictionary<int, MoodMessageDay> Days)
{
    public static readonly MoodMessageDays Empty = new(ImmutableSortedDictionary<int, MoodMessageDay>.Empty);
}

/// <summary>Each has a place for every value of its enum, in the enum's order, and grows with it.</summary>
public sealed record MoodMessageDay(
    [property: JsonPropertyName("k")] ImmutableArray<long> Kinds,
    [property: JsonPropertyName("m")] ImmutableArray<long> Moods,
    [property: JsonPropertyName("t")] ImmutableArray<long> Tiers,
    [property: JsonPropertyName("s")] ImmutableArray<long> Statuses
)
{
    public static readonly MoodMessageDay Empty = new([], [], [], []);
}

[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(MoodMessageCounted), "mood-message-counts.counted.v1")]
public abstract record MoodMessageCountsEvent;

public sealed record MoodMessageCounted(MoodMessageCount Count) : MoodMessageCountsEvent;
