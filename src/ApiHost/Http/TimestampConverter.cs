using System.Text.Json;
using System.Text.Json.Serialization;

namespace Actors.ApiHost.Http;

/// <summary>
/// Reads an ISO 8601 time that says its zone. Without one the framework would take the zone of the machine, and the same
/// request would mean different things on two servers.
/// </summary>
internal sealed class TimestampConverter : JsonConverter<DateTimeOffset>
{
    public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var saysZone =
            reader.TokenType == JsonTokenType.String
            && reader.TryGetDateTime(out var probe)
            && probe.Kind != DateTimeKind.Unspecified;
        return saysZone && reader.TryGetDateTimeOffset(out var time)
            ? time.ToUniversalTime()
            : throw new JsonException();
    }

    public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.UtcDateTime);
}
