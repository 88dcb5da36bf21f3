using System.Text.Json.Serialization;
using Actors.ApiHost.Http;
using Actors.GrainInterfaces.Ledger;
using Actors.GrainInterfaces.Purchases;

namespace Actors.ApiHost.Purchases;

/// <param name="Next">The cursor of the page after this; null on the last one.</param>
internal sealed record SaleListResponse(IReadOnlyList<SaleResponse> Sales, string? Next)
{
    public static SaleListResponse From(StatementPage page) =>
        new(
            [.. page.Movements.Select(SaleResponse.From)],
            page.Next?.ToString(System.Globalization.CultureInfo.InvariantCulture)
        );
}

/// <param name="Kind">purchase for what was bought at once, capture for what was performed, refund for what went back.</param>
/// <param name="UserId">Who bought it.</param>
internal sealed record SaleResponse(
    long Id,
    [property: JsonConverter(typeof(StrictEnumConverter<MovementKind>))] MovementKind Kind,
    string? PurchaseId,
    string UserId,
    string? ItemName,
    string? Reason,
    long Tokens,
    DateTimeOffset At
)
{
    public static SaleResponse From(Movement movement)
    {
        var isRefund = movement.Kind == MovementKind.Refund;
        // balance/ana or balance/ana/held: the account of who bought.
        var account = isRefund ? movement.To : movement.From;
        return new SaleResponse(
            movement.Number,
            movement.Kind,
            movement.PurchaseId,
            account.Split('/')[1],
            isRefund ? null : movement.Cause,
            isRefund ? movement.Cause : null,
            movement.Tokens.Count,
            movement.At
        );
    }
}

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
[JsonSerializable(typeof(SaleListResponse))]
[JsonSerializable(typeof(SalesReportResponse))]
[JsonSerializable(typeof(PriceAdviceResponse))]
internal sealed partial class SalesJson : JsonSerializerContext;
