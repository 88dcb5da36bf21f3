using Actors.GrainInterfaces.Durability;

namespace Actors.GrainInterfaces.Identity;

/// <summary>The shards of the model directory, read as one.</summary>
public static class ModelDirectory
{
    public static async Task<int> CountModelsAsync(this IGrainFactory grains)
    {
        var counts = await Task.WhenAll(ShardsOf(grains).Select(static shard => shard.Count().AsTask()));
        return counts.Sum();
    }

    /// <summary>At most <paramref name="limit"/> models with an id above <paramref name="after"/>, by id.</summary>
    public static async Task<IReadOnlyList<ModelListing>> ListModelsAsync(
        this IGrainFactory grains,
        string? after,
        int limit
    )
    {
        var pages = await Task.WhenAll(ShardsOf(grains).Select(shard => shard.List(after, limit).AsTask()));
        return
        [
            .. pages
                .SelectMany(static page => page.Models)
                .OrderBy(static model => model.ModelId, StringComparer.Ordinal)
                .Take(limit),
        ];
    }

    private static IEnumerable<IModelDirectoryGrain> ShardsOf(IGrainFactory grains) =>
        Shards.Keys.Select(key => grains.GetGrain<IModelDirectoryGrain>(key));
}
