using System.Text.Json;
using Actors.ApiHost.Errors;
using Actors.GrainInterfaces.Outcomes;

namespace Actors.ApiHost.Http;

/// <summary>What a route refuses with when a member of its body has the wrong JSON type or spelling.</summary>
/// <param name="Path">Such as <c>$.moodState</c>; also stands for everything below it.</param>
internal sealed record MistypedMember(string Path, Refusal Refusal)
{
    private const int MaxPathLength = 100;

    public static Refusal Explain(HttpContext http, JsonException fault)
    {
        var path = fault.Path is { Length: <= MaxPathLength } short_ ? short_ : "$";
        if (fault.InnerException is JsonException)
        {
            return HttpRefusals.InvalidRequest($"The body is not well-formed JSON, at {path}.");
        }
        if (fault.Message.StartsWith("Duplicate", StringComparison.Ordinal))
        {
            return HttpRefusals.InvalidRequest($"A member of the body appears twice: {path}.");
        }
        var members = http.GetEndpoint()?.Metadata.GetOrderedMetadata<MistypedMember>() ?? [];
        return members.LastOrDefault(member => member.Covers(path))?.Refusal
            ?? HttpRefusals.InvalidRequest($"The body has a wrong value or type at {path}.");
    }

    private bool Covers(string path) =>
        path.StartsWith(Path, StringComparison.Ordinal)
        && (path.Length == Path.Length || path[Path.Length] is '.' or '[');
}
