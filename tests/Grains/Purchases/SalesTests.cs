using Actors.GrainInterfaces.Durability;
using Actors.GrainInterfaces.Ledger;
using Actors.GrainInterfaces.Outcomes;
using Actors.GrainInterfaces.Purchases;
using Actors.GrainInterfaces.Wallets;
using Actors.Grains.Tests.Wallets;
using Actors.TestKit;
using static Actors.Grains.Tests.Wallets.Money;

namespace Actors.Grains.Tests.Purchases;

[Trait("Spec", "PM-10")]
public sealed class SalesTests(GrainEngineFixture fixture) : IClassFixture<GrainEngineFixture>
{
    private static readonly DateTimeOffset Evening = new(2026, 2, 1, 20, 30, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset Night = new(2026, 2, 2, 1, 0, 0, TimeSpan.Zero);

    private readonly IGrainEngine _engine = fixture.Engine;
    private int _number;

    [Fact]
    public async Task Sales_are_added_up_by_item_day_mode_and_hour_with_the_refund_rate()
    {
        var first = await SellAsync("sm1", "song", 10, Evening);
        await SellAsync("sm1", "song", 10, Night);
        await SellAsync("sm1", "wave", 50, Night, EarningKind.Capture);
        await RefundAsync("sm1", first, 10);

        var report = await ReportAsync("sm1", new DateOnly(2026, 2, 1), new DateOnly(2026, 2, 3));

        Assert.Equal((3, 70), (report.Total.Sales, report.Total.Tokens));
        Assert.Equal(new SalesFigures(2, 20, 0, 0), report.Immediate);
        Assert.Equal((1, 50), (report.Queued.Sales, report.Queued.Tokens));
        Assert.Equal(["wave", "song"], report.Items.Select(static item => item.ItemId));
        Assert.Equal(
            [(1, 10L), (2, 60L), (0, 0L)],
            report.Days.Select(static day => ((int)day.Figures.Sales, day.Figures.Tokens))
        );
        Assert.Equal([1, 20], report.BestHours);
        Assert.Equal(24, report.Hours.Count);
    }

    [Fact]
    public async Task A_refund_counts_on_the_day_it_was_given_and_makes_the_rate()
    {
        var sold = await SellAsync("sm2", "song", 10, _engine.Time.GetUtcNow());
        await SellAsync("sm2", "song", 10, _engine.Time.GetUtcNow());
        Assert.Equal(0, (await ReportAsync("sm2", null, null)).Total.RefundRate);
        await RefundAsync("sm2", sold, 10);
        await _engine.CrashAsync();

        var report = await ReportAsync("sm2", null, null);

        Assert.Equal((new SalesFigures(2, 20, 1, 10), 0.5), (report.Total, report.Total.RefundRate));
        Assert.Equal(30, report.Days.Count);
    }

    [Fact]
    public async Task Thousands_of_sales_are_read_once_and_counted_exactly_also_by_reports_at_once()
    {
        var sales = _engine.Rounds(2_500);
        for (var number = 0; number < sales; number++)
        {
            await SellAsync("sm3", "item-" + (number % 3), 2, _engine.Time.GetUtcNow());
        }
        var reports = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => ReportAsync("sm3", null, null)));
        await _engine.DeactivateAllAsync();

        Assert.All(reports, report => Assert.Equal((sales, 2 * sales), (report.Total.Sales, report.Total.Tokens)));
        Assert.Equal(2 * sales, (await ReportAsync("sm3", null, null)).Total.Tokens);
    }

    [Fact]
    public async Task A_range_that_is_none_or_too_long_is_refused()
    {
        var sales = _engine.Grains.GetGrain<ISalesGrain>("sm4");
        var day = new DateOnly(2026, 2, 1);
        Assert.Equal(CommonRefusals.InvalidDateRangeCode, CodeOf(await sales.Report(day, day.AddDays(-1))));
        Assert.Equal(CommonRefusals.InvalidDateRangeCode, CodeOf(await sales.Report(day, day.AddDays(366))));
        Assert.Null((await sales.Report(day, day.AddDays(365))).Refusal);
    }

    private async Task<SalesReport> ReportAsync(string modelId, DateOnly? from, DateOnly? to)
    {
        var report = await _engine.Grains.GetGrain<ISalesGrain>(modelId).Report(from, to);
        Assert.Null(report.Refusal);
        return report.Value!;
    }

    private async Task<SoldItem> SellAsync(
        string modelId,
        string item,
        long tokens,
        DateTimeOffset at,
        EarningKind kind = EarningKind.Purchase
    )
    {
        var number = ++_number;
        var sold = new SoldItem(PurchaseId.Of(1, number), "menu", item, item, at, Of(tokens));
        var earning = new Earning(kind, "x", Of(tokens), $"balance/x@{number}", at, sold, null);
        await _engine.Wallet(modelId).Receive([new(new Delivery("balance/x", number * 256), earning)]);
        return sold;
    }

    private async Task RefundAsync(string modelId, SoldItem sold, long tokens)
    {
        var refund = new RefundPurchase(sold, "x", Of(tokens), 0, Root, "Sorry", false, Key("r"));
        Assert.Null((await _engine.Wallet(modelId).Refund(refund)).Refusal);
    }
}
