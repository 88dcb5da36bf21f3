using Actors.GrainInterfaces.Durability;
using Actors.GrainInterfaces.MoodMessages;
using Actors.Grains.Durability;

namespace Actors.Grains.MoodMessages;

[GrainType("mood-message-counts")]
public sealed class MoodMessageCountsGrain(IGrainContext context, DurableServices services)
    : EventSourcedGrain<MoodMessageDays, MoodMessageCountsEvent>(context, services, Definition),
        IMoodMessageCountsGrain
{
    private static readonly Aggregate<MoodMessageDays, MoodMessageCountsEvent> Definition = new()
    {
        Initial = MoodMessageDays.Empty,
        Evolve = MoodMessageCountRules.Evolve,
        EventJson = MoodMessageJson.Default.MoodMessageCountsEvent,
        StateJson = MoodMessageJson.Default.MoodMessageDays,
    };

    public Task Receive(IReadOnlyList<Delivered<MoodMessageCount>> counts) =>
        CommitOnce(counts, static count => new MoodMessageCounted(count));

    public ValueTask<MoodMessageSums> Summarize(DateOnly from, DateOnly to) =>
        new(MoodMessageCountRules.Summarize(Durable, from, to));
}
