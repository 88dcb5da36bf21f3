using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Actors.GrainInterfaces.Ledger;

/// <summary>
/// The caller's name for one command that moves tokens: repeated with the same key it is done once and answers the same.
/// 1 to 255 printable ASCII characters.
/// </summary>
[GenerateSerializer, Immutable, Alias("IdempotencyKey")]
[JsonConverter(typeof(IdempotencyKeyJson))]
public readonly record struct IdempotencyKey
{
    public const int MaxLength = 255;

    /// <summary>How long a key is remembered at least.</summary>
    public static readonly TimeSpan KeptFor = TimeSpan.FromDays(31);

    private IdempotencyKey(string value) => Value = value;

    [Id(0)]
    public string Value { get; private init; }

    public static IdempotencyKey Parse(string text) =>
        TryParse(text, out var key)
            ? key
            : throw new ArgumentException($"'{text}' is no idempotency key.", nameof(text));

    public static bool TryParse([NotNullWhen(true)] string? text, out IdempotencyKey key)
    {
        var valid = text is { Length: > 0 and <= MaxLength } && !text.AsSpan().ContainsAnyExceptInRange(' ', '~');
        key = valid ? new IdempotencyKey(text!) : default;
        return valid;
    }

    public override string ToString() => Value;

    public sealed class IdempotencyKeyJson : JsonConverter<IdempotencyKey>
    {
        public override IdempotencyKey Read(
            ref Utf8JsonReader reader,
            Type typeToConvert,
            JsonSerializerOptions options
        ) =>
            TryParse(reader.GetString(), out var value)
                ? value
                : throw new JsonException("This is not an idempotency key.");

        public override void Write(Utf8JsonWriter writer, IdempotencyKey value, JsonSerializerOptions options) =>
            writer.WriteStringValue(value.ToString());
    }
}
