using Actors.GrainInterfaces.Durability;
using Actors.GrainInterfaces.Identity;
using Actors.Grains.Durability;

namespace Actors.Grains.Identity;

[GrainType("model-directory")]
public sealed class ModelDirectoryGrain(IGrainContext context, DurableServices services)
    : EventSourcedGrain<ModelIndex, ModelDirectoryEvent>(context, services, Definition),
        IModelDirectoryGrain
{
    private static readonly Aggregate<ModelIndex, ModelDirectoryEvent> Definition = new()
    {
        Initial = ModelIndex.Empty,
        Evolve = ModelIndex.Evolve,
        EventJson = IdentityJson.Default.ModelDirectoryEvent,
        StateJson = IdentityJson.Default.ModelIndex,
    };

    public Task Put(Delivery delivery, ModelListing listing) =>
        CommitOnce(delivery, () => new ModelListed(listing.ModelId, listing.DisplayName));

    public ValueTask<int> Count() => new(Durable.Names.Count);

    public ValueTask<ModelListings> List(string? after, int limit) => new(Durable.Page(after, limit));
}
