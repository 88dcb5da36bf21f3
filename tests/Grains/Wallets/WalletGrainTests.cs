using Actors.GrainInterfaces.Durability;
using Actors.GrainInterfaces.Ledger;
using Actors.GrainInterfaces.Notifications;
using Actors.GrainInterfaces.Wallets;
using Actors.TestKit;
using static Actors.Grains.Tests.Wallets.Money;

namespace Actors.Grains.Tests.Wallets;

public sealed class WalletGrainTests(GrainEngineFixture fixture) : IClassFixture<GrainEngineFixture>
{
    private readonly IGrainEngine _engine = fixture.Engine;

    [Fact, Trait("Spec", "SE-3")]
    public async Task An_earning_that_is_delivered_twice_counts_once()
    {
        var wallet = _engine.Wallet("twice");
        await wallet.Receive([new(new Delivery("balance/x", 512), Earned(10, "x"))]);
        await wallet.Receive([new(new Delivery("balance/x", 512), Earned(10, "x"))]);
        await _engine.CrashAsync();
        await _engine.Wallet("twice").Receive([new(new Delivery("balance/x", 512), Earned(10, "x"))]);

        Assert.Equal(Of(10), (await _engine.Wallet("twice").Get()).Tokens);
    }

    [Fact, Trait("Spec", "WA-1")]
    public async Task A_payout_takes_tokens_off_the_platform_once_for_each_key()
    {
        var wallet = _engine.Wallet("paid");
        await wallet.Receive([new(new Delivery("balance/x", 512), Earned(100, "x"))]);

        var first = await wallet.PayOut(new PayOut(Root, Of(60), "November", Key("p1")));
        var again = await wallet.PayOut(new PayOut(Root, Of(60), "November", Key("p1")));
        var other = await wallet.PayOut(new PayOut(Root, Of(61), "November", Key("p1")));
        var tooMuch = await wallet.PayOut(new PayOut(Root, Of(41), "November", Key("p2")));

        Assert.Equal((Of(60), Of(40)), (first.Value!.Tokens, first.Value.Left));
        Assert.Equal(first, again);
        Assert.Equal(LedgerRefusals.IdempotencyKeyReusedCode, CodeOf(other));
        Assert.Equal(LedgerRefusals.InsufficientWalletCode, CodeOf(tooMuch));
        Assert.Equal(new WalletView(Of(40), Of(100), Of(0), Of(60)), await wallet.Get());
    }

    [Fact, Trait("Spec", "WA-1")]
    public async Task Of_two_payouts_at_once_that_the_wallet_cannot_both_pay_one_goes_through()
    {
        var wallet = _engine.Wallet("both");
        await wallet.Receive([new(new Delivery("balance/x", 512), Earned(100, "x"))]);

        var payouts = await Task.WhenAll(
            wallet.PayOut(new PayOut(Root, Of(60), "One", Key("p1"))),
            wallet.PayOut(new PayOut(Root, Of(60), "Two", Key("p2")))
        );

        Assert.Single(payouts, static payout => payout.Refusal is null);
        Assert.Equal(Of(40), (await wallet.Get()).Tokens);
    }

    [Fact, Trait("Spec", "NO-1")]
    public async Task Sales_are_told_together_after_a_minute()
    {
        var wallet = _engine.Wallet("seller");
        for (var number = 1; number <= 3; number++)
        {
            var sold = new SoldItem(PurchaseId.Of(1, number), "menu", "item", "Wave", _engine.Time.GetUtcNow(), Of(10));
            var earning = Earned(10, "x") with { Kind = EarningKind.Purchase, Purchase = sold };
            await wallet.Receive([new(new Delivery("balance/x", number * 256), earning)]);
        }
        var inbox = _engine.Grains.GetGrain<INotificationInboxGrain>("seller");
        Assert.Equal(0, (await inbox.List(10, 0)).Total);

        await _engine.AdvanceAsync(TimeSpan.FromMinutes(1));

        var told = await _engine.EventuallyAsync(() => inbox.List(10, 0), static page => page.Total > 0);
        Assert.Equal("3 items were bought for 30 tokens in all.", Assert.Single(told.Notifications).Text);
    }

    private Earning Earned(long tokens, string userId) =>
        new(EarningKind.Tip, userId, Of(tokens), $"balance/{userId}@2", _engine.Time.GetUtcNow(), null, null);
}
