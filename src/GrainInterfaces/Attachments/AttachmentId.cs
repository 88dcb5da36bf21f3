using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Actors.GrainInterfaces.Attachments;

/// <summary>A file's name that nobody can guess: 32 digits of <c>0123456789abcdef</c>.</summary>
[GenerateSerializer, Immutable, Alias("AttachmentId")]
[JsonConverter(typeof(AttachmentIdJson))]
public readonly record struct AttachmentId : IComparable<AttachmentId>
{
    public const int Bytes = 16;

    private static readonly SearchValues<char> Digits = SearchValues.Create("0123456789abcdef");

    private AttachmentId(string value) => Value = value;

    [Id(0)]
    public string Value { get; private init; }

    /// <param name="random">16 bytes that nobody has used before.</param>
    public static AttachmentId Of(ReadOnlySpan<byte> random) =>
        random.Length == Bytes
            ? new(Convert.ToHexStringLower(random))
            : throw new ArgumentException($"An id has {Bytes} bytes.", nameof(random));

    public static bool TryParse([NotNullWhen(true)] string? text, out AttachmentId id)
    {
        var isId = text is { Length: 2 * Bytes } && !text.AsSpan().ContainsAnyExcept(Digits);
        id = isId ? new(text!) : default;
        return isId;
    }

    public static bool operator <(AttachmentId left, AttachmentId right) => left.CompareTo(right) < 0;

    public static bool operator <=(AttachmentId left, AttachmentId right) => left.CompareTo(right) <= 0;

    public static bool operator >(AttachmentId left, AttachmentId right) => left.CompareTo(right) > 0;

    public static bool operator >=(AttachmentId left, AttachmentId right) => left.CompareTo(right) >= 0;

    public int CompareTo(AttachmentId other) => string.CompareOrdinal(Value, other.Value);

    public override string ToString() => Value;

    public sealed class AttachmentIdJson : JsonConverter<AttachmentId>
    {
        public override AttachmentId Read(
            ref Utf8JsonReader reader,
            Type typeToConvert,
            JsonSerializerOptions options
        ) => TryParse(reader.GetString(), out var id) ? id : throw new JsonException("This is no attachment.");

        public override AttachmentId ReadAsPropertyName(
            ref Utf8JsonReader reader,
            Type typeToConvert,
            JsonSerializerOptions options
        ) => Read(ref reader, typeToConvert, options);

        public override void Write(Utf8JsonWriter writer, AttachmentId value, JsonSerializerOptions options) =>
            writer.WriteStringValue(value.Value);

        public override void WriteAsPropertyName(
            Utf8JsonWriter writer,
            AttachmentId value,
            JsonSerializerOptions options
        ) => writer.WritePropertyName(value.Value);
    }
}

/// <summary>What is told of a file; its bytes lie elsewhere.</summary>
/// <param name="Bytes">As it is kept: without what was taken out.</param>
[GenerateSerializer, Immutable, Alias("AttachedFile")]
public sealed record AttachedFile(
    [property: Id(0)] AttachmentId Id,
    [property: Id(1)] AttachmentType Type,
    [property: Id(2)] long Bytes
);
