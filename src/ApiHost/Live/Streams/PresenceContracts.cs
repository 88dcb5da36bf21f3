using System.Text.Json.Serialization;
using Actors.ApiHost.Http;

namespace Actors.ApiHost.Live.Streams;

/// <param name="Until">Shown no longer than this, and not after a message of the other side has come.</param>
internal sealed record LiveTyping(string PeerId, DateTimeOffset Until);

internal sealed record LivePresent(string PeerId, bool Online);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    Converters = [typeof(TimestampConverter)]
)]
[JsonSerializable(typeof(LiveTyping))]
[JsonSerializable(typeof(LivePresent))]
internal sealed partial class LivePresenceJson : JsonSerializerContext;
