using System.Text.Json.Serialization;

namespace Actors.GrainInterfaces.Ledger;

/// <summary>
/// An amount in one currency, in its smallest unit: tokens, cents, millionths of a USDC. Never negative, never a fraction.
/// </summary>
/// <param name="Currency"><see cref="Tokens"/>, or a code of 3 to 5 capital letters such as <c>USD</c> or <c>USDC</c>.</param>
[GenerateSerializer, Immutable, Alias("Money")]
public readonly record struct Money([property: Id(0)] string Currency, [property: Id(1)] long Amount)
{
    public const string TokenCurrency = "TOKENS";

    /// <summary>The most that one payment may be.</summary>
    public const long MaxAmount = Tokens.MaxCount;

    public static Money OfTokens(Tokens tokens) => new(TokenCurrency, tokens.Count);

    [JsonIgnore]
    public bool IsTokens => Currency == TokenCurrency;

    public override string ToString() =>
        string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{Amount} {Currency}");
}
