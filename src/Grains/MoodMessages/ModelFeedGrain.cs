using System.Text.Json.Serialization;
using Actors.GrainInterfaces.Durability;
using Actors.GrainInterfaces.MoodMessages;
using Actors.Grains.Durability;

namespace Actors.Grains.MoodMessages;

[GrainType("model-feed")]
public sealed class ModelFeedGrain(IGrainContext context, DurableServices services)
    : EventSourcedGrain<ModelFeed, ModelFeedEvent>(context, services, Definition),
        IModelFeedGrain
{
    private const int ReadAtLeast = 32;

    /// <summary>Changes that are looked at for one page.</summary>
    private const int MostRead = 1_000;

    private static readonly Aggregate<ModelFeed, ModelFeedEvent> Definition = new()
    {
        Initial = ModelFeed.Empty,
        Evolve = static (feed, _) => new ModelFeed(feed.Changes + 1),
        EventJson = MoodMessageJson.Default.ModelFeedEvent,
        StateJson = MoodMessageJson.Default.ModelFeed,
    };

    public Task Receive(Delivery delivery, ModelFeedChange change) =>
        CommitOnce(delivery, () => new ModelFeedChanged(change));

    public async Task<ModelFeedPage> List(long? before, int limit)
    {
        var position = Math.Min(before ?? long.MaxValue, DurableVersion + 1);
        var end = Math.Max(1, position - MostRead);
        List<string> found = [];
        while (position > end && found.Count < limit)
        {
            foreach (var (version, @event) in await ReadBackwardAsync(position, Math.Max(limit, ReadAtLeast)))
            {
                position = version;
                if (@event is ModelFeedChanged { Change: { IsTakenBack: false } change })
                {
                    found.Add(change.MessageId);
                    if (found.Count == limit)
                    {
                        break;
                    }
                }
            }
        }
        return new ModelFeedPage(found, position > 1 ? position : null);
    }

    public async Task<IReadOnlyList<NumberedModelFeedChange>> Since(long after, int limit)
    {
        var events = await ReadForwardAsync(after + 1, limit);
        return
        [
            .. events.Select(static one => new NumberedModelFeedChange(
                one.Version,
                ((ModelFeedChanged)one.Event).Change
            )),
        ];
    }
}

/// <param name="Changes">How many there have been; more is not kept in memory.</param>
public sealed record ModelFeed(long Changes)
{
    public static readonly ModelFeed Empty = new(0);
}

[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(ModelFeedChanged), "model-feed.changed.v1")]
public abstract record ModelFeedEvent;

public sealed record ModelFeedChanged(ModelFeedChange Change) : ModelFeedEvent;
