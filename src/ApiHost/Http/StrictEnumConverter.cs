using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Actors.ApiHost.Http;

/// <summary>
/// Reads an enum by its exact names only. The framework's own converter also takes numbers, surrounding spaces and lists
/// with commas, which would let a client send something else than it reads back.
/// </summary>
internal sealed class StrictEnumConverter<T> : JsonConverter<T>
    where T : struct, Enum
{
    private static readonly (T Value, JsonEncodedText Name)[] Names =
    [
        .. Enum.GetValues<T>().Select(value => (value, JsonEncodedText.Encode(NameOf(value)))),
    ];

    public static bool TryRead(string? text, out T value)
    {
        var index = Array.FindIndex(Names, name => name.Name.Value == text);
        value = index < 0 ? default : Names[index].Value;
        return index >= 0;
    }

    public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType == JsonTokenType.String)
        {
            foreach (var (value, name) in Names)
            {
                if (reader.ValueTextEquals(name.EncodedUtf8Bytes))
                {
                    return value;
                }
            }
        }
        throw new JsonException();
    }

    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) =>
        writer.WriteStringValue(Array.Find(Names, name => EqualityComparer<T>.Default.Equals(name.Value, value)).Name);

    public static string NameOf(T value)
    {
        var name = value.ToString();
        return typeof(T).GetField(name)!.GetCustomAttribute<JsonStringEnumMemberNameAttribute>()?.Name ?? name;
    }
}
