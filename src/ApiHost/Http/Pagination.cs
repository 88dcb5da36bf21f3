using System.Text.Json;
using Actors.GrainInterfaces.Outcomes;
using Actors.GrainInterfaces.Paging;

namespace Actors.ApiHost.Http;

/// <param name="Total">All that fit; null when they were not counted.</param>
/// <param name="TotalIsExact">False when there may be more than <paramref name="Total"/>.</param>
/// <param name="Next">The cursor of the page after this; null on the last one.</param>
internal sealed record PaginationResponse(
    long? Total,
    bool TotalIsExact,
    int Limit,
    int Offset,
    bool HasMore,
    string? Next
);

/// <summary>Where a page of two lists in one begins: at an offset, or where the page before has ended.</summary>
/// <param name="Cursor">Null for an offset.</param>
internal readonly record struct MergedPageQuery(int Limit, int Offset, PageCursor? Cursor)
{
    public static Outcome<MergedPageQuery> From(Call call, int otherwise, int mostOffset, Refusal refusal)
    {
        var page = call.Page(otherwise);
        if (page.Refusal is not null)
        {
            return page.Refusal;
        }
        var cursors = call.Http.Request.Query["cursor"];
        if (cursors.Count == 0)
        {
            return page.Value.Offset <= mostOffset
                ? new MergedPageQuery(page.Value.Limit, page.Value.Offset, null)
                : refusal;
        }
        return cursors.Count == 1 && PageCursor.TryParse(cursors[0], out var cursor) && page.Value.Offset == 0
            ? new MergedPageQuery(page.Value.Limit, 0, cursor)
            : refusal;
    }
}

/// <summary>An object of an app's own, which grains keep as its JSON.</summary>
internal static class JsonObjects
{
    public static JsonElement? Of(string? json) => json is null ? null : JsonElement.Parse(json);

    /// <summary>What is no object becomes a text that is refused.</summary>
    public static string? TextOf(JsonElement? element) =>
        element is null or { ValueKind: JsonValueKind.Null } ? null : element.Value.GetRawText();
}
