using System.Net;
using System.Text.Json;
using System.Text.Json.Serialization;
using Actors.TestKit.Processes;

namespace Actors.Crash.Tests;

/// <summary>One entry of a model's audit, as an admin sees it.</summary>
internal sealed record MoodEntry(
    long Version,
    string MoodState,
    string PreviousState,
    string? CustomMessage,
    DateTimeOffset ChangedAt,
    string ChangedBy
);

internal sealed record MoodEntryPage(IReadOnlyList<MoodEntry> History, long Total);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(MoodEntryPage))]
internal sealed partial class MoodEntryJson : JsonSerializerContext;

/// <summary>A model's whole history read over HTTP, oldest first, and what must hold for it whatever was killed when.</summary>
internal static class MoodHistory
{
    private const int PageSize = 100;

    public static async Task<IReadOnlyList<MoodEntry>> ReadAsync(IPEndPoint endPoint, string model, string admin)
    {
        using var client = await WireClient.ConnectAsync(endPoint);
        List<MoodEntry> newestFirst = [];
        MoodEntryPage page;
        do
        {
            var path = $"/api/v1/admin/mood/{model}/history?limit={PageSize}&offset={newestFirst.Count}";
            var answer = await client.SendAsync("GET", path, admin);
            Assert.Equal(HttpStatusCode.OK, answer.Status);
            page = JsonSerializer.Deserialize(answer.Body, MoodEntryJson.Default.MoodEntryPage)!;
            newestFirst.AddRange(page.History);
        } while (newestFirst.Count < page.Total && page.History.Count > 0);
        newestFirst.Reverse();
        return newestFirst;
    }

    /// <summary>Every acknowledged change is there once and in order; nothing is doubled, and nothing is made up.</summary>
    public static void Check(IReadOnlyList<MoodEntry> history, IReadOnlyList<MoodWriter> writers)
    {
        Assert.Equal(Enumerable.Range(1, history.Count).Select(static version => (long)version), Versions(history));
        var messages = history.Select(static entry => entry.CustomMessage!).ToList();
        Assert.Equal(messages.Count, messages.Distinct().Count());

        var positions = messages.Index().ToDictionary(static found => found.Item, static found => found.Index);
        foreach (var writer in writers)
        {
            Assert.Empty(writer.Refused);
            var lost = writer.Acknowledged.Where(message => !positions.ContainsKey(message));
            Assert.Empty(lost);
            var order = writer.Acknowledged.Select(message => positions[message]).ToList();
            Assert.Equal(order.Order(), order);
        }
        var sent = writers.SelectMany(static writer =>
            writer.Acknowledged.Concat(writer.Unanswered.Select(static unanswered => unanswered.Message))
        );
        Assert.Empty(messages.Except(sent));

        Assert.Equal(history.SkipLast(1).Select(static entry => entry.MoodState), PreviousStates(history));
        var times = history.Select(static entry => entry.ChangedAt).ToList();
        Assert.Equal(times.Order(), times);
    }

    private static IEnumerable<long> Versions(IEnumerable<MoodEntry> history) =>
        history.Select(static entry => entry.Version);

    private static IEnumerable<string> PreviousStates(IEnumerable<MoodEntry> history) =>
        history.Skip(1).Select(static entry => entry.PreviousState);
}
