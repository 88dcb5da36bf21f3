using Actors.ApiHost.Http;
using Actors.GrainInterfaces.Performers;

namespace Actors.ApiHost.Performers;

internal static class PerformerReading
{
    /// <summary>A page of performers, each as she is now.</summary>
    public static async Task<(
        IReadOnlyList<PerformerView> Performers,
        PaginationResponse Pagination
    )> ReadPerformersAsync(this IGrainFactory grains, PerformerListFilter filter, Page page)
    {
        var directory = grains.GetGrain<IPerformerDirectoryGrain>(IPerformerDirectoryGrain.Only);
        var listed = await directory.List(filter, page.Limit, page.Offset);
        var found = await Task.WhenAll(
            listed.Performers.Select(one => grains.GetGrain<IPerformerGrain>(one.PerformerId).Get().AsTask())
        );
        var hasMore = page.Offset + (long)listed.Performers.Count < listed.Total;
        return (
            [.. found.Select(static one => one.Value).OfType<PerformerView>()],
            new PaginationResponse(listed.Total, true, page.Limit, page.Offset, hasMore, null)
        );
    }
}
