using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Actors.GrainInterfaces.Purchases;

namespace Actors.Grains.Purchases.Sales;

/// <summary>What a model has sold, by UTC day, as far as the wallet has been read.</summary>
/// <param name="UpTo">The newest event of the wallet that is counted.</param>
public sealed record SalesBook(long UpTo, ImmutableSortedDictionary<DateOnly, ImmutableArray<SalesLine>> Days)
{
    public static readonly SalesBook Empty = new(
        0,
        ImmutableSortedDictionary<DateOnly, ImmutableArray<SalesLine>>.Empty
    );
}

/// <summary>Like sales of one day, together.</summary>
public sealed record SalesLine(int Hour, string ItemId, string Name, bool Immediate, SalesFigures Figures);

[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(SalesCounted), "sales.counted.v1")]
public abstract record SalesEvent;

/// <summary>Some more of the wallet was read.</summary>
public sealed record SalesCounted(long UpTo, ImmutableArray<CountedSales> Sales) : SalesEvent;

public sealed record CountedSales(DateOnly Day, SalesLine Line);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    IgnoreReadOnlyProperties = true,
    UseStringEnumConverter = true
)]
[JsonSerializable(typeof(SalesEvent))]
[JsonSerializable(typeof(SalesBook))]
internal sealed partial class SalesJson : JsonSerializerContext;
