using System.Text.Json.Serialization;
using Actors.GrainInterfaces.Outcomes;

namespace Actors.GrainInterfaces.Purchases;

/// <summary>
/// What one model has sold, added up; the key is the model's id. It reads the wallet when it is asked, so that selling pays
/// nothing for being counted.
/// </summary>
[Alias("ISalesGrain")]
public interface ISalesGrain : IGrainWithStringKey
{
    /// <param name="from">First UTC day; 30 days in all unless given.</param>
    /// <param name="to">Last UTC day; today unless given.</param>
    [ResponseTimeout("00:00:10")]
    Task<Outcome<SalesReport>> Report(DateOnly? from, DateOnly? to);

    /// <summary>What changes of prices did so far and what to try next, for each item that is on a menu. Nothing is changed.</summary>
    [ResponseTimeout("00:00:10")]
    Task<PriceAdviceList> Advise();
}

/// <param name="Refunds">Refunds that were given in these days, whenever the purchase was made.</param>
[GenerateSerializer, Immutable, Alias("SalesFigures")]
public sealed record SalesFigures(
    [property: Id(0)] long Sales,
    [property: Id(1)] long Tokens,
    [property: Id(2)] long Refunds,
    [property: Id(3)] long RefundedTokens
)
{
    public static readonly SalesFigures None = new(0, 0, 0, 0);

    /// <summary>Refunds for each sale; 0 while nothing was sold.</summary>
    public double RefundRate => Sales == 0 ? 0 : (double)Refunds / Sales;

    public static SalesFigures operator +(SalesFigures left, SalesFigures right) =>
        new(
            left.Sales + right.Sales,
            left.Tokens + right.Tokens,
            left.Refunds + right.Refunds,
            left.RefundedTokens + right.RefundedTokens
        );
}

[GenerateSerializer, Immutable, Alias("ItemSales")]
public sealed record ItemSales(
    [property: Id(0)] string ItemId,
    [property: Id(1)] string Name,
    [property: Id(2)] SalesFigures Figures
);

[GenerateSerializer, Immutable, Alias("DaySales")]
public sealed record DaySales([property: Id(0)] DateOnly Day, [property: Id(1)] SalesFigures Figures);

[GenerateSerializer, Immutable, Alias("HourSales")]
public sealed record HourSales([property: Id(0)] int Hour, [property: Id(1)] SalesFigures Figures);

/// <param name="Items">The best-selling first.</param>
/// <param name="Days">Every day asked for, also those without a sale.</param>
/// <param name="Hours">All 24 hours of the UTC day.</param>
/// <param name="BestHours">The hours that brought most tokens, at most three, best first.</param>
[GenerateSerializer, Immutable, Alias("SalesReport")]
public sealed record SalesReport(
    [property: Id(0)] DateOnly From,
    [property: Id(1)] DateOnly To,
    [property: Id(2)] SalesFigures Total,
    [property: Id(3)] SalesFigures Immediate,
    [property: Id(4)] SalesFigures Queued,
    [property: Id(5)] IReadOnlyList<ItemSales> Items,
    [property: Id(6)] IReadOnlyList<DaySales> Days,
    [property: Id(7)] IReadOnlyList<HourSales> Hours,
    [property: Id(8)] IReadOnlyList<int> BestHours
);

/// <summary>How an item sold while it had one price.</summary>
/// <param name="Until">When the price changed; null while it holds.</param>
[GenerateSerializer, Immutable, Alias("PricePeriod")]
public sealed record PricePeriod(
    [property: Id(0)] long Price,
    [property: Id(1)] DateTimeOffset Since,
    [property: Id(2)] DateTimeOffset? Until,
    [property: Id(3)] long Sales,
    [property: Id(4)] long Tokens,
    [property: Id(5)] double SalesPerDay,
    [property: Id(6)] double TokensPerDay
);

[JsonConverter(typeof(JsonStringEnumConverter<PriceMove>))]
public enum PriceMove
{
    [JsonStringEnumMemberName("keep")]
    Keep,

    [JsonStringEnumMemberName("raise")]
    Raise,

    [JsonStringEnumMemberName("lower")]
    Lower,
}

/// <param name="SuggestedPrice">The present price when it is to be kept.</param>
/// <param name="Periods">Newest first.</param>
/// <param name="Reasons">Why, in plain words with the figures.</param>
[GenerateSerializer, Immutable, Alias("PriceAdvice")]
public sealed record PriceAdvice(
    [property: Id(0)] string MenuId,
    [property: Id(1)] string ItemId,
    [property: Id(2)] string Name,
    [property: Id(3)] long Price,
    [property: Id(4)] PriceMove Move,
    [property: Id(5)] long SuggestedPrice,
    [property: Id(6)] IReadOnlyList<PricePeriod> Periods,
    [property: Id(7)] IReadOnlyList<string> Reasons
);

[GenerateSerializer, Immutable, Alias("PriceAdviceList")]
public sealed record PriceAdviceList([property: Id(0)] IReadOnlyList<PriceAdvice> Items);
