using Actors.ApiHost.Auth;
using Actors.ApiHost.Calls;
using Actors.ApiHost.Http;
using Actors.GrainInterfaces.Identity;
using Actors.GrainInterfaces.Ledger;
using Actors.GrainInterfaces.Outcomes;
using Actors.GrainInterfaces.Wallets;

namespace Actors.ApiHost.Wallets;

internal static class WalletRoutes
{
    public static void MapWallets(this IEndpointRouteBuilder routes) => routes.MapFeature<WalletEndpoints>();
}

internal sealed class WalletEndpoints(IGrainFactory grains) : IEndpoints
{
    public void Map(IEndpointRouteBuilder routes)
    {
        var wallets = routes.MapGroup("/api/v1").WithTags("Wallets");
        wallets
            .Get("/balance", Balance, WalletJson.Default.BalanceResponse)
            .For(Roles.User)
            .WithSummary("The caller's tokens: free, held for the queue, and loyalty points");
        wallets
            .Get("/wallet", Wallet, WalletJson.Default.WalletResponse)
            .For(Roles.Model)
            .WithSummary("What the calling model has earned and holds");
        TakesKey(routes.MapTips().Post("", Tip, WalletJson.Default.TipRequest, WalletJson.Default.TipResponse))
            .For(Roles.User)
            .WithSummary("Gives tokens to a model")
            .WithExample("""{ "modelId": "mia", "tokens": 25, "message": "Lovely!", "idempotency_key": "tip-1" }""")
            .WhenMistyped("modelId", IdentityRefusals.ModelNotFound)
            .WhenMistyped("message", WalletRefusals.InvalidTipMessage)
            .Refuses(
                LedgerRefusals.InsufficientBalanceCode,
                WalletRefusals.InvalidTipMessageCode,
                WalletRefusals.SelfDealingCode,
                IdentityRefusals.RestrictedCode,
                IdentityRefusals.ModelNotFoundCode
            );
        MapAdmin(routes);
    }

    private void MapAdmin(IEndpointRouteBuilder routes)
    {
        var admin = routes.MapGroup("/api/v1/admin").WithTags("Wallets").For(Roles.Admin);
        TakesReason(
                admin.Post(
                    "/balances/{userId}/credit",
                    Credit,
                    WalletJson.Default.MoveTokensRequest,
                    WalletJson.Default.CreditResponse
                )
            )
            .For(Roles.Admin, Scopes.CreditBalances)
            .WithSummary("Brings tokens into being in a user's balance")
            .WithExample("""{ "tokens": 500, "reason": "Welcome", "idempotency_key": "credit-1" }""")
            .Refuses(IdentityRefusals.UserNotFoundCode);
        TakesReason(
                admin.Post(
                    "/balances/{userId}/debit",
                    Debit,
                    WalletJson.Default.MoveTokensRequest,
                    WalletJson.Default.DebitResponse
                )
            )
            .WithSummary("Takes free tokens of a user back out of the world")
            .WithExample("""{ "tokens": 500, "reason": "Credited twice", "idempotency_key": "debit-1" }""")
            .Refuses(IdentityRefusals.UserNotFoundCode, LedgerRefusals.InsufficientBalanceCode);
        admin
            .Get("/balances/{userId}", UserBalance, WalletJson.Default.BalanceResponse)
            .WithSummary("A user's tokens")
            .Refuses(IdentityRefusals.UserNotFoundCode);
        admin
            .Get("/wallets/{modelId}", ModelWallet, WalletJson.Default.WalletResponse)
            .WithSummary("What a model has earned and holds")
            .Refuses(IdentityRefusals.ModelNotFoundCode);
        TakesReason(
                admin.Post(
                    "/wallets/{modelId}/payout",
                    PayOut,
                    WalletJson.Default.MoveTokensRequest,
                    WalletJson.Default.PayoutResponse
                )
            )
            .WithSummary("Pays tokens out of a model's wallet; they leave the platform")
            .WithExample("""{ "tokens": 300, "reason": "November", "idempotency_key": "payout-1" }""")
            .Refuses(LedgerRefusals.InsufficientWalletCode, IdentityRefusals.ModelNotFoundCode);
    }

    private static IEndpointConventionBuilder TakesKey(IEndpointConventionBuilder route) =>
        route.Keyed().WhenMistyped("tokens", LedgerRefusals.InvalidTokens).Refuses(LedgerRefusals.InvalidTokensCode);

    private static IEndpointConventionBuilder TakesReason(IEndpointConventionBuilder route) =>
        TakesKey(route).WhenMistyped("reason", LedgerRefusals.InvalidReason).Refuses(LedgerRefusals.InvalidReasonCode);

    private async ValueTask<Outcome<BalanceResponse>> Balance(Call call) =>
        BalanceResponse.From(await grains.GetGrain<IBalanceGrain>(call.Caller.Id).Get());

    private async ValueTask<Outcome<WalletResponse>> Wallet(Call call) =>
        WalletResponse.From(await grains.GetGrain<IWalletGrain>(call.Caller.Id).Get());

    private async ValueTask<Outcome<TipResponse>> Tip(Call call, TipRequest body)
    {
        var key = call.IdempotencyKey(body.IdempotencyKey);
        if (key.Refusal is not null)
        {
            return key.Refusal;
        }
        if (!ModelId.TryParse(body.ModelId, out var model))
        {
            return IdentityRefusals.ModelNotFound;
        }
        if (!Tokens.TryOf(body.Tokens, out var tokens))
        {
            return LedgerRefusals.InvalidTokens;
        }
        var tip = new SendTip(model, tokens, body.Message, key.Value);
        return (await grains.GetGrain<IBalanceGrain>(call.Caller.Id).Tip(tip)).Map(TipResponse.From);
    }

    private ValueTask<Outcome<CreditResponse>> Credit(Call call, MoveTokensRequest body) =>
        MoveAsync(
            call,
            body,
            async (balance, tokens, key) =>
                (await balance.Credit(new CreditBalance(call.Actor(), tokens, body.Reason ?? "", key))).Map(
                    CreditResponse.From
                )
        );

    private ValueTask<Outcome<DebitResponse>> Debit(Call call, MoveTokensRequest body) =>
        MoveAsync(
            call,
            body,
            async (balance, tokens, key) =>
                (await balance.Debit(new DebitBalance(call.Actor(), tokens, body.Reason ?? "", key))).Map(
                    DebitResponse.From
                )
        );

    /// <summary>What an admin does to a user's tokens: named by a key, in whole tokens, to the person in the path.</summary>
    private async ValueTask<Outcome<TAnswer>> MoveAsync<TAnswer>(
        Call call,
        MoveTokensRequest body,
        Func<IBalanceGrain, Tokens, IdempotencyKey, Task<Outcome<TAnswer>>> move
    )
    {
        var key = call.IdempotencyKey(body.IdempotencyKey);
        if (key.Refusal is not null)
        {
            return key.Refusal;
        }
        if (!UserId.TryParse(call.Route("userId"), out var user))
        {
            return IdentityRefusals.UserNotFound;
        }
        return Tokens.TryOf(body.Tokens, out var tokens)
            ? await move(grains.GetGrain<IBalanceGrain>(user.Value), tokens, key.Value)
            : LedgerRefusals.InvalidTokens;
    }

    private async ValueTask<Outcome<BalanceResponse>> UserBalance(Call call) =>
        UserId.TryParse(call.Route("userId"), out var user)
        && await grains.GetGrain<IPersonGrain>(user.Value).Find() == PersonKind.User
            ? BalanceResponse.From(await grains.GetGrain<IBalanceGrain>(user.Value).Get())
            : IdentityRefusals.UserNotFound;

    private async ValueTask<Outcome<WalletResponse>> ModelWallet(Call call)
    {
        var model = call.Model();
        if (
            (model.Refusal ?? (await grains.GetGrain<IModelProfileGrain>(model.Value.Value).Get()).Refusal) is
            { } refusal
        )
        {
            return refusal;
        }
        return WalletResponse.From(await grains.GetGrain<IWalletGrain>(model.Value.Value).Get());
    }

    private async ValueTask<Outcome<PayoutResponse>> PayOut(Call call, MoveTokensRequest body)
    {
        var key = call.IdempotencyKey(body.IdempotencyKey);
        var model = call.Model();
        if ((key.Refusal ?? model.Refusal) is { } refusal)
        {
            return refusal;
        }
        if (!Tokens.TryOf(body.Tokens, out var tokens))
        {
            return LedgerRefusals.InvalidTokens;
        }
        var payout = new PayOut(call.Actor(), tokens, body.Reason ?? "", key.Value);
        return (await grains.GetGrain<IWalletGrain>(model.Value.Value).PayOut(payout)).Map(PayoutResponse.From);
    }
}
