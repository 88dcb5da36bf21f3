using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Actors.GrainInterfaces.Transactions;

/// <summary>Names a transaction on a chain: <c>0x</c> and 64 hexadecimal digits, kept in lower case.</summary>
[GenerateSerializer, Immutable, Alias("TransactionHash")]
[JsonConverter(typeof(TransactionHashJson))]
public readonly record struct TransactionHash
{
    private const int Digits = 64;

    private TransactionHash(string value) => Value = value;

    [Id(0)]
    public string Value { get; private init; }

    public static TransactionHash Parse(string text) =>
        TryParse(text, out var hash) ? hash : throw new ArgumentException($"'{text}' is no hash.", nameof(text));

    public static bool TryParse([NotNullWhen(true)] string? text, out TransactionHash hash)
    {
        var valid = HexText.IsHex(text, Digits);
        hash = valid ? new TransactionHash(text!.ToLowerInvariant()) : default;
        return valid;
    }

    public override string ToString() => Value;

    public sealed class TransactionHashJson : JsonConverter<TransactionHash>
    {
        public override TransactionHash Read(
            ref Utf8JsonReader reader,
            Type typeToConvert,
            JsonSerializerOptions options
        ) => TryParse(reader.GetString(), out var value) ? value : throw new JsonException("This is no hash.");

        public override void Write(Utf8JsonWriter writer, TransactionHash value, JsonSerializerOptions options) =>
            writer.WriteStringValue(value.Value);
    }
}

internal static class HexText
{
    private static readonly System.Buffers.SearchValues<char> Digits = System.Buffers.SearchValues.Create(
        "0123456789abcdefABCDEF"
    );

    /// <summary>Whether it is <c>0x</c> and so many hexadecimal digits.</summary>
    public static bool IsHex([NotNullWhen(true)] string? text, int digits) =>
        text is not null
        && text.Length == digits + 2
        && text.StartsWith("0x", StringComparison.Ordinal)
        && !text.AsSpan(2).ContainsAnyExcept(Digits);
}
