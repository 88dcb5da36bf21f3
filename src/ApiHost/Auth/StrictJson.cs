using System.Text.Json;

namespace Actors.ApiHost.Auth;

internal static class StrictJson
{
    public static readonly JsonDocumentOptions Document = new()
    {
        AllowDuplicateProperties = false,
        CommentHandling = JsonCommentHandling.Disallow,
        MaxDepth = 16,
    };
}
