using System.Text.Json.Serialization;
using Actors.ApiHost.Http;
using Actors.GrainInterfaces.Purchases;

namespace Actors.ApiHost.Purchases;

/// <param name="RefundRate">Refunds for each sale, 0 to 1 and above when older purchases were refunded.</param>
internal sealed record SalesFiguresResponse(
    long Sales,
    long Tokens,
    long Refunds,
    long RefundedTokens,
    double RefundRate
)
{
    public static SalesFiguresResponse From(SalesFigures figures) =>
        new(figures.Sales, figures.Tokens, figures.Refunds, figures.RefundedTokens, Math.Round(figures.RefundRate, 4));
}

internal sealed record ItemSalesResponse(string ItemId, string Name, SalesFiguresResponse Figures);

internal sealed record DaySalesResponse(DateOnly Day, SalesFiguresResponse Figures);

internal sealed record HourSalesResponse(int Hour, SalesFiguresResponse Figures);

internal sealed record ModeSalesResponse(SalesFiguresResponse Immediate, SalesFiguresResponse Queued);

/// <param name="ByItem">The best-selling first.</param>
/// <param name="ByHour">The hours of the UTC day.</param>
/// <param name="BestHours">The hours that brought most tokens, best first.</param>
internal sealed record SalesReportResponse(
    DateOnly From,
    DateOnly To,
    SalesFiguresResponse Total,
    ModeSalesResponse ByMode,
    IReadOnlyList<ItemSalesResponse> ByItem,
    IReadOnlyList<DaySalesResponse> ByDay,
    IReadOnlyList<HourSalesResponse> ByHour,
    IReadOnlyList<int> BestHours
)
{
    public static SalesReportResponse Of(SalesReport report) =>
        new(
            report.From,
            report.To,
            SalesFiguresResponse.From(report.Total),
            new ModeSalesResponse(
                SalesFiguresResponse.From(report.Immediate),
                SalesFiguresResponse.From(report.Queued)
            ),
            [
                .. report.Items.Select(static x => new ItemSalesResponse(
                    x.ItemId,
                    x.Name,
                    SalesFiguresResponse.From(x.Figures)
                )),
            ],
            [.. report.Days.Select(static x => new DaySalesResponse(x.Day, SalesFiguresResponse.From(x.Figures)))],
            [.. report.Hours.Select(static x => new HourSalesResponse(x.Hour, SalesFiguresResponse.From(x.Figures)))],
            report.BestHours
        );
}

internal sealed record PriceAdviceResponse(IReadOnlyList<ItemPriceAdvice> Items);

/// <param name="Move">keep, raise or lower; never applied by itself.</param>
/// <param name="Periods">How the item sold at each of its prices, newest first.</param>
internal sealed record ItemPriceAdvice(
    string MenuId,
    string ItemId,
    string Name,
    long Price,
    [property: JsonConverter(typeof(StrictEnumConverter<PriceMove>))] PriceMove Move,
    long SuggestedPrice,
    IReadOnlyList<string> Reasons,
    IReadOnlyList<PricePeriodResponse> Periods
)
{
    public static ItemPriceAdvice From(PriceAdvice advice) =>
        new(
            advice.MenuId,
            advice.ItemId,
            advice.Name,
            advice.Price,
            advice.Move,
            advice.SuggestedPrice,
            advice.Reasons,
            [.. advice.Periods.Select(PricePeriodResponse.From)]
        );
}

internal sealed record PricePeriodResponse(
    long Price,
    DateTimeOffset Since,
    DateTimeOffset? Until,
    long Sales,
    long Tokens,
    double SalesPerDay,
    double TokensPerDay
)
{
    public static PricePeriodResponse From(PricePeriod period) =>
        new(
            period.Price,
            period.Since,
            period.Until,
            period.Sales,
            period.Tokens,
            period.SalesPerDay,
            period.TokensPerDay
        );
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    Converters = [typeof(TimestampConverter)]
)]
[JsonSerializable(typeof(SalesReportResponse))]
[JsonSerializable(typeof(PriceAdviceResponse))]
internal sealed partial class SalesJson : JsonSerializerContext;
