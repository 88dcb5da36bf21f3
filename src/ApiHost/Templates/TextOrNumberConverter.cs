using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Actors.ApiHost.Templates;

/// <summary>Reads an amount, which services send as a number or as a text, as the text to show.</summary>
internal sealed class TextOrNumberConverter : JsonConverter<string>
{
    public override string? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType switch
        {
            JsonTokenType.String => reader.GetString(),
            JsonTokenType.Number when reader.TryGetDecimal(out var number) => number.ToString(
                CultureInfo.InvariantCulture
            ),
            _ => throw new JsonException(),
        };

    public override void Write(Utf8JsonWriter writer, string value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value);
}
