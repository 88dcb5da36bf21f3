using Actors.GrainInterfaces.Durability;
using Orleans.Concurrency;

namespace Actors.GrainInterfaces.MoodMessages;

/// <summary>
/// One person's mood messages, sent and received, and what became of them; the key is the id of a user or a model. An index
/// fed by the messages: the list is its stream, and it knows no texts.
/// </summary>
[Alias("IMoodMessageBoxGrain")]
public interface IMoodMessageBoxGrain : IFollowedGrain
{
    Task Receive(IReadOnlyList<Delivered<MoodMessageChange>> changes);

    /// <summary>Newest first. Looks at a bounded number of changes: a page may be short, or empty, and still have a next one.</summary>
    [ReadOnly]
    Task<MoodMessageIdPage> List(ListMoodMessages query);

    /// <summary>Changes after one, oldest first.</summary>
    [ReadOnly]
    Task<IReadOnlyList<NumberedMoodMessageChange>> Since(long after, int limit);
}

/// <param name="Before">Only what was listed before this position; null begins with the newest.</param>
[GenerateSerializer, Immutable, Alias("ListMoodMessages")]
public sealed record ListMoodMessages(
    [property: Id(0)] int Limit,
    [property: Id(1)] int Offset = 0,
    [property: Id(2)] long? Before = null,
    [property: Id(3)] MoodMessageType? Type = null,
    [property: Id(4)] MoodKind? Mood = null
)
{
    public const int MaxOffset = 1_000;
}

/// <param name="IsNew">Whether the person has not heard of the message before.</param>
[GenerateSerializer, Immutable, Alias("MoodMessageChange")]
public sealed record MoodMessageChange(
    [property: Id(0)] string MessageId,
    [property: Id(1)] MoodMessageType Type,
    [property: Id(2)] MoodKind Mood,
    [property: Id(3)] MoodMessageStatus Status,
    [property: Id(4)] bool IsNew,
    [property: Id(5)] DateTimeOffset At
);

[GenerateSerializer, Immutable, Alias("NumberedMoodMessageChange")]
public sealed record NumberedMoodMessageChange(
    [property: Id(0)] long Version,
    [property: Id(1)] MoodMessageChange Change
);

/// <param name="Total">All that the query could list.</param>
/// <param name="Next">To be passed as <see cref="ListMoodMessages.Before"/>; null on the last page.</param>
[GenerateSerializer, Immutable, Alias("MoodMessageIdPage")]
public sealed record MoodMessageIdPage(
    [property: Id(0)] IReadOnlyList<string> Ids,
    [property: Id(1)] long Total,
    [property: Id(2)] long? Next
);
