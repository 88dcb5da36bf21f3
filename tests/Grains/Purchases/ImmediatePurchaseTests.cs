using Actors.GrainInterfaces.Ledger;
using Actors.GrainInterfaces.Menus;
using Actors.GrainInterfaces.Purchases;
using Actors.GrainInterfaces.Wallets;
using Actors.Grains.Tests.Wallets;
using Actors.TestKit;
using static Actors.Grains.Tests.Wallets.Money;

namespace Actors.Grains.Tests.Purchases;

public sealed class ImmediatePurchaseTests(GrainEngineFixture fixture) : IClassFixture<GrainEngineFixture>
{
    private readonly IGrainEngine _engine = fixture.Engine;

    [Fact, Trait("Spec", "PM-5")]
    public async Task A_purchase_moves_tokens_awards_points_and_is_complete()
    {
        var shop = await Shop.OpenAsync(_engine, "im1");
        var wave = await shop.SellsAsync("Wave", 50, points: 30);
        await _engine.WithTokensAsync("iu1", 120);

        var receipt = (await shop.BuyAsync("iu1", wave, "k1")).Value!;

        Assert.True(receipt.Immediate);
        Assert.Equal((Of(50), 30), (receipt.Tokens, receipt.LoyaltyPoints));
        Assert.Equal(new BalanceView(Of(70), Of(0), 30), await _engine.Balance("iu1").Get());
        await _engine.EventuallyHoldsAsync("im1", 50);
        var view = await shop.FindAsync("iu1", receipt.PurchaseId);
        Assert.Equal(
            (PurchaseStatus.Completed, "Wave", "im1", Of(50), 2L),
            (view.Status, view.ItemName, view.ModelId, view.Captured, view.MenuVersion)
        );
    }

    [Fact, Trait("Spec", "PM-4")]
    public async Task Of_two_hundred_purchases_at_once_the_balance_pays_exactly_those_that_it_can()
    {
        var shop = await Shop.OpenAsync(_engine, "im2");
        var wave = await shop.SellsAsync("Wave", 3);
        await _engine.WithTokensAsync("iu2", 150);

        var bought = await Task.WhenAll(Enumerable.Range(0, 200).Select(n => shop.BuyAsync("iu2", wave, $"k{n}")));

        Assert.Equal(50, bought.Count(static outcome => outcome.Refusal is null));
        Assert.Equal(150, bought.Count(static outcome => CodeOf(outcome) == LedgerRefusals.InsufficientBalanceCode));
        Assert.Equal(
            50,
            bought.Where(static o => o.Value is not null).Select(static o => o.Value!.PurchaseId).Distinct().Count()
        );
        Assert.Equal(Of(0), (await _engine.Balance("iu2").Get()).Available);
        await _engine.EventuallyHoldsAsync("im2", 150);
    }

    [Fact, Trait("Spec", "PM-7")]
    public async Task Of_a_hundred_requests_with_one_key_one_buys_and_all_get_its_answer_also_after_a_crash()
    {
        var shop = await Shop.OpenAsync(_engine, "im3");
        var wave = await shop.SellsAsync("Wave", 5);
        await _engine.WithTokensAsync("iu3", 150);

        // The menu is not in memory: all of them wait for its price together, past the first look for the key.
        await _engine.DeactivateAllAsync();
        var bought = await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => shop.BuyAsync("iu3", wave, "one")));
        await _engine.CrashAsync();
        var later = await shop.BuyAsync("iu3", wave, "one");

        Assert.Equal(later, Assert.Single(bought.Distinct()));
        Assert.Equal(Of(145), (await _engine.Balance("iu3").Get()).Available);
        await _engine.EventuallyHoldsAsync("im3", 5);
    }

    [Fact, Trait("Spec", "PM-7")]
    public async Task A_key_used_again_for_another_item_is_refused_even_when_the_item_is_gone()
    {
        var shop = await Shop.OpenAsync(_engine, "im4");
        var (wave, song) = (await shop.SellsAsync("Wave", 5), await shop.SellsAsync("Song", 6));
        await _engine.WithTokensAsync("iu4", 150);
        var first = await shop.BuyAsync("iu4", wave, "one");
        await shop.Menu().RemoveItem(new RemoveMenuItem(shop.Model, wave));

        Assert.Equal(LedgerRefusals.IdempotencyKeyReusedCode, CodeOf(await shop.BuyAsync("iu4", song, "one")));
        Assert.Equal(first, await shop.BuyAsync("iu4", wave, "one"));
        Assert.Equal(MenuRefusals.ItemNotFoundCode, CodeOf(await shop.BuyAsync("iu4", wave, "two")));
    }

    [Fact, Trait("Spec", "PM-4")]
    public async Task A_daily_limit_counts_by_UTC_day_and_says_when_it_ends()
    {
        var shop = await Shop.OpenAsync(_engine, "im5");
        var (wave, song) = (await shop.SellsAsync("Wave", 1, perDay: 2), await shop.SellsAsync("Song", 1, perDay: 1));
        await _engine.WithTokensAsync("iu5", 150);
        await shop.BuyAsync("iu5", wave, "k1");
        await shop.BuyAsync("iu5", wave, "k2");

        var refused = await shop.BuyAsync("iu5", wave, "k3");

        var midnight = new DateTimeOffset(_engine.Time.GetUtcNow().UtcDateTime.Date.AddDays(1), TimeSpan.Zero);
        Assert.Equal(
            (PurchaseRefusals.DailyLimitReachedCode, midnight),
            (refused.Refusal!.Code, refused.Refusal.ResetTime)
        );
        Assert.Null((await shop.BuyAsync("iu5", song, "k4")).Refusal);
        await _engine.DeactivateAllAsync();
        Assert.Equal(PurchaseRefusals.DailyLimitReachedCode, CodeOf(await shop.BuyAsync("iu5", wave, "k3")));
    }

    [Fact, Trait("Spec", "PM-4")]
    public async Task A_change_of_price_touches_no_purchase_made()
    {
        var shop = await Shop.OpenAsync(_engine, "im6");
        var wave = await shop.SellsAsync("Wave", 50);
        await _engine.WithTokensAsync("iu6", 150);
        var before = (await shop.BuyAsync("iu6", wave, "k1")).Value!;
        await shop.Menu().ChangeItem(new ChangeMenuItem(shop.Model, wave, new MenuItemDraft(TokenValue: 60)));

        var after = (await shop.BuyAsync("iu6", wave, "k2")).Value!;

        var (first, second) = (
            await shop.FindAsync("iu6", before.PurchaseId),
            await shop.FindAsync("iu6", after.PurchaseId)
        );
        Assert.Equal((Of(50), Of(60)), (first.Tokens, second.Tokens));
        Assert.True(second.MenuVersion > first.MenuVersion);
        Assert.Equal(Of(40), (await _engine.Balance("iu6").Get()).Available);
    }

    [Fact, Trait("Spec", "PM-3")]
    public async Task The_history_pages_newest_first_over_everything_that_lies_between()
    {
        var shop = await Shop.OpenAsync(_engine, "im7");
        var wave = await shop.SellsAsync("Wave", 1);
        await _engine.WithTokensAsync("iu7", 1_000);
        var ids = new List<PurchaseId>();
        for (var number = 0; number < 150; number++)
        {
            ids.Add((await shop.BuyAsync("iu7", wave, $"k{number}")).Value!.PurchaseId);
            if (number % 3 == 0)
            {
                await _engine.Balance("iu7").Tip(Tip("im7", 1, $"t{number}"));
            }
        }
        await _engine.DeactivateAllAsync();
        ids.Reverse();

        foreach (var (limit, offset) in new[] { (1, 0), (50, 0), (50, 50), (50, 149), (7, 63), (100, 64), (10, 150) })
        {
            var page = await shop.Purchaser("iu7").History(limit, offset, PurchaseFilter.None);
            Assert.Equal(150, page.Total);
            Assert.Equal(ids.Skip(offset).Take(limit), page.Purchases.Select(static purchase => purchase.PurchaseId));
        }
    }

    [Fact, Trait("Spec", "PM-3")]
    public async Task A_purchase_of_somebody_else_is_not_found_in_this_account()
    {
        var shop = await Shop.OpenAsync(_engine, "im8");
        var wave = await shop.SellsAsync("Wave", 1);
        await _engine.WithTokensAsync("iu8", 10);
        await _engine.WithTokensAsync("iu8-other", 10);
        var id = (await shop.BuyAsync("iu8", wave, "k")).Value!.PurchaseId;

        Assert.Equal(PurchaseRefusals.PurchaseNotFoundCode, CodeOf(await shop.Purchaser("iu8-other").Find(id)));
        var notYet = PurchaseId.Of(id.Account, id.Version + 1);
        Assert.Equal(PurchaseRefusals.PurchaseNotFoundCode, CodeOf(await shop.Purchaser("iu8").Find(notYet)));
        var credit = PurchaseId.Of(id.Account, id.Version - 1);
        Assert.Equal(PurchaseRefusals.PurchaseNotFoundCode, CodeOf(await shop.Purchaser("iu8").Find(credit)));
    }

    [Fact, Trait("Spec", "SE-3")]
    public async Task A_purchase_reaches_the_wallet_though_everything_is_killed_at_once()
    {
        var shop = await Shop.OpenAsync(_engine, "im9");
        var wave = await shop.SellsAsync("Wave", 1);
        await _engine.WithTokensAsync("iu9", 100);
        for (var round = 0; round < 5; round++)
        {
            var bought = await Task.WhenAll(
                Enumerable.Range(0, 10).Select(n => shop.BuyAsync("iu9", wave, $"k{round}-{n}"))
            );
            Assert.All(bought, static outcome => Assert.Null(outcome.Refusal));
            await _engine.CrashAsync();
        }

        await _engine.EventuallyHoldsAsync("im9", 50);
        Assert.Equal(Of(50), (await _engine.Balance("iu9").Get()).Available);
        Assert.True((await _engine.ProveAsync()).Conserved);
    }
}
