using System.Collections.Immutable;
using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Actors.Grains.Ledger;

/// <summary>A map in a snapshot: for each page a time, and the keys and numbers in turn as base64, little-endian.</summary>
internal sealed class NumberMapJson : JsonConverter<NumberMap>
{
    public override NumberMap Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var pages = ImmutableArray.CreateBuilder<NumberPage>();
        Expect(reader.TokenType, JsonTokenType.StartArray);
        while (Next(ref reader) == JsonTokenType.StartArray)
        {
            Next(ref reader);
            var newestAt = reader.GetDateTimeOffset();
            Next(ref reader);
            var entries = MemoryMarshal.Cast<byte, NumberPage.Entry>(reader.GetBytesFromBase64()).ToArray();
            Expect(Next(ref reader), JsonTokenType.EndArray);
            pages.Add(new NumberPage(entries, newestAt));
        }
        return pages.Count == 0 ? NumberMap.Empty : new NumberMap(pages.ToImmutable());
    }

    public override void Write(Utf8JsonWriter writer, NumberMap value, JsonSerializerOptions options)
    {
        writer.WriteStartArray();
        foreach (var page in value.Pages)
        {
            writer.WriteStartArray();
            writer.WriteStringValue(page.NewestAt);
            writer.WriteBase64StringValue(MemoryMarshal.AsBytes(page.Entries));
            writer.WriteEndArray();
        }
        writer.WriteEndArray();
    }

    private static JsonTokenType Next(ref Utf8JsonReader reader) =>
        reader.Read() ? reader.TokenType : throw new JsonException("A map of numbers ends too early.");

    private static void Expect(JsonTokenType found, JsonTokenType expected)
    {
        if (found != expected)
        {
            throw new JsonException("This is no map of numbers.");
        }
    }
}
