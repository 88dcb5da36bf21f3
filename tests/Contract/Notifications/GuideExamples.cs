using System.Text.Json;
using Actors.TestKit;

namespace Actors.Contract.Tests.Notifications;

/// <summary>The bodies that the guide shows, by event type.</summary>
internal static class GuideExamples
{
    public static IReadOnlyDictionary<string, JsonElement> Read() =>
        File.ReadLines(Path.Combine(SourceTree.Root, "docs", "guides", "webhooks.md"))
            .Where(static line => line.StartsWith("{\"eventType\"", StringComparison.Ordinal))
            .Select(static line => JsonDocument.Parse(line).RootElement)
            .DistinctBy(TypeOf)
            .ToDictionary(TypeOf);

    public static IEnumerable<string> MembersOf(JsonElement body) =>
        body.EnumerateObject().Select(static member => member.Name);

    public static string TypeOf(JsonElement body) => body.GetProperty("eventType").GetString()!;
}
