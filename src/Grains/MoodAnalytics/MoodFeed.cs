using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Actors.GrainInterfaces.MoodAnalytics;
using Actors.GrainInterfaces.Moods;

namespace Actors.Grains.MoodAnalytics;

/// <summary>A shard of the models, as the fold of their changes.</summary>
/// <param name="Subscribers">Webhooks that changes go to.</param>
/// <param name="Replies">Days with automated replies, by model, oldest first; null while there were none.</param>
public sealed record MoodFeed(
    ImmutableDictionary<string, ModelMoods> Models,
    ImmutableArray<string> Subscribers,
    ImmutableDictionary<string, ImmutableArray<ReplyCount>>? Replies = null
)
{
    public static readonly MoodFeed Empty = new(ImmutableDictionary<string, ModelMoods>.Empty, []);
}

/// <param name="Day">Days since 0001-01-01; the one on which the replies went out.</param>
public readonly record struct ReplyCount(
    [property: JsonPropertyName("d")] int Day,
    [property: JsonPropertyName("s")] long Sent,
    [property: JsonPropertyName("a")] long Answered
);

/// <param name="Active">Whether the model has ever changed the mood itself.</param>
/// <param name="Days">Days with a change, oldest first, no older than the analytics keep.</param>
public sealed record ModelMoods(
    [property: JsonPropertyName("state")] MoodState State,
    [property: JsonPropertyName("active")] bool Active,
    [property: JsonPropertyName("days")] ImmutableArray<DayCount> Days
)
{
    public static readonly ModelMoods None = new(MoodState.Neutral, false, []);
}

/// <param name="Day">Days since 0001-01-01.</param>
public readonly record struct DayCount(
    [property: JsonPropertyName("d")] int Day,
    [property: JsonPropertyName("n")] int Changes
);

[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(MoodChangeRecorded), "mood-feed.change-recorded.v1")]
[JsonDerivedType(typeof(MoodSubscribersSet), "mood-feed.subscribers-set.v1")]
[JsonDerivedType(typeof(ReplyCounted), "mood-feed.reply-counted.v1")]
public abstract record MoodFeedEvent;

/// <param name="Subscribers">Webhooks that are told of it; empty when the mood is the same as before.</param>
public sealed record MoodChangeRecorded(MoodChange Change, ImmutableArray<string> Subscribers) : MoodFeedEvent;

public sealed record MoodSubscribersSet(DateTimeOffset At, ImmutableArray<string> Subscribers) : MoodFeedEvent;

public sealed record ReplyCounted(AutomatedReply Reply) : MoodFeedEvent;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(MoodFeedEvent))]
[JsonSerializable(typeof(MoodFeed))]
internal sealed partial class MoodFeedJson : JsonSerializerContext;
