using Actors.GrainInterfaces.Durability;
using Actors.GrainInterfaces.Identity;
using Actors.Grains.Durability;
using Actors.Grains.Sealing;

namespace Actors.Grains.Identity;

[GrainType("model-directory")]
public sealed class ModelDirectoryGrain(IGrainContext context, DurableServices services, IErasableKeys keys)
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

    public Task Remove(Delivery delivery, string modelId) => CommitOnce(delivery, () => new ModelUnlisted(modelId));

    public ValueTask<int> Count() => new(Durable.Names.Count);

    public async ValueTask<ModelListings> List(string? after, int limit) =>
        new(await Task.WhenAll(Durable.Page(after, limit).Select(OpenAsync)));

    /// <summary>Called by the id in the moment between the end of a name and the end of its entry.</summary>
    private async Task<ModelListing> OpenAsync(ModelListing listing) =>
        SealingKey.IsSealed(listing.DisplayName)
            ? listing with
            {
                DisplayName =
                    (await keys.OpenOfAsync(listing.ModelId)).OpenWords(listing.DisplayName) ?? listing.ModelId,
            }
            : listing;
}
