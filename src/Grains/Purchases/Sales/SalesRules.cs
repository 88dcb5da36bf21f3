using System.Collections.Immutable;
using Actors.GrainInterfaces.Outcomes;
using Actors.GrainInterfaces.Purchases;
using Actors.GrainInterfaces.Wallets;

namespace Actors.Grains.Purchases.Sales;

/// <summary>How sales are added up. Pure: knows no grain, no clock, no storage.</summary>
public static class SalesRules
{
    public const int MostDays = 366;
    public const int DaysUnlessAsked = 30;

    /// <summary>Older days are dropped; the wallet keeps everything.</summary>
    public const int KeptDays = 800;

    private const int BestHours = 3;

    public static SalesCounted Decide(SalesPage page) =>
        new(
            page.UpTo,
            [
                .. page
                    .Sales.GroupBy(static sale =>
                        (
                            Day: DateOnly.FromDateTime(sale.At.UtcDateTime),
                            sale.At.UtcDateTime.Hour,
                            sale.Sold.ItemId,
                            sale.Sold.Name,
                            sale.Immediate
                        )
                    )
                    .Select(static same => new CountedSales(
                        same.Key.Day,
                        new SalesLine(same.Key.Hour, same.Key.ItemId, same.Key.Name, same.Key.Immediate, Sum(same))
                    )),
            ],
            [
                .. page
                    .Sales.Where(static sale => !sale.IsRefund)
                    .GroupBy(static sale => sale.Sold.ItemId)
                    .Select(static item => new CountedPrices(item.Key, PriceRules.PeriodsOf(item))),
            ]
        );

    public static SalesBook Evolve(SalesBook book, SalesEvent @event) =>
        @event switch
        {
            SalesCounted counted => new SalesBook(
                counted.UpTo,
                counted.Sales.Aggregate(book.Days, Add),
                counted.Prices.Aggregate(book.Prices, PriceRules.Add)
            ),
            _ => throw new InvalidOperationException($"Unknown event {@event.GetType().Name}."),
        };

    /// <summary>The days asked for, or why they cannot be.</summary>
    public static Outcome<(DateOnly From, DateOnly To)> Range(DateOnly? from, DateOnly? to, DateOnly today)
    {
        var last = to ?? today;
        var first = from ?? last.AddDays(1 - DaysUnlessAsked);
        return first <= last && last.DayNumber - first.DayNumber < MostDays
            ? (first, last)
            : PurchaseRefusals.InvalidDateRange;
    }

    public static SalesReport Report(SalesBook book, DateOnly from, DateOnly to)
    {
        var days = Enumerable
            .Range(0, to.DayNumber - from.DayNumber + 1)
            .Select(from.AddDays)
            .Select(day => (Day: day, Lines: book.Days.GetValueOrDefault(day, [])))
            .ToArray();
        var lines = days.SelectMany(static day => day.Lines).ToArray();
        var hours = Enumerable
            .Range(0, 24)
            .Select(hour => new HourSales(hour, Sum(lines.Where(line => line.Hour == hour))))
            .ToArray();
        return new SalesReport(
            from,
            to,
            Sum(lines),
            Sum(lines.Where(static line => line.Immediate)),
            Sum(lines.Where(static line => !line.Immediate)),
            ByItem(lines),
            [.. days.Select(static day => new DaySales(day.Day, Sum(day.Lines)))],
            hours,
            [
                .. hours
                    .Where(static hour => hour.Figures.Tokens > 0)
                    .OrderByDescending(static hour => hour.Figures.Tokens)
                    .Take(BestHours)
                    .Select(static hour => hour.Hour),
            ]
        );
    }

    private static IReadOnlyList<ItemSales> ByItem(IEnumerable<SalesLine> lines) =>
        [
            .. lines
                .GroupBy(static line => line.ItemId)
                // An item may have been renamed: it is listed under its newest name.
                .Select(static item => new ItemSales(item.Key, item.Last().Name, Sum(item)))
                .OrderByDescending(static item => item.Figures.Tokens)
                .ThenBy(static item => item.ItemId, StringComparer.Ordinal),
        ];

    private static ImmutableSortedDictionary<DateOnly, ImmutableArray<SalesLine>> Add(
        ImmutableSortedDictionary<DateOnly, ImmutableArray<SalesLine>> days,
        CountedSales counted
    )
    {
        var lines = days.GetValueOrDefault(counted.Day, []);
        var line = counted.Line;
        var index = lines.IndexOf(lines.FirstOrDefault(known => known with { Figures = line.Figures } == line)!);
        days = days.SetItem(
            counted.Day,
            index < 0
                ? lines.Add(line)
                : lines.SetItem(index, line with { Figures = lines[index].Figures + line.Figures })
        );
        return days.Count > KeptDays ? days.Remove(days.Keys.First()) : days;
    }

    private static SalesFigures Sum(IEnumerable<SalesLine> lines) =>
        lines.Aggregate(SalesFigures.None, static (sum, line) => sum + line.Figures);

    private static SalesFigures Sum(IEnumerable<Sale> sales) =>
        sales.Aggregate(
            SalesFigures.None,
            static (sum, sale) =>
                sum + (sale.IsRefund ? new SalesFigures(0, 0, 1, -sale.Tokens) : new SalesFigures(1, sale.Tokens, 0, 0))
        );
}
