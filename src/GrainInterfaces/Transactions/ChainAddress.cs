using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Actors.GrainInterfaces.Transactions;

/// <summary>
/// An account on a chain: <c>0x</c> and 40 hexadecimal digits, kept in lower case. Digits of mixed case carry a checksum
/// (EIP-55); one that is wrong means a typing error, and is refused.
/// </summary>
[GenerateSerializer, Immutable, Alias("ChainAddress")]
[JsonConverter(typeof(ChainAddressJson))]
public readonly record struct ChainAddress
{
    private const int Digits = 40;

    private ChainAddress(string value) => Value = value;

    [Id(0)]
    public string Value { get; private init; }

    public static ChainAddress Parse(string text) =>
        TryParse(text, out var address)
            ? address
            : throw new ArgumentException($"'{text}' is no address.", nameof(text));

    public static bool TryParse([NotNullWhen(true)] string? text, out ChainAddress address)
    {
        var valid = HexText.IsHex(text, Digits) && (IsOfOneCase(text) || text == Checksummed(text.ToLowerInvariant()));
        address = valid ? new ChainAddress(text!.ToLowerInvariant()) : default;
        return valid;
    }

    /// <summary>With the checksum in the case of its letters.</summary>
    public string ToChecksummed() => Checksummed(Value);

    public override string ToString() => Value;

    private static bool IsOfOneCase(string text) =>
        !text.AsSpan(2).ContainsAnyInRange('A', 'F') || !text.AsSpan(2).ContainsAnyInRange('a', 'f');

    private static string Checksummed(string lower)
    {
        var hash = Convert.ToHexStringLower(Keccak256.Hash(Encoding.ASCII.GetBytes(lower, 2, Digits)));
        return string.Create(
            lower.Length,
            (lower, hash),
            static (written, from) =>
            {
                from.lower.CopyTo(written);
                for (var digit = 0; digit < Digits; digit++)
                {
                    if (from.hash[digit] >= '8')
                    {
                        written[digit + 2] = char.ToUpperInvariant(written[digit + 2]);
                    }
                }
            }
        );
    }

    public sealed class ChainAddressJson : JsonConverter<ChainAddress>
    {
        public override ChainAddress Read(
            ref Utf8JsonReader reader,
            Type typeToConvert,
            JsonSerializerOptions options
        ) => TryParse(reader.GetString(), out var value) ? value : throw new JsonException("This is no address.");

        public override void Write(Utf8JsonWriter writer, ChainAddress value, JsonSerializerOptions options) =>
            writer.WriteStringValue(value.Value);
    }
}
