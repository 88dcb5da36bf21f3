using System.Collections.Immutable;
using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Actors.Grains.Ledger;

/// <summary>A map in a snapshot: for each page a time, and the numbers as base64, little-endian.</summary>
internal sealed class VersionMapJson : JsonConverter<VersionMap>
{
    public override VersionMap Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var pages = ImmutableArray.CreateBuilder<VersionPage>();
        Expect(reader.TokenType, JsonTokenType.StartArray);
        while (Next(ref reader) == JsonTokenType.StartArray)
        {
            Next(ref reader);
            var newestAt = reader.GetDateTimeOffset();
            Next(ref reader);
            var keys = MemoryMarshal.Cast<byte, ulong>(reader.GetBytesFromBase64()).ToArray();
            Next(ref reader);
            var versions = MemoryMarshal.Cast<byte, long>(reader.GetBytesFromBase64()).ToArray();
            Expect(Next(ref reader), JsonTokenType.EndArray);
            pages.Add(new VersionPage(keys, versions, newestAt));
        }
        return pages.Count == 0 ? VersionMap.Empty : new VersionMap(pages.ToImmutable());
    }

    public override void Write(Utf8JsonWriter writer, VersionMap value, JsonSerializerOptions options)
    {
        writer.WriteStartArray();
        foreach (var page in value.Pages)
        {
            writer.WriteStartArray();
            writer.WriteStringValue(page.NewestAt);
            writer.WriteBase64StringValue(MemoryMarshal.AsBytes(page.Keys));
            writer.WriteBase64StringValue(MemoryMarshal.AsBytes(page.Versions));
            writer.WriteEndArray();
        }
        writer.WriteEndArray();
    }

    private static JsonTokenType Next(ref Utf8JsonReader reader) =>
        reader.Read() ? reader.TokenType : throw new JsonException("A map of versions ends too early.");

    private static void Expect(JsonTokenType found, JsonTokenType expected)
    {
        if (found != expected)
        {
            throw new JsonException("This is no map of versions.");
        }
    }
}
