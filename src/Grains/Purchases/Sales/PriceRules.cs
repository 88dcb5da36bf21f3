using System.Collections.Immutable;
using System.Globalization;
using Actors.GrainInterfaces.Purchases;
using Actors.GrainInterfaces.Wallets;

namespace Actors.Grains.Purchases.Sales;

/// <summary>
/// What a change of price did, and what to try next. Pure: knows no grain, no clock, no storage. The advice compares what
/// an item brought each day at its present price and at the one before; it never reaches further than one careful step.
/// </summary>
public static class PriceRules
{
    public const int KeptPeriods = 20;

    /// <summary>Less than this says nothing about a price.</summary>
    public static readonly TimeSpan ShortestPeriod = TimeSpan.FromDays(3);

    public const int FewestSales = 10;

    /// <summary>A difference below this is chance.</summary>
    private const double Noticeable = 0.05;

    /// <summary>How far a suggestion goes beyond the present price.</summary>
    private const double Step = 0.10;

    public static ImmutableArray<PricedSales> PeriodsOf(IEnumerable<Sale> sales)
    {
        var periods = ImmutableArray<PricedSales>.Empty;
        foreach (var sale in sales)
        {
            periods = Add(
                periods,
                new PricedSales(sale.Sold.Price.Count, sale.Sold.PurchasedAt, Sales: 1, sale.Tokens)
            );
        }
        return periods;
    }

    public static ImmutableDictionary<string, ImmutableArray<PricedSales>> Add(
        ImmutableDictionary<string, ImmutableArray<PricedSales>> prices,
        CountedPrices counted
    ) => prices.SetItem(counted.ItemId, counted.Periods.Aggregate(prices.GetValueOrDefault(counted.ItemId, []), Add));

    /// <param name="price">What the menu asks now.</param>
    /// <param name="changedAt">When the item was changed last, which is when a price at which nothing was sold yet began.</param>
    public static PriceAdvice Advise(
        string menuId,
        string itemId,
        string name,
        long price,
        DateTimeOffset changedAt,
        ImmutableArray<PricedSales> sold,
        DateTimeOffset now
    )
    {
        if (sold.IsEmpty || sold[^1].Price != price)
        {
            sold = sold.Add(new PricedSales(price, changedAt, 0, 0));
        }
        var periods = new List<PricePeriod>();
        DateTimeOffset? until = null;
        foreach (var period in sold.Reverse())
        {
            periods.Add(Period(period, until, now));
            until = period.Since;
        }
        var (move, suggested, reasons) = Decide(periods, now);
        return new PriceAdvice(menuId, itemId, name, price, move, suggested, periods, reasons);
    }

    private static (PriceMove Move, long Price, IReadOnlyList<string> Reasons) Decide(
        List<PricePeriod> periods,
        DateTimeOffset now
    )
    {
        var present = periods[0];
        if (periods.Count == 1)
        {
            return (
                PriceMove.Keep,
                present.Price,
                ["The item has had one price only: there is nothing to compare with."]
            );
        }
        var before = periods[1];
        var what = Text(
            $"At {present.Price} tokens it brings {present.TokensPerDay:0.#} tokens and {present.SalesPerDay:0.##} sales a day; at {before.Price} it brought {before.TokensPerDay:0.#} tokens and {before.SalesPerDay:0.##} sales a day."
        );
        if (IsThin(present, now) || IsThin(before, now))
        {
            var more = Text(
                $"That is too little to go by: each price needs {ShortestPeriod.TotalDays:0} days and {FewestSales} sales, or {ShortestPeriod.TotalDays * 2:0} days."
            );
            return (PriceMove.Keep, present.Price, [what, more]);
        }
        var raised = present.Price > before.Price;
        var change = (present.TokensPerDay - before.TokensPerDay) / Math.Max(before.TokensPerDay, 1e-9);
        if (Math.Abs(change) < Noticeable)
        {
            return (PriceMove.Keep, present.Price, [what, "The difference is within what chance does."]);
        }
        return (raised, change > 0) switch
        {
            (true, true) => Try(
                present,
                PriceMove.Raise,
                what,
                "The higher price brings more in all; a small step further may too."
            ),
            (false, true) => Try(
                present,
                PriceMove.Lower,
                what,
                "The lower price sells so much more that it brings more in all; a small step further may too."
            ),
            (true, false) => (
                PriceMove.Lower,
                before.Price,
                [what, "The higher price lost more sales than it gained: the price before brought more."]
            ),
            (false, false) => (
                PriceMove.Raise,
                before.Price,
                [what, "The lower price did not sell enough more: the price before brought more."]
            ),
        };
    }

    private static (PriceMove, long, IReadOnlyList<string>) Try(
        PricePeriod present,
        PriceMove move,
        string what,
        string why
    )
    {
        var step = Math.Max(1, (long)Math.Round(present.Price * Step));
        var price = move == PriceMove.Raise ? present.Price + step : Math.Max(1, present.Price - step);
        return price == present.Price ? (PriceMove.Keep, price, [what]) : (move, price, [what, why]);
    }

    /// <summary>A price at which nothing sells has no sales to count; a long time says as much.</summary>
    private static bool IsThin(PricePeriod period, DateTimeOffset now)
    {
        var lasted = (period.Until ?? now) - period.Since;
        return lasted < ShortestPeriod || (period.Sales < FewestSales && lasted < ShortestPeriod * 2);
    }

    private static PricePeriod Period(PricedSales sold, DateTimeOffset? until, DateTimeOffset now)
    {
        // A part of a day counts as a day: one sale in the first minute is not a thousand a day.
        var days = Math.Max(1, ((until ?? now) - sold.Since).TotalDays);
        return new PricePeriod(
            sold.Price,
            sold.Since,
            until,
            sold.Sales,
            sold.Tokens,
            Math.Round(sold.Sales / days, 4),
            Math.Round(sold.Tokens / days, 4)
        );
    }

    private static ImmutableArray<PricedSales> Add(ImmutableArray<PricedSales> periods, PricedSales next)
    {
        if (!periods.IsEmpty && periods[^1] is var last && last.Price == next.Price)
        {
            var together = last with { Sales = last.Sales + next.Sales, Tokens = last.Tokens + next.Tokens };
            return periods.SetItem(periods.Length - 1, together);
        }
        periods = periods.Add(next);
        return periods.Length > KeptPeriods ? periods.RemoveAt(0) : periods;
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
