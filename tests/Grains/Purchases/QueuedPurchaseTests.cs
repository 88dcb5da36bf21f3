using Actors.GrainInterfaces.Durability;
using Actors.GrainInterfaces.Identity;
using Actors.GrainInterfaces.Ledger;
using Actors.GrainInterfaces.Menus;
using Actors.GrainInterfaces.Outcomes;
using Actors.GrainInterfaces.Purchases;
using Actors.GrainInterfaces.Queues;
using Actors.GrainInterfaces.Wallets;
using Actors.Grains.Tests.Wallets;
using Actors.TestKit;
using static Actors.Grains.Tests.Wallets.Money;

namespace Actors.Grains.Tests.Purchases;

[Trait("Spec", "PM-6")]
public sealed class QueuedPurchaseTests(GrainEngineFixture fixture) : IClassFixture<GrainEngineFixture>
{
    private readonly IGrainEngine _engine = fixture.Engine;

    [Fact]
    public async Task A_queued_purchase_holds_tokens_and_says_its_place()
    {
        var (shop, song) = await OpenAsync("qm1", 200, 150);
        await _engine.WithTokensAsync("qu1", 500);

        var first = (await shop.BuyAsync("qu1", song, "k1")).Value!;
        var second = (await shop.BuyAsync("qu1", song, "k2")).Value!;

        Assert.Equal((1, 15), (first.QueuePosition, first.EstimatedWaitMinutes));
        Assert.Equal((2, 30), (second.QueuePosition, second.EstimatedWaitMinutes));
        Assert.Equal(new BalanceView(Of(100), Of(400), 0), await _engine.Balance("qu1").Get());
        Assert.Equal(LedgerRefusals.InsufficientBalanceCode, CodeOf(await shop.BuyAsync("qu1", song, "k3")));
        Assert.Equal(["qm1"], (await shop.Purchaser("qu1").OpenQueues()).ModelIds);
        Assert.Equal(PurchaseStatus.Pending, (await shop.FindAsync("qu1", first.PurchaseId)).Status);
    }

    [Fact]
    public async Task A_delivered_purchase_pays_the_model_and_awards_points()
    {
        var (shop, song) = await OpenAsync("qm2", 200, 150);
        await _engine.WithTokensAsync("qu2", 500);
        var id = (await shop.BuyAsync("qu2", song, "k1")).Value!.PurchaseId;
        await StartAsync(shop, id);

        var done = await Queue(shop).Complete(new CompleteEntry(shop.Model, id, 100, Key("c1")));

        Assert.Equal((Of(200), Of(0)), (done.Value!.Captured, done.Value.Refunded));
        await _engine.EventuallyHoldsAsync("qm2", 200);
        Assert.Equal(new BalanceView(Of(300), Of(0), 150), await _engine.Balance("qu2").Get());
        var view = await shop.FindAsync("qu2", id);
        Assert.Equal((PurchaseStatus.Completed, SettlementKind.Delivered), (view.Status, view.Resolution));
        Assert.True(view.CreatedAt <= view.StartedAt && view.StartedAt <= view.ResolvedAt);
        Assert.Empty((await shop.Purchaser("qu2").OpenQueues()).ModelIds);
    }

    [Theory]
    [InlineData(1, 2, 199, 1)]
    [InlineData(50, 100, 101, 75)]
    [InlineData(99, 198, 3, 148)]
    public async Task A_part_pays_a_part_and_gives_the_rest_back(int percent, long captured, long refunded, long points)
    {
        var (modelId, userId) = ($"qm3-{percent}", $"qu3-{percent}");
        var (shop, song) = await OpenAsync(modelId, 201, 150);
        await _engine.WithTokensAsync(userId, 201);
        var id = (await shop.BuyAsync(userId, song, "k1")).Value!.PurchaseId;
        await StartAsync(shop, id);

        var done = await Queue(shop).Complete(new CompleteEntry(shop.Model, id, percent, Key("c1")));

        Assert.Equal((Of(captured), Of(refunded)), (done.Value!.Captured, done.Value.Refunded));
        await _engine.EventuallyHoldsAsync(modelId, captured);
        Assert.Equal(new BalanceView(Of(refunded), Of(0), points), await _engine.Balance(userId).Get());
        // The part that was paid can be refunded too, and then everything is back.
        Assert.Equal(Of(captured), (await shop.RefundAsync(userId, id, "r1")).Value!.Tokens);
        await _engine.EventuallyAsync(
            async () => await _engine.Balance(userId).Get(),
            static view => view == new BalanceView(Of(201), Of(0), 0)
        );
        Assert.Equal(PurchaseStatus.Refunded, (await shop.FindAsync(userId, id)).Status);
    }

    [Fact]
    public async Task A_rejected_and_a_cancelled_purchase_give_everything_back()
    {
        var (shop, song) = await OpenAsync("qm4", 200, 150);
        await _engine.WithTokensAsync("qu4", 400);
        var first = (await shop.BuyAsync("qu4", song, "k1")).Value!.PurchaseId;
        var second = (await shop.BuyAsync("qu4", song, "k2")).Value!.PurchaseId;
        await ArrivedAsync(shop, first);
        await ArrivedAsync(shop, second);

        Assert.Null((await Queue(shop).Reject(new RejectEntry(shop.Model, first, "Not today", Key("x1")))).Refusal);
        var buyer = new Actor(ActorRole.User, "qu4");
        Assert.Null((await Queue(shop).Cancel(new CancelEntry(buyer, second, Key("x2")))).Refusal);

        await _engine.EventuallyAsync(
            async () => await _engine.Balance("qu4").Get(),
            static view => view == new BalanceView(Of(400), Of(0), 0)
        );
        var rejected = await shop.FindAsync("qu4", first);
        Assert.Equal(
            (PurchaseStatus.Refunded, SettlementKind.Rejected, "Not today", Of(200)),
            (rejected.Status, rejected.Resolution, rejected.Reason, rejected.Refunded)
        );
        var cancelled = await shop.FindAsync("qu4", second);
        Assert.Equal((PurchaseStatus.Refunded, SettlementKind.Cancelled), (cancelled.Status, cancelled.Resolution));
    }

    [Fact]
    public async Task A_refund_of_a_pending_purchase_takes_it_out_of_the_queue()
    {
        var (shop, song) = await OpenAsync("qm5", 200, 150);
        await _engine.WithTokensAsync("qu5", 200);
        var id = (await shop.BuyAsync("qu5", song, "k1")).Value!.PurchaseId;

        var refund = await shop.RefundAsync("qu5", id, "r1");

        Assert.Equal(Of(200), refund.Value!.Tokens);
        await _engine.EventuallyAsync(async () => (await shop.FindAsync("qu5", id)).Status == PurchaseStatus.Refunded);
        Assert.Equal(0, (await Queue(shop).View(null)).Length);
        Assert.Equal(refund.Value.Tokens, (await shop.RefundAsync("qu5", id, "r2")).Value!.Tokens);
        Assert.Equal(new BalanceView(Of(200), Of(0), 0), await _engine.Balance("qu5").Get());
    }

    [Fact]
    public async Task Of_delivery_and_rejection_at_once_one_decides_and_the_tokens_go_one_way()
    {
        var (shop, song) = await OpenAsync("qm6", 10, 0);
        await _engine.WithTokensAsync("qu6", 200);
        long sold = 0;
        for (var round = 0; round < 20; round++)
        {
            var id = (await shop.BuyAsync("qu6", song, $"k{round}")).Value!.PurchaseId;
            await StartAsync(shop, id);
            var complete = Queue(shop).Complete(new CompleteEntry(shop.Model, id, 100, Key($"c{round}")));
            var reject = Queue(shop).Reject(new RejectEntry(shop.Model, id, "No", Key($"x{round}")));
            var ends = await Task.WhenAll(complete, reject);
            Assert.Single(ends, static end => end.Refusal is null);
            sold += ends[0].Refusal is null ? 10 : 0;
        }

        await _engine.EventuallyHoldsAsync("qm6", sold);
        await _engine.EventuallyAsync(
            async () => await _engine.Balance("qu6").Get(),
            view => view == new BalanceView(Of(200 - sold), Of(0), 0)
        );
        Assert.True((await _engine.ProveAsync()).Conserved);
    }

    [Fact]
    public async Task A_paused_queue_takes_nothing_in_and_holds_nothing()
    {
        var (shop, song) = await OpenAsync("qm7", 10, 0);
        await _engine.WithTokensAsync("qu7", 200);
        await Queue(shop).Pause(shop.Model);

        Assert.Equal(QueueRefusals.QueuePausedCode, CodeOf(await shop.BuyAsync("qu7", song, "k1")));

        Assert.Equal(new BalanceView(Of(200), Of(0), 0), await _engine.Balance("qu7").Get());
        await Queue(shop).Resume(shop.Model);
        Assert.Null((await shop.BuyAsync("qu7", song, "k1")).Refusal);
    }

    [Fact]
    public async Task A_purchase_that_is_held_reaches_the_queue_though_everything_is_killed_at_once()
    {
        var (shop, song) = await OpenAsync("qm8", 10, 0);
        await _engine.WithTokensAsync("qu8", 200);
        for (var round = 0; round < 5; round++)
        {
            var bought = await Task.WhenAll(Enumerable.Range(0, 4).Select(n => BuyAsync(shop, song, $"k{round}-{n}")));
            Assert.All(bought, static outcome => Assert.Null(outcome.Refusal));
            await _engine.CrashAsync();
        }

        var view = await _engine.EventuallyAsync(
            async () => await Queue(shop).View(null),
            static view => view.Length == 20
        );
        Assert.Equal(Enumerable.Range(1, 20), view.Entries.Select(static entry => entry.Position));
        Assert.Equal(new BalanceView(Of(0), Of(200), 0), await _engine.Balance("qu8").Get());
    }

    /// <summary>While a cluster finds out who is dead a call may not be answered; then the same one is asked again, as clients do.</summary>
    private static async Task<Outcome<PurchaseReceipt>> BuyAsync(Shop shop, string item, string key)
    {
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                return await shop.BuyAsync("qu8", item, key);
            }
            catch (Exception fault) when (attempt < 3 && fault is TimeoutException or OutcomeUnknownException)
            {
                // The key makes it one purchase.
            }
        }
    }

    private async Task<(Shop Shop, string ItemId)> OpenAsync(string modelId, long price, long points)
    {
        var shop = await Shop.OpenAsync(_engine, modelId, QueueMode.On);
        return (shop, await shop.SellsAsync("Song", price, points));
    }

    private IQueueGrain Queue(Shop shop) => _engine.Grains.GetGrain<IQueueGrain>(shop.ModelId);

    private Task ArrivedAsync(Shop shop, PurchaseId id) =>
        _engine.EventuallyAsync(async () => await Queue(shop).Find(id) is not null);

    private async Task StartAsync(Shop shop, PurchaseId id)
    {
        await ArrivedAsync(shop, id);
        Assert.Null((await Queue(shop).Start(new StartEntry(shop.Model, id))).Refusal);
    }
}
