using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Actors.GrainInterfaces.Purchases;

namespace Actors.Grains.Purchases.Sales;

/// <summary>What a model has sold, by UTC day, as far as the wallet has been read.</summary>
/// <param name="UpTo">The newest event of the wallet that is counted.</param>
/// <param name="Prices">The prices at which each item was sold, oldest first.</param>
public sealed record SalesBook(
    long UpTo,
    ImmutableSortedDictionary<DateOnly, ImmutableArray<SalesLine>> Days,
    ImmutableDictionary<string, ImmutableArray<PricedSales>> Prices
)
{
    public static readonly SalesBook Empty = new(
        0,
        ImmutableSortedDictionary<DateOnly, ImmutableArray<SalesLine>>.Empty,
        ImmutableDictionary<string, ImmutableArray<PricedSales>>.Empty
    );
}

/// <summary>Sales of one item in a row at one price.</summary>
/// <param name="Since">When the first of them was made.</param>
public sealed record PricedSales(long Price, DateTimeOffset Since, long Sales, long Tokens);

/// <summary>Like sales of one day, together.</summary>
public sealed record SalesLine(int Hour, string ItemId, string Name, bool Immediate, SalesFigures Figures);

[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(SalesCounted), "sales.counted.v1")]
public abstract record SalesEvent;

/// <summary>Some more of the wallet was read.</summary>
public sealed record SalesCounted(long UpTo, ImmutableArray<CountedSales> Sales, ImmutableArray<CountedPrices> Prices)
    : SalesEvent;

/// <summary>Sales of one item in the order of its prices.</summary>
public sealed record CountedPrices(string ItemId, ImmutableArray<PricedSales> Periods);

public sealed record CountedSales(DateOnly Day, SalesLine Line);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    IgnoreReadOnlyProperties = true,
    UseStringEnumConverter = true
)]
[JsonSerializable(typeof(SalesEvent))]
[JsonSerializable(typeof(SalesBook))]
internal sealed partial class SalesJson : JsonSerializerContext;
