using Actors.GrainInterfaces.Durability;
using Actors.GrainInterfaces.Ledger;
using Actors.GrainInterfaces.Menus;
using Actors.GrainInterfaces.Queues;
using Actors.GrainInterfaces.Wallets;
using Actors.Grains.Tests.Purchases;
using Actors.Grains.Tests.Wallets;
using Actors.TestKit;
using static Actors.Grains.Tests.Wallets.Money;

namespace Actors.Grains.Tests.Queues;

/// <summary>What the queue decides reaches the tokens that are held, once.</summary>
public sealed class SettlementTests(GrainEngineFixture fixture) : IClassFixture<GrainEngineFixture>
{
    private readonly IGrainEngine _engine = fixture.Engine;

    [Fact, Trait("Spec", "PM-6")]
    public async Task A_part_that_was_delivered_goes_to_the_model_and_the_rest_back()
    {
        var (shop, stage, wave) = await OpenAsync("s-part", "su-part", 100);
        var receipt = (await shop.BuyAsync("su-part", wave, "k1")).Value!;
        await ArrivedAsync(stage, receipt.PurchaseId);
        await stage.StartAsync(receipt.PurchaseId);

        var ended = (await stage.CompleteAsync(receipt.PurchaseId, percent: 33)).Value!;

        await _engine.EventuallyHoldsAsync("s-part", 16);
        Assert.Equal((Of(16), Of(34)), (ended.Captured, ended.Refunded));
        Assert.Equal(new BalanceView(Of(84), Of(0), 9), await _engine.Balance("su-part").Get());
        var view = await shop.FindAsync("su-part", receipt.PurchaseId);
        Assert.Equal((SettlementKind.Delivered, Of(16), Of(34)), (view.Resolution, view.Captured, view.Refunded));
        Assert.Equal((ended.StartedAt, ended.At), (view.StartedAt, view.ResolvedAt));
        Assert.Equal((1, 15), (receipt.QueuePosition, receipt.EstimatedWaitMinutes));
    }

    [Fact, Trait("Spec", "PM-6")]
    public async Task Whatever_was_not_delivered_goes_back_whole()
    {
        var (shop, stage, wave) = await OpenAsync("s-back", "su-back", 100);
        var (first, second) = (await BuyAsync(shop, stage, wave, "k1"), await BuyAsync(shop, stage, wave, "k2"));
        Assert.Equal(new BalanceView(Of(0), Of(100), 0), await _engine.Balance("su-back").Get());

        await stage.RejectAsync(first, reason: "I am ill");
        await stage.CancelAsync(second, "su-back");

        await EventuallyFreeAsync("su-back", 100);
        var rejected = await shop.FindAsync("su-back", first);
        Assert.Equal((SettlementKind.Rejected, "I am ill"), (rejected.Resolution, rejected.Reason));
        Assert.Equal(SettlementKind.Cancelled, (await shop.FindAsync("su-back", second)).Resolution);
    }

    [Fact, Trait("Spec", "PM-9")]
    public async Task A_refund_of_what_is_held_turns_it_down_in_the_queue()
    {
        var (shop, stage, wave) = await OpenAsync("s-refund", "su-refund", 100);
        var id = await BuyAsync(shop, stage, wave, "k1");

        Assert.Null((await shop.RefundAsync("su-refund", id, "r1")).Refusal);

        await EventuallyFreeAsync("su-refund", 100);
        Assert.Empty(await stage.OrderAsync());
        Assert.Equal(QueueRefusals.EntryFinishedCode, CodeOf(await stage.StartAsync(id)));
    }

    [Fact, Trait("Spec", "PM-8")]
    public async Task Purchases_at_once_are_served_in_the_order_of_their_places_and_each_only_once()
    {
        var (shop, stage, wave) = await OpenAsync("s-many", "su-many", 1_000);

        var bought = await Task.WhenAll(Enumerable.Range(0, 20).Select(n => shop.BuyAsync("su-many", wave, $"k{n}")));

        var receipts = bought.Select(static outcome => outcome.Value!).ToList();
        var order = await _engine.EventuallyAsync(stage.OrderAsync, static order => order.Count == 20);
        Assert.Equal(
            receipts.OrderBy(static receipt => receipt.QueuePosition).Select(static receipt => receipt.PurchaseId),
            order
        );
        Assert.Equal(Enumerable.Range(1, 20), receipts.Select(static receipt => receipt.QueuePosition!.Value).Order());
    }

    [Fact, Trait("Spec", "SE-3")]
    public async Task Tokens_go_where_the_queue_said_though_everything_is_killed_at_once()
    {
        var (shop, stage, wave) = await OpenAsync("s-crash", "su-crash", 1_000);
        var captured = 0L;
        for (var round = 0; round < 6; round++)
        {
            var id = (await shop.BuyAsync("su-crash", wave, $"k{round}")).Value!.PurchaseId;
            await _engine.CrashAsync();
            await ArrivedAsync(stage, id);
            await StartUntilToldAsync(stage, id);
            var ends = await Task.WhenAll(stage.CompleteAsync(id, $"c{round}"), stage.RejectAsync(id, $"r{round}"));
            await _engine.CrashAsync();
            captured += Assert.Single(ends, static end => end.Refusal is null).Value!.Captured.Count;
            Assert.Equal(CodeOf(ends[0]), CodeOf(await stage.CompleteAsync(id, $"c{round}")));
            Assert.Equal(CodeOf(ends[1]), CodeOf(await stage.RejectAsync(id, $"r{round}")));
        }

        await EventuallyFreeAsync("su-crash", 1_000 - captured);
        await _engine.EventuallyHoldsAsync("s-crash", captured);
        Assert.True((await _engine.ProveAsync()).Conserved);
    }

    /// <summary>On a cluster that has just lost its silos a command may be told that its outcome is not known.</summary>
    private static async Task StartUntilToldAsync(Stage stage, PurchaseId id)
    {
        for (var tries = 1; ; tries++)
        {
            try
            {
                await stage.StartAsync(id);
                return;
            }
            catch (OutcomeUnknownException) when (tries < 10)
            {
                // Starting again what has been started changes nothing.
            }
        }
    }

    private async Task<(Shop Shop, Stage Stage, string Wave)> OpenAsync(string model, string user, long tokens)
    {
        var shop = await Shop.OpenAsync(_engine, model, QueueMode.On);
        var wave = await shop.SellsAsync("Wave", 50, points: 30);
        await _engine.WithTokensAsync(user, tokens);
        return (shop, new Stage(_engine, model), wave);
    }

    private async Task<PurchaseId> BuyAsync(Shop shop, Stage stage, string item, string key)
    {
        var bought = await shop.BuyAsync($"su-{shop.ModelId[2..]}", item, key);
        Assert.Null(bought.Refusal);
        await ArrivedAsync(stage, bought.Value!.PurchaseId);
        return bought.Value.PurchaseId;
    }

    private Task ArrivedAsync(Stage stage, PurchaseId id) =>
        _engine.EventuallyAsync(async () => await stage.Queue.Find(id) is not null);

    private Task<BalanceView> EventuallyFreeAsync(string user, long tokens) =>
        _engine.EventuallyAsync(
            async () => await _engine.Balance(user).Get(),
            view => view.Available == Of(tokens) && view.Held == Tokens.None
        );
}
