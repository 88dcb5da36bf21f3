using Actors.ApiHost.Auth;
using Actors.ApiHost.Errors;
using Actors.ApiHost.Http;
using Actors.ApiHost.Ledger;
using Actors.ApiHost.Operations.Switches;
using Actors.GrainInterfaces.Identity;
using Actors.GrainInterfaces.Ledger;
using Actors.GrainInterfaces.Operations;
using Actors.GrainInterfaces.Outcomes;
using Actors.GrainInterfaces.Purchases;
using Actors.GrainInterfaces.Wallets;

namespace Actors.ApiHost.Purchases;

internal sealed class SalesEndpoints(IGrainFactory grains) : IEndpoints
{
    private const int ListedUnlessAsked = 50;

    private static readonly MovementKind[] SaleKinds =
    [
        MovementKind.Purchase,
        MovementKind.Capture,
        MovementKind.Refund,
    ];

    private static readonly Refusal InvalidSales = new(
        LedgerRefusals.InvalidStatementCode,
        "from and to are times with their zone, cursor what a page before answered as next."
    );

    public void Map(IEndpointRouteBuilder routes)
    {
        routes
            .MapGroup("/api/v1/sales")
            .WithTags("Purchases")
            .Get("", List, SalesJson.Default.SaleListResponse)
            .For(Roles.Model | Roles.Admin)
            .WithSummary("What a model has sold and what was given back of it, newest first")
            .WithQuery("limit", "Entries per page, 1 to 100.", typeof(int), ListedUnlessAsked)
            .WithQuery("cursor", "Where to go on: what the page before answered as next.", typeof(string))
            .WithQuery("from", "Only what was sold from this time on.", typeof(DateTimeOffset))
            .WithQuery("to", "Only what was sold before this time.", typeof(DateTimeOffset))
            .WithQuery("modelId", "Whose sales; for admins, who must name one.", typeof(string))
            .Refuses(
                LedgerRefusals.InvalidStatementCode,
                HttpRefusals.InvalidPageCode,
                IdentityRefusals.ModelNotFoundCode
            );
        var analytics = routes
            .MapGroup("/api/v1/analytics")
            .WithTags("Purchases")
            .For(Roles.Model | Roles.Admin)
            .Switchable(Features.Analytics);
        analytics
            .Get("/purchases", Report, SalesJson.Default.SalesReportResponse)
            .WithSummary("What a model has sold: by item, day, mode and hour, with the refund rate")
            .WithQuery("from", "First UTC day, yyyy-MM-dd; 30 days unless given, 366 at most.", typeof(DateOnly))
            .WithQuery("to", "Last UTC day, yyyy-MM-dd; today unless given.", typeof(DateOnly))
            .WithQuery("modelId", "Whose sales; for admins, who must name one.", typeof(string))
            .Refuses(CommonRefusals.InvalidDateRangeCode, IdentityRefusals.ModelNotFoundCode);
        analytics
            .Get("/prices", Advise, SalesJson.Default.PriceAdviceResponse)
            .WithSummary("What changes of prices did, and what to try next; nothing is changed by itself")
            .WithQuery("modelId", "Whose prices; for admins, who must name one.", typeof(string))
            .Refuses(IdentityRefusals.ModelNotFoundCode);
    }

    private async ValueTask<Outcome<SaleListResponse>> List(Call call)
    {
        var query = StatementQuery.From(call, ListedUnlessAsked, InvalidSales);
        var modelId = call.Caller.Role == ActorRole.Model ? call.Caller.Id : call.Query("modelId");
        if (query.Refusal is not null)
        {
            return query.Refusal;
        }
        if (!Identifier.IsValid(modelId))
        {
            return IdentityRefusals.ModelNotFound;
        }
        var (limit, before, _, _, filter) = query.Value!;
        var sales = filter with { Kinds = SaleKinds };
        var page = await grains.GetGrain<IWalletGrain>(modelId!).Statement(before, limit, sales);
        return SaleListResponse.From(page with { Movements = await grains.ShowAsync(modelId!, page.Movements) });
    }

    private async ValueTask<Outcome<SalesReportResponse>> Report(Call call)
    {
        if (!call.TryDay("from", out var from) || !call.TryDay("to", out var to))
        {
            return PurchaseRefusals.InvalidDateRange;
        }
        return SalesOf(call) is { } sales
            ? (await sales.Report(from, to)).Map(SalesReportResponse.Of)
            : IdentityRefusals.ModelNotFound;
    }

    private async ValueTask<Outcome<PriceAdviceResponse>> Advise(Call call)
    {
        if (SalesOf(call) is not { } sales)
        {
            return IdentityRefusals.ModelNotFound;
        }
        var advice = await sales.Advise();
        return new PriceAdviceResponse([.. advice.Items.Select(ItemPriceAdvice.From)]);
    }

    /// <summary>A model's own; for an admin those of the model named. Null when none is.</summary>
    private ISalesGrain? SalesOf(Call call)
    {
        var modelId = call.Caller.Role == ActorRole.Model ? call.Caller.Id : call.Query("modelId");
        return Identifier.IsValid(modelId) ? grains.GetGrain<ISalesGrain>(modelId!) : null;
    }
}
