using Actors.GrainInterfaces.Durability;
using Orleans.Concurrency;

namespace Actors.GrainInterfaces.MoodMessages;

/// <summary>
/// What a model has said to everybody, in the order in which it went out; the key is the model's id. The list is its stream, and
/// only the messages themselves know what they say and whether they were taken back.
/// </summary>
[Alias("IModelFeedGrain")]
public interface IModelFeedGrain : IFollowedGrain
{
    Task Receive(Delivery delivery, ModelFeedChange change);

    /// <summary>Newest first: messages with a position below <paramref name="before"/>, those that were taken back included.</summary>
    [ReadOnly]
    Task<ModelFeedPage> List(long? before, int limit);

    /// <summary>Changes after one, oldest first.</summary>
    [ReadOnly]
    Task<IReadOnlyList<NumberedModelFeedChange>> Since(long after, int limit);
}

/// <summary>A message has gone out, or was taken back.</summary>
[GenerateSerializer, Immutable, Alias("ModelFeedChange")]
public sealed record ModelFeedChange(
    [property: Id(0)] string MessageId,
    [property: Id(1)] bool IsTakenBack,
    [property: Id(2)] DateTimeOffset At
);

[GenerateSerializer, Immutable, Alias("NumberedModelFeedChange")]
public sealed record NumberedModelFeedChange([property: Id(0)] long Version, [property: Id(1)] ModelFeedChange Change);

/// <param name="Next">The position to go on from; null when there are no more.</param>
[GenerateSerializer, Immutable, Alias("ModelFeedPage")]
public sealed record ModelFeedPage([property: Id(0)] IReadOnlyList<string> MessageIds, [property: Id(1)] long? Next);
