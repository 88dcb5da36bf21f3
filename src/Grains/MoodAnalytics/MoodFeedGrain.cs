using Actors.GrainInterfaces.Durability;
using Actors.GrainInterfaces.MoodAnalytics;
using Actors.Grains.Durability;
using Actors.Grains.Notifications.Webhooks;

namespace Actors.Grains.MoodAnalytics;

[GrainType("mood-feed")]
public sealed class MoodFeedGrain(IGrainContext context, DurableServices services)
    : EventSourcedGrain<MoodFeed, MoodFeedEvent>(context, services, Definition),
        IMoodFeedGrain
{
    private static readonly Aggregate<MoodFeed, MoodFeedEvent> Definition = new()
    {
        Initial = MoodFeed.Empty,
        Evolve = MoodFeedRules.Evolve,
        EventJson = MoodFeedJson.Default.MoodFeedEvent,
        StateJson = MoodFeedJson.Default.MoodFeed,
    };

    public Task Receive(IReadOnlyList<Delivered<MoodChange>> changes) =>
        CommitOnce(changes, change => MoodFeedRules.Decide(Current, change));

    public Task CountReplies(IReadOnlyList<Delivered<AutomatedReply>> replies) =>
        CommitOnce(replies, static reply => new ReplyCounted(reply));

    public Task SetSubscribers(Delivery delivery, IReadOnlyList<string> webhookIds) =>
        CommitOnce(delivery, () => new MoodSubscribersSet(Now, [.. webhookIds]));

    public ValueTask<MoodFeedSummary> Summarize(DateOnly from, DateOnly to, string? modelId = null) =>
        new(MoodFeedRules.Summarize(Durable, from, to, modelId));

    protected override IReadOnlyList<Effect> EffectsOf(MoodFeedEvent @event, long version) =>
        @event is MoodChangeRecorded { Subscribers.IsEmpty: false } recorded
            ? WebhookEffects.ToEach(recorded.Subscribers, MoodChangedMessage.Of(recorded.Change))
            : [];
}
