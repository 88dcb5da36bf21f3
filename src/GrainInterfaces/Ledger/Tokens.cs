using System.Text.Json;
using System.Text.Json.Serialization;

namespace Actors.GrainInterfaces.Ledger;

/// <summary>An amount of tokens: whole, never negative. Sums that do not fit and differences below zero are bugs, not values.</summary>
[GenerateSerializer, Immutable, Alias("Tokens")]
[JsonConverter(typeof(TokensJson))]
public readonly record struct Tokens : IComparable<Tokens>
{
    /// <summary>The most that one command may move or one balance may hold.</summary>
    public const long MaxCount = 1_000_000_000_000;

    public static readonly Tokens None;

    private Tokens(long count) => Count = count;

    [Id(0)]
    public long Count { get; private init; }

    public static Tokens Of(long count) =>
        count >= 0 ? new Tokens(count) : throw new ArgumentOutOfRangeException(nameof(count), count, "Below zero.");

    /// <summary>What a command may move: 1 to <see cref="MaxCount"/>.</summary>
    public static bool TryOf(long? count, out Tokens tokens)
    {
        var valid = count is >= 1 and <= MaxCount;
        tokens = valid ? new Tokens(count!.Value) : None;
        return valid;
    }

    public int CompareTo(Tokens other) => Count.CompareTo(other.Count);

    public override string ToString() => Count.ToString(System.Globalization.CultureInfo.InvariantCulture);

    public static Tokens operator +(Tokens left, Tokens right) => new(checked(left.Count + right.Count));

    public static Tokens operator -(Tokens left, Tokens right) => Of(left.Count - right.Count);

    public static bool operator <(Tokens left, Tokens right) => left.Count < right.Count;

    public static bool operator >(Tokens left, Tokens right) => left.Count > right.Count;

    public static bool operator <=(Tokens left, Tokens right) => left.Count <= right.Count;

    public static bool operator >=(Tokens left, Tokens right) => left.Count >= right.Count;

    /// <summary>A plain number: fractions and exponents are no tokens.</summary>
    public sealed class TokensJson : JsonConverter<Tokens>
    {
        public override Tokens Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            reader.TryGetInt64(out var count) && count >= 0
                ? new Tokens(count)
                : throw new JsonException("Tokens are a whole number from 0.");

        public override void Write(Utf8JsonWriter writer, Tokens value, JsonSerializerOptions options) =>
            writer.WriteNumberValue(value.Count);
    }
}
