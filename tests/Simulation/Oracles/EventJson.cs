using System.Text.Json;
using System.Text.Json.Serialization;
using Actors.Journal;

namespace Actors.Simulation.Tests.Oracles;

/// <summary>Reads events as anybody could who has the public types and the journal.</summary>
internal static class EventJson
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter() },
    };

    public static TEvent Read<TEvent>(RecordedEvent recorded) =>
        JsonSerializer.Deserialize<TEvent>(recorded.Json.Span, Options)
        ?? throw new JsonException($"Event {recorded.Version} is null.");
}
