using System.Collections.Immutable;
using Actors.GrainInterfaces.Purchases;
using Actors.Grains.Purchases.Sales;

namespace Actors.Grains.Tests.Purchases;

[Trait("Spec", "PM-12")]
public class PriceRulesTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void One_price_leaves_nothing_to_compare()
    {
        var advice = Advise(now: Start.AddDays(30), price: 10, Sold(10, day: 0, sales: 100));
        Assert.Equal((PriceMove.Keep, 10), (advice.Move, advice.SuggestedPrice));
        Assert.Single(advice.Reasons);
    }

    [Theory]
    [InlineData(10, 100, 12, 95, PriceMove.Raise, 13)]
    [InlineData(10, 100, 12, 50, PriceMove.Lower, 10)]
    [InlineData(10, 100, 8, 200, PriceMove.Lower, 7)]
    [InlineData(10, 100, 8, 90, PriceMove.Raise, 10)]
    [InlineData(10, 100, 11, 91, PriceMove.Keep, 11)]
    public void A_change_is_judged_by_what_it_brings_each_day(
        long before,
        long salesBefore,
        long now,
        long salesNow,
        PriceMove move,
        long suggested
    )
    {
        var advice = Advise(Start.AddDays(20), now, Sold(before, day: 0, salesBefore), Sold(now, day: 10, salesNow));

        Assert.Equal((move, suggested), (advice.Move, advice.SuggestedPrice));
        Assert.Equal(2, advice.Reasons.Count);
        Assert.Equal((now * salesNow) / 10.0, advice.Periods[0].TokensPerDay, 3);
        Assert.Equal((before * salesBefore) / 10.0, advice.Periods[1].TokensPerDay, 3);
    }

    [Fact]
    public void A_young_price_is_not_judged()
    {
        var advice = Advise(Start.AddDays(12), 12, Sold(10, day: 0, sales: 100), Sold(12, day: 10, sales: 100));
        Assert.Equal((PriceMove.Keep, 12), (advice.Move, advice.SuggestedPrice));
        Assert.Contains("too little", advice.Reasons[1], StringComparison.Ordinal);
    }

    [Fact]
    public void A_price_at_which_nothing_sells_counts_from_the_change_of_the_menu()
    {
        var advice = PriceRules.Advise(
            "menu",
            "item",
            "Wave",
            price: 100,
            changedAt: Start.AddDays(10),
            [Sold(10, day: 0, sales: 100)],
            Start.AddDays(20)
        );
        Assert.Equal((PriceMove.Lower, 10), (advice.Move, advice.SuggestedPrice));
        Assert.Equal((100, 0), (advice.Periods[0].Price, advice.Periods[0].Sales));
    }

    [Fact]
    public void A_price_never_falls_below_one()
    {
        var advice = Advise(Start.AddDays(20), 1, Sold(2, day: 0, sales: 20), Sold(1, day: 10, sales: 400));
        Assert.Equal((PriceMove.Keep, 1), (advice.Move, advice.SuggestedPrice));
    }

    private static PricedSales Sold(long price, int day, long sales) =>
        new(price, Start.AddDays(day), sales, price * sales);

    private static PriceAdvice Advise(DateTimeOffset now, long price, params ImmutableArray<PricedSales> sold) =>
        PriceRules.Advise("menu", "item", "Wave", price, Start, sold, now);
}
