using Actors.GrainInterfaces.Durability;
using Actors.GrainInterfaces.Identity;
using Orleans.Concurrency;

namespace Actors.GrainInterfaces.MoodMessages;

/// <summary>How a shard of the mood messages stands, by the UTC day on which each was sent in. The key is a shard of the message's id.</summary>
[Alias("IMoodMessageCountsGrain")]
public interface IMoodMessageCountsGrain : IGrainWithStringKey
{
    Task Receive(IReadOnlyList<Delivered<MoodMessageCount>> counts);

    /// <summary>Sums up the shard; both ends are included.</summary>
    [ReadOnly]
    ValueTask<MoodMessageSums> Summarize(DateOnly from, DateOnly to);
}

/// <summary>A message is there, or stands otherwise than before.</summary>
/// <param name="From">Null for one that is new.</param>
[GenerateSerializer, Immutable, Alias("MoodMessageCount")]
public sealed record MoodMessageCount(
    [property: Id(0)] DateTimeOffset CreatedAt,
    [property: Id(1)] MoodMessageType Type,
    [property: Id(2)] MoodKind Mood,
    [property: Id(3)] Membership? Tier,
    [property: Id(4)] MoodMessageStatus? From,
    [property: Id(5)] MoodMessageStatus To
);

/// <summary>Messages by what they are; what is not there is none. Of the public no membership is counted.</summary>
[GenerateSerializer, Immutable, Alias("MoodMessageSums")]
public sealed record MoodMessageSums(
    [property: Id(0)] long Total,
    [property: Id(1)] IReadOnlyDictionary<MoodMessageType, long> Types,
    [property: Id(2)] IReadOnlyDictionary<MoodKind, long> Moods,
    [property: Id(3)] IReadOnlyDictionary<Membership, long> Tiers,
    [property: Id(4)] IReadOnlyDictionary<MoodMessageStatus, long> Statuses
);
