using Actors.GrainInterfaces.Durability;
using Orleans.Concurrency;

namespace Actors.GrainInterfaces.Identity;

/// <summary>Registered models, an index fed by their profiles; the key is a shard of the model's id.</summary>
[Alias("IModelDirectoryGrain")]
public interface IModelDirectoryGrain : IGrainWithStringKey
{
    /// <param name="listing">With the name as the profile keeps it: sealed.</param>
    Task Put(Delivery delivery, ModelListing listing);

    Task Remove(Delivery delivery, string modelId);

    [ReadOnly]
    ValueTask<int> Count();

    /// <summary>At most <paramref name="limit"/> models of this shard with an id above <paramref name="after"/>, by id.</summary>
    [ReadOnly]
    ValueTask<ModelListings> List(string? after, int limit);
}

[GenerateSerializer, Immutable, Alias("ModelListing")]
public sealed record ModelListing([property: Id(0)] string ModelId, [property: Id(1)] string DisplayName);

[GenerateSerializer, Immutable, Alias("ModelListings")]
public sealed record ModelListings([property: Id(0)] IReadOnlyList<ModelListing> Models);
