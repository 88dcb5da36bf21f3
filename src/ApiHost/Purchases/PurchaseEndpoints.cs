using Actors.ApiHost.Auth;
using Actors.ApiHost.Calls;
using Actors.ApiHost.Errors;
using Actors.ApiHost.Http;
using Actors.ApiHost.Operations.Switches;
using Actors.ApiHost.Wallets;
using Actors.GrainInterfaces.Identity;
using Actors.GrainInterfaces.Ledger;
using Actors.GrainInterfaces.Menus;
using Actors.GrainInterfaces.Operations;
using Actors.GrainInterfaces.Outcomes;
using Actors.GrainInterfaces.Purchases;
using Actors.GrainInterfaces.Queues;
using Actors.GrainInterfaces.Wallets;

namespace Actors.ApiHost.Purchases;

internal static class PurchaseRoutes
{
    public static void MapPurchases(this IEndpointRouteBuilder routes)
    {
        routes.MapFeature<PurchaseEndpoints>();
        routes.MapFeature<SalesEndpoints>();
    }
}

internal sealed class PurchaseEndpoints(IGrainFactory grains) : IEndpoints
{
    private const int ListedUnlessAsked = 50;

    private static readonly Refusal InvalidFilter = HttpRefusals.InvalidRequest(
        "status is pending, completed, failed or refunded; from and to are times with their zone."
    );

    private static readonly Refusal InvalidMenuVersion = HttpRefusals.InvalidRequest(
        "menu_version is the version of the menu as it was shown."
    );

    private static readonly Refusal InvalidFromPlatform = HttpRefusals.InvalidRequest(
        "from_platform is true or false."
    );

    private static readonly Refusal InvalidTipFromPlatform = HttpRefusals.InvalidRequest(
        "fromPlatform is true or false."
    );

    public void Map(IEndpointRouteBuilder routes)
    {
        var purchases = routes.MapGroup("/menu/purchase").WithTags("Purchases").Switchable(Features.Purchases);
        purchases
            .Post("", Purchase, PurchaseJson.Default.PurchaseRequest, PurchaseJson.Default.PurchaseResponse)
            .For(Roles.User)
            .WithSummary("Buys an item of a menu at the server's price: at once, or for the model's queue")
            .WithExample(
                """{ "menu_id": "507f1f77bcf86cd799439011", "menu_item_id": "507f1f77bcf86cd799439012", "idempotency_key": "unique-key-123" }"""
            )
            .WhenMistyped("menu_id", MenuRefusals.MenuNotFound)
            .WhenMistyped("menu_item_id", MenuRefusals.ItemNotFound)
            .WhenMistyped("menu_version", InvalidMenuVersion)
            .Keyed()
            .Refuses(
                LedgerRefusals.AmountNotAllowedCode,
                LedgerRefusals.InsufficientBalanceCode,
                PurchaseRefusals.DailyLimitReachedCode,
                MenuRefusals.MenuNotFoundCode,
                MenuRefusals.ItemNotFoundCode,
                MenuRefusals.ItemInactiveCode,
                PurchaseRefusals.MenuChangedCode,
                WalletRefusals.SelfDealingCode,
                IdentityRefusals.RestrictedCode,
                QueueRefusals.QueueFullCode,
                QueueRefusals.QueuePausedCode,
                QueueRefusals.BuyerLimitCode,
                QueueRefusals.CoolDownCode
            );
        purchases
            .Get("/history", History, PurchaseJson.Default.PurchaseHistoryResponse)
            .For(Roles.User)
            .WithSummary("What the caller has bought, newest first, as it stands now")
            .Paged(ListedUnlessAsked)
            .WithQuery("status", "Only those that stand so: pending, completed, failed or refunded.", typeof(string))
            .WithQuery("from", "Only those made from this time on.", typeof(DateTimeOffset))
            .WithQuery("to", "Only those made before this time.", typeof(DateTimeOffset))
            .Refuses(HttpRefusals.InvalidRequestCode);
        purchases
            .Get("/{purchaseId}/status", Status, PurchaseJson.Default.PurchaseEntry)
            .WithSummary("A purchase as it stands now; for its buyer, its model, admins and services")
            .Refuses(PurchaseRefusals.PurchaseNotFoundCode, CommonRefusals.ForbiddenCode);
        purchases
            .Post(
                "/{purchaseId}/refund",
                Refund,
                PurchaseJson.Default.RefundRequest,
                PurchaseJson.Default.RefundResponse
            )
            .For(Roles.Model | Roles.Admin)
            .WithSummary("Gives the tokens of a purchase back, once; repeated with the same answer")
            .WithExample("""{ "reason": "I was not well", "idempotency_key": "refund-1" }""")
            .WhenMistyped("reason", LedgerRefusals.InvalidReason)
            .WhenMistyped("from_platform", InvalidFromPlatform)
            .Keyed()
            .Refuses(
                PurchaseRefusals.PurchaseNotFoundCode,
                CommonRefusals.ForbiddenCode,
                LedgerRefusals.InvalidReasonCode,
                LedgerRefusals.InsufficientWalletCode,
                QueueRefusals.EntryFinishedCode
            );
        routes
            .MapTips()
            .Post(
                "/{tipId}/refund",
                RefundTip,
                TipRefundJson.Default.TipRefundRequest,
                TipRefundJson.Default.TipRefundResponse
            )
            .For(Roles.Model | Roles.Admin)
            .WithSummary("Gives a tip back, once; repeated with the same answer")
            .WithExample("""{ "reason": "Far too much", "idempotency_key": "back-1" }""")
            .WhenMistyped("reason", LedgerRefusals.InvalidReason)
            .WhenMistyped("fromPlatform", InvalidTipFromPlatform)
            .Keyed()
            .Refuses(
                WalletRefusals.TipNotFoundCode,
                CommonRefusals.ForbiddenCode,
                LedgerRefusals.InvalidReasonCode,
                LedgerRefusals.InsufficientWalletCode
            );
    }

    private async ValueTask<Outcome<PurchaseResponse>> Purchase(Call call, PurchaseRequest body)
    {
        if (body.NamesAnAmount)
        {
            return LedgerRefusals.AmountNotAllowed;
        }
        var key = call.IdempotencyKey(body.IdempotencyKey);
        if (key.Refusal is not null)
        {
            return key.Refusal;
        }
        if (!MenuIdentifier.IsValid(body.MenuId))
        {
            return MenuRefusals.MenuNotFound;
        }
        if (!MenuIdentifier.IsValid(body.MenuItemId))
        {
            return MenuRefusals.ItemNotFound;
        }
        var command = new PurchaseItem(body.MenuId, body.MenuItemId, key.Value, body.MenuVersion);
        return (await Purchaser(call.Caller.Id).Purchase(command)).Map(PurchaseResponse.From);
    }

    private async ValueTask<Outcome<PurchaseHistoryResponse>> History(Call call)
    {
        var page = call.Page(ListedUnlessAsked);
        if (page.Refusal is not null)
        {
            return page.Refusal;
        }
        var status = call.Choice<PurchaseStatus>("status", InvalidFilter);
        if (status.Refusal is not null)
        {
            return status.Refusal;
        }
        if (!call.TryTime("from", out var from) || !call.TryTime("to", out var until))
        {
            return InvalidFilter;
        }
        var (limit, offset) = (page.Value.Limit, page.Value.Offset);
        var filter = new PurchaseFilter(status.Value, from, until);
        var found = await Purchaser(call.Caller.Id).History(limit, offset, filter);
        var erased = await grains.FindErasedAsync(found.Purchases.Select(static one => one.ModelId));
        var shown = found.Purchases.Select(one => one with { ModelId = erased.Of(one.ModelId) });
        return new PurchaseHistoryResponse([.. shown.Select(PurchaseEntry.From)], found.Total, limit, offset);
    }

    private async ValueTask<Outcome<PurchaseEntry>> Status(Call call)
    {
        var buyer = await BuyerAsync(call.Route("purchaseId"), PurchaseRefusals.PurchaseNotFound);
        if (buyer.Refusal is not null)
        {
            return buyer.Refusal;
        }
        var (id, userId) = buyer.Value;
        var purchase = await Purchaser(userId).Find(id);
        if (purchase.Refusal is not null)
        {
            return purchase.Refusal;
        }
        var view = purchase.Value!;
        var isTheirs = call.Caller.Role switch
        {
            ActorRole.User => view.UserId == call.Caller.Id,
            ActorRole.Model => view.ModelId == call.Caller.Id,
            _ => true,
        };
        if (!isTheirs)
        {
            return PurchaseRefusals.NotYours;
        }
        var entry =
            view.Status == PurchaseStatus.Pending
                ? await grains.GetGrain<IQueueGrain>(view.ModelId).Find(view.PurchaseId)
                : null;
        var erased = await grains.FindErasedAsync(
            new[] { view.UserId, view.ModelId }.Where(id => id != call.Caller.Id)
        );
        var shown = view with { UserId = erased.Of(view.UserId), ModelId = erased.Of(view.ModelId) };
        return PurchaseEntry.From(shown, entry);
    }

    private async ValueTask<Outcome<RefundResponse>> Refund(Call call, RefundRequest body)
    {
        var asked = await RefundOfAsync(
            call,
            (body.Reason, body.FromPlatform, body.IdempotencyKey),
            "purchaseId",
            PurchaseRefusals.PurchaseNotFound
        );
        if (asked.Refusal is not null)
        {
            return asked.Refusal;
        }
        var (buyer, command) = asked.Value;
        return (await buyer.Refund(command)).Map(RefundResponse.From);
    }

    private async ValueTask<Outcome<TipRefundResponse>> RefundTip(Call call, TipRefundRequest body)
    {
        var asked = await RefundOfAsync(
            call,
            (body.Reason, body.FromPlatform, body.IdempotencyKey),
            "tipId",
            WalletRefusals.TipNotFound
        );
        if (asked.Refusal is not null)
        {
            return asked.Refusal;
        }
        var (giver, command) = asked.Value;
        return (await giver.RefundTip(command)).Map(TipRefundResponse.From);
    }

    private async ValueTask<Outcome<(IPurchaserGrain Buyer, RequestRefund Command)>> RefundOfAsync(
        Call call,
        (string? Reason, bool? FromPlatform, string? IdempotencyKey) body,
        string idName,
        Refusal otherwise
    )
    {
        var key = call.IdempotencyKey(body.IdempotencyKey);
        if (key.Refusal is not null)
        {
            return key.Refusal;
        }
        var buyer = await BuyerAsync(call.Route(idName), otherwise);
        if (buyer.Refusal is not null)
        {
            return buyer.Refusal;
        }
        var (id, userId) = buyer.Value;
        return (
            Purchaser(userId),
            new RequestRefund(id, call.Actor(), body.Reason ?? "", body.FromPlatform ?? false, key.Value)
        );
    }

    /// <summary>Whose purchase or tip it is: the id says which account.</summary>
    private async ValueTask<Outcome<(PurchaseId Id, string UserId)>> BuyerAsync(string? text, Refusal otherwise)
    {
        if (!PurchaseId.TryParse(text, out var id))
        {
            return otherwise;
        }
        var directory = grains.GetGrain<IAccountDirectoryGrain>(AccountNumber.ShardOf(id.Account));
        return await directory.Resolve(id.Account) is { Kind: AccountKind.Balance, Owner: var userId }
            ? (id, userId)
            : otherwise;
    }

    private IPurchaserGrain Purchaser(string userId) => grains.GetGrain<IPurchaserGrain>(userId);
}
