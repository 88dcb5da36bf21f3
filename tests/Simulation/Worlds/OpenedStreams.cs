using System.Text;
using System.Text.Json.Nodes;
using Actors.Grains.Identity;
using Actors.Grains.Sealing;

namespace Actors.Simulation.Tests.Worlds;

/// <summary>
/// Streams with what people said in them as it was typed, so that oracles can compare it with what was asked for. What was erased
/// stays as it is stored.
/// </summary>
internal sealed class OpenedStreams(IReadOnlyList<SealingKey> keys)
{
    private readonly Dictionary<string, string> _opened = [];

    public IReadOnlyDictionary<string, StreamContents> Of(IReadOnlyDictionary<string, StreamContents> streams) =>
        new SortedDictionary<string, StreamContents>(
            streams.ToDictionary(
                static one => one.Key,
                one => one.Value with { Events = [.. one.Value.Events.Select(Open)] }
            ),
            StringComparer.Ordinal
        );

    private Journal.RecordedEvent Open(Journal.RecordedEvent recorded)
    {
        var json = Encoding.UTF8.GetString(recorded.Json.Span);
        if (!json.Contains(SealingKey.Beginning, StringComparison.Ordinal))
        {
            return recorded;
        }
        var opened = Open(JsonNode.Parse(json));
        return recorded with { Json = Encoding.UTF8.GetBytes(opened!.ToJsonString()) };
    }

    private JsonNode? Open(JsonNode? node)
    {
        switch (node)
        {
            case JsonObject members:
                foreach (var (name, value) in members.ToList())
                {
                    members[name] = Open(value?.DeepClone());
                }
                return members;
            case JsonArray items:
                return new JsonArray([.. items.Select(item => Open(item?.DeepClone()))]);
            case JsonValue value when value.TryGetValue<string>(out var text) && SealingKey.IsSealed(text):
                return Open(text);
            default:
                return node;
        }
    }

    private string Open(string words)
    {
        if (!_opened.TryGetValue(words, out var opened))
        {
            _opened[words] = opened =
                keys.Select(key => ((SealingKey?)key).OpenWords(words)).FirstOrDefault(static one => one is not null)
                ?? words;
        }
        return opened;
    }
}
