using Actors.GrainInterfaces.Durability;
using Actors.GrainInterfaces.Moods;
using Orleans.Concurrency;

namespace Actors.GrainInterfaces.MoodAnalytics;

/// <summary>
/// Every mood change of a shard of the models: counted for the analytics and passed on to subscribed webhooks. The key is
/// a shard of the model's id.
/// </summary>
[Alias("IMoodFeedGrain")]
public interface IMoodFeedGrain : IGrainWithStringKey
{
    Task Receive(IReadOnlyList<Delivered<MoodChange>> changes);

    /// <summary>What came of automated replies, each told when it goes out and once more when it is answered in time.</summary>
    Task CountReplies(IReadOnlyList<Delivered<AutomatedReply>> replies);

    /// <summary>Which webhooks changes go to from now on.</summary>
    Task SetSubscribers(Delivery delivery, IReadOnlyList<string> webhookIds);

    /// <summary>Sums up the shard; days are UTC, both ends included.</summary>
    /// <param name="modelId">Null for all models.</param>
    [ReadOnly]
    ValueTask<MoodFeedSummary> Summarize(DateOnly from, DateOnly to, string? modelId = null);
}

/// <param name="Version">Its number in the model's history.</param>
/// <param name="ByModel">False for expiries and overrides.</param>
[GenerateSerializer, Immutable, Alias("MoodChange")]
public sealed record MoodChange(
    [property: Id(0)] string ModelId,
    [property: Id(1)] long Version,
    [property: Id(2)] MoodState PreviousState,
    [property: Id(3)] MoodState State,
    [property: Id(4)] DateTimeOffset At,
    [property: Id(5)] bool ByModel
);

/// <param name="SentAt">When it went out, also for one that is answered.</param>
/// <param name="Answered">The user has written within an hour; else that it went out.</param>
[GenerateSerializer, Immutable, Alias("AutomatedReply")]
public sealed record AutomatedReply(
    [property: Id(0)] string ModelId,
    [property: Id(1)] DateTimeOffset SentAt,
    [property: Id(2)] bool Answered
);

/// <param name="RepliesSent">Automated replies that went out on those days.</param>
/// <param name="RepliesAnswered">Those of them that were answered within an hour.</param>
/// <param name="Neutral">Models that have a history and are neutral now.</param>
/// <param name="Active">Models that have ever changed their mood themselves.</param>
[GenerateSerializer, Immutable, Alias("MoodFeedSummary")]
public sealed record MoodFeedSummary(
    [property: Id(0)] int Neutral,
    [property: Id(1)] int Positive,
    [property: Id(2)] int Negative,
    [property: Id(3)] int Active,
    [property: Id(4)] IReadOnlyList<MoodDay> Days,
    [property: Id(5)] long RepliesSent = 0,
    [property: Id(6)] long RepliesAnswered = 0
);

/// <param name="Models">How many models had a change on that day.</param>
[GenerateSerializer, Immutable, Alias("MoodDay")]
public sealed record MoodDay(
    [property: Id(0)] DateOnly Day,
    [property: Id(1)] long Changes,
    [property: Id(2)] int Models
);
