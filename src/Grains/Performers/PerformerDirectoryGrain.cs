using Actors.GrainInterfaces.Durability;
using Actors.GrainInterfaces.Performers;
using Actors.Grains.Durability;

namespace Actors.Grains.Performers;

[GrainType("performer-directory")]
public sealed class PerformerDirectoryGrain(IGrainContext context, DurableServices services)
    : EventSourcedGrain<PerformerIndex, PerformerDirectoryEvent>(context, services, Definition),
        IPerformerDirectoryGrain
{
    private static readonly Aggregate<PerformerIndex, PerformerDirectoryEvent> Definition = new()
    {
        Initial = PerformerIndex.Empty,
        Evolve = PerformerIndex.Evolve,
        EventJson = PerformerJson.Default.PerformerDirectoryEvent,
        StateJson = PerformerJson.Default.PerformerIndex,
    };

    public Task Put(Delivery delivery, PerformerListing listing) =>
        CommitOnce(delivery, () => new PerformerListed(listing));

    public ValueTask<PerformerListings> List(PerformerListFilter filter, int limit, int offset) =>
        new(Durable.Page(filter, limit, offset));

    public ValueTask<string?> Find(string shortName) => new(Durable.Find(shortName));
}
