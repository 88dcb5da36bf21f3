using Actors.GrainInterfaces.Identity;
using Actors.GrainInterfaces.Ledger;
using Actors.GrainInterfaces.Outcomes;
using Actors.GrainInterfaces.Purchases;
using Actors.GrainInterfaces.Wallets;
using Actors.Grains.Tests.Wallets;
using Actors.TestKit;
using static Actors.Grains.Tests.Wallets.Money;

namespace Actors.Grains.Tests.Purchases;

[Trait("Spec", "PM-9")]
public sealed class RefundTests(GrainEngineFixture fixture) : IClassFixture<GrainEngineFixture>
{
    private readonly IGrainEngine _engine = fixture.Engine;

    [Fact]
    public async Task A_refund_gives_tokens_back_and_takes_points_and_its_repeat_answers_the_same()
    {
        var (shop, id) = await SoldAsync("rm1", "ru1", 50, points: 30);

        var first = await shop.RefundAsync("ru1", id, "r1");
        await _engine.EventuallyAsync(async () => (await shop.FindAsync("ru1", id)).Status == PurchaseStatus.Refunded);
        var again = await shop.RefundAsync("ru1", id, "r1");
        await _engine.CrashAsync();
        var byAdmin = await shop.RefundAsync("ru1", id, "r2", Root);

        Assert.Null(first.Refusal);
        Assert.Equal(first, again);
        Assert.Equal(first, byAdmin);
        Assert.Equal(new BalanceView(Of(100), Of(0), 0), await _engine.Balance("ru1").Get());
        Assert.Equal(Of(0), (await _engine.Wallet("rm1").Get()).Tokens);
        var view = await shop.FindAsync("ru1", id);
        Assert.Equal((Of(50), Of(0), "Sorry", 0), (view.Refunded, view.Captured, view.Reason, view.LoyaltyPoints));
    }

    [Fact]
    public async Task A_refund_right_after_the_purchase_finds_the_tokens()
    {
        var shop = await Shop.OpenAsync(_engine, "rm2");
        var wave = await shop.SellsAsync("Wave", 10);
        await _engine.WithTokensAsync("ru2", 200);
        for (var round = 0; round < 20; round++)
        {
            var id = (await shop.BuyAsync("ru2", wave, $"k{round}")).Value!.PurchaseId;
            Assert.Null((await shop.RefundAsync("ru2", id, $"r{round}")).Refusal);
        }
        await _engine.EventuallyAsync(
            async () => await _engine.Balance("ru2").Get(),
            static view => view.Available == Of(200)
        );
    }

    [Fact]
    public async Task Of_many_refunds_at_once_one_moves_tokens_and_all_get_its_answer()
    {
        var (shop, id) = await SoldAsync("rm3", "ru3", 50);
        var (_, _) = await SoldAsync("rm3", "ru3-other", 50);

        var refunds = await Task.WhenAll(Enumerable.Range(0, 50).Select(n => shop.RefundAsync("ru3", id, $"r{n}")));

        Assert.Null(Assert.Single(refunds.Distinct()).Refusal);
        Assert.Equal(Of(50), (await _engine.Wallet("rm3").Get()).Tokens);
        await _engine.EventuallyAsync(
            async () => await _engine.Balance("ru3").Get(),
            static view => view.Available == Of(100)
        );
        Assert.True((await _engine.ProveAsync()).Conserved);
    }

    [Fact]
    public async Task A_wallet_that_was_paid_out_refuses_unless_an_admin_lets_the_platform_pay()
    {
        var (shop, id) = await SoldAsync("rm4", "ru4", 50);
        await _engine.Wallet("rm4").PayOut(new PayOut(Root, Of(50), "November", Key("p")));
        var before = await _engine.ProveAsync();

        var byModel = await shop.Purchaser("ru4").Refund(new RequestRefund(id, shop.Model, "Sorry", true, Key("r1")));
        var byAdmin = await shop.RefundAsync("ru4", id, "r2", Root);
        var byPlatform = await shop.Purchaser("ru4").Refund(new RequestRefund(id, Root, "Sorry", true, Key("r3")));

        Assert.Equal(LedgerRefusals.InsufficientWalletCode, CodeOf(byModel));
        Assert.Equal(LedgerRefusals.InsufficientWalletCode, CodeOf(byAdmin));
        Assert.True(byPlatform.Value!.FromPlatform);
        await _engine.EventuallyAsync(
            async () => await _engine.Balance("ru4").Get(),
            static view => view.Available == Of(100)
        );
        var after = await _engine.ProveAsync();
        Assert.True(after.Conserved);
        Assert.Equal(before.Issued + Of(50), after.Issued);
    }

    [Fact]
    public async Task Only_the_model_who_sold_it_and_admins_may_refund()
    {
        var (shop, id) = await SoldAsync("rm5", "ru5", 50);

        var byOther = await shop.RefundAsync("ru5", id, "r1", new Actor(ActorRole.Model, "another"));
        var byBuyer = await shop.RefundAsync("ru5", id, "r2", new Actor(ActorRole.User, "ru5"));

        Assert.Equal(CommonRefusals.ForbiddenCode, CodeOf(byOther));
        Assert.Equal(CommonRefusals.ForbiddenCode, CodeOf(byBuyer));
        Assert.Equal(Of(50), (await _engine.Wallet("rm5").Get()).Tokens);
    }

    [Fact]
    public async Task A_key_of_another_refund_and_a_missing_reason_are_refused()
    {
        var (shop, id) = await SoldAsync("rm6", "ru6", 20);
        var (_, other) = await SoldAsync("rm6", "ru6-other", 20);
        Assert.Null((await shop.RefundAsync("ru6", id, "r1")).Refusal);

        Assert.Equal(LedgerRefusals.IdempotencyKeyReusedCode, CodeOf(await shop.RefundAsync("ru6-other", other, "r1")));
        var silent = new RequestRefund(other, shop.Model, " ", false, Key("r2"));
        Assert.Equal(LedgerRefusals.InvalidReasonCode, CodeOf(await shop.Purchaser("ru6-other").Refund(silent)));
    }

    private async Task<(Shop Shop, PurchaseId Id)> SoldAsync(string modelId, string userId, long price, long points = 0)
    {
        var shop = await Shop.OpenAsync(_engine, modelId);
        var wave = await shop.SellsAsync("Wave", price, points);
        await _engine.WithTokensAsync(userId, 100);
        var id = (await shop.BuyAsync(userId, wave, "k")).Value!.PurchaseId;
        // The wallet has it once the outbox is empty, which a refund by nobody waits for.
        await shop.RefundAsync(userId, id, "nobody", new Actor(ActorRole.User, "nobody"));
        return (shop, id);
    }
}
