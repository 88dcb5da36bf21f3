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

/// <summary>Bugs that other ledgers had. Each is a race, run again and again: there is one winner every time.</summary>
public sealed class PeerBugTests(GrainEngineFixture fixture) : IClassFixture<GrainEngineFixture>
{
    private const int AtOnce = 30;

    private readonly IGrainEngine _engine = fixture.Engine;

    private int Races => _engine.Rounds(300);

    [Fact, Trait("Spec", "PM-6"), Trait("Peer", "Blnk#181")]
    public async Task What_is_held_cannot_be_spent_a_second_time()
    {
        var scene = await OpenAsync("peer-holds");
        await RaceAsync(async race =>
        {
            var user = $"peer-holds-{race}";
            await _engine.WithTokensAsync(user, 15);

            var (held, bought) = (scene.BuyQueuedAsync(user, "held"), scene.Now.BuyAsync(user, scene.Song, "bought"));
            var tipped = _engine.Balance(user).Tip(Tip(scene.Now.ModelId, 10, "tipped"));
            await Task.WhenAll(held, bought, tipped);

            var codes = new[] { CodeOf(await held), CodeOf(await bought), CodeOf(await tipped) };
            Assert.Single(codes, static code => code is null);
            Assert.Equal(2, codes.Count(static code => code == LedgerRefusals.InsufficientBalanceCode));
            var balance = await _engine.Balance(user).Get();
            Assert.Equal((Of(5), Of(codes[0] is null ? 10 : 0)), (balance.Available, balance.Held));
            if ((await held).Value is { } receipt)
            {
                await scene.RejectedAsync(user, receipt.PurchaseId);
            }
        });
        Assert.True((await _engine.ProveAsync()).Conserved);
    }

    [Fact, Trait("Spec", "PM-6"), Trait("Peer", "Blnk#171")]
    public async Task A_hold_that_is_captured_and_released_at_once_ends_in_one_of_both_ways()
    {
        var scene = await OpenAsync("peer-commit");
        await RaceAsync(async race =>
        {
            var (user, id) = await scene.HeldAsync($"peer-commit-{race}");

            var ends = await Task.WhenAll(
                scene.CompleteAsync(id, "complete", 60),
                scene.RejectAsync(id, "reject"),
                scene.CompleteAsync(id, "complete too", 30),
                scene.RejectAsync(id, "reject too")
            );

            var end = Assert.Single(ends, static end => end.Refusal is null).Value!;
            Assert.Equal(3, ends.Count(static end => CodeOf(end) == QueueRefusals.EntryFinishedCode));
            var view = await scene.EventuallySettledAsync(user, id);
            Assert.Equal(
                (end.Kind, end.Captured, end.Refunded),
                (view.Resolution!.Value, view.Captured, view.Refunded)
            );
            Assert.Equal(Of(15), view.Captured + (await _engine.Balance(user).Get()).Available);
        });
    }

    [Fact, Trait("Spec", "PM-6"), Trait("Peer", "Midaz#1519")]
    public async Task A_hold_that_is_captured_twice_at_once_is_captured_once()
    {
        var scene = await OpenAsync("peer-double");
        await RaceAsync(async race =>
        {
            var (user, id) = await scene.HeldAsync($"peer-double-{race}");

            var ends = await Task.WhenAll(
                scene.CompleteAsync(id, "first", 100),
                scene.CompleteAsync(id, "second", 100)
            );

            Assert.Single(ends, static end => end.Refusal is null);
            Assert.Single(ends, static end => CodeOf(end) == QueueRefusals.EntryFinishedCode);
            Assert.Equal(Of(10), (await scene.EventuallySettledAsync(user, id)).Captured);
            Assert.Equal(new BalanceView(Of(5), Of(0), 0), await _engine.Balance(user).Get());
        });
        await _engine.EventuallyHoldsAsync(scene.Queued.ModelId, Races * 10);
    }

    [Fact, Trait("Spec", "PM-9"), Trait("Peer", "Midaz#1265")]
    public async Task What_has_been_captured_can_be_given_back_at_once_and_once()
    {
        var scene = await OpenAsync("peer-revert");
        await RaceAsync(async race =>
        {
            var (user, id) = await scene.HeldAsync($"peer-revert-{race}");
            Assert.Null((await scene.CompleteAsync(id, "complete", 100)).Refusal);
            await scene.EventuallySettledAsync(user, id);

            var refunds = await Task.WhenAll(
                scene.Queued.RefundAsync(user, id, $"{race} first"),
                scene.Queued.RefundAsync(user, id, $"{race} second", Root)
            );

            var refund = Assert.Single(refunds.Distinct());
            Assert.Null(refund.Refusal);
            Assert.Equal(Of(10), refund.Value!.Tokens);
            await _engine.EventuallyAsync(
                async () => await _engine.Balance(user).Get(),
                static balance => balance == new BalanceView(Of(15), Of(0), 0)
            );
        });
        await _engine.EventuallyHoldsAsync(scene.Queued.ModelId, 0);
    }

    private async Task RaceAsync(Func<int, Task> race)
    {
        foreach (var some in Enumerable.Range(1, Races).Chunk(AtOnce))
        {
            await Task.WhenAll(some.Select(race));
        }
    }

    private async Task<Scene> OpenAsync(string name)
    {
        var now = await Shop.OpenAsync(_engine, name);
        var queued = await Shop.OpenAsync(_engine, name + "-queued", QueueMode.On);
        var scene = new Scene(
            _engine,
            now,
            await now.SellsAsync("Song", 10),
            queued,
            await queued.SellsAsync("Dance", 10)
        );
        return scene;
    }

    /// <summary>Somebody who sells at once, and somebody who performs what was bought.</summary>
    private sealed record Scene(IGrainEngine Engine, Shop Now, string Song, Shop Queued, string Dance)
    {
        private IQueueGrain Queue => Engine.Grains.GetGrain<IQueueGrain>(Queued.ModelId);

        public Task<Outcome<PurchaseReceipt>> BuyQueuedAsync(string user, string key) =>
            Queued.BuyAsync(user, Dance, key);

        /// <summary>A user who had 15 tokens, of which 10 are held for what the model has begun to perform.</summary>
        public async Task<(string User, PurchaseId Id)> HeldAsync(string user)
        {
            await Engine.WithTokensAsync(user, 15);
            var id = (await BuyQueuedAsync(user, "held")).Value!.PurchaseId;
            await Engine.EventuallyAsync(async () => await Queue.Find(id) is not null);
            Assert.Null((await Queue.Start(new StartEntry(Queued.Model, id))).Refusal);
            return (user, id);
        }

        public Task<Outcome<FinishedEntry>> CompleteAsync(PurchaseId id, string key, int percent) =>
            Queue.Complete(new CompleteEntry(Queued.Model, id, percent, Key($"{id} {key}")));

        public Task<Outcome<FinishedEntry>> RejectAsync(PurchaseId id, string key) =>
            Queue.Reject(new RejectEntry(Queued.Model, id, null, Key($"{id} {key}")));

        /// <summary>What was held is free again.</summary>
        public async Task RejectedAsync(string user, PurchaseId id)
        {
            await Engine.EventuallyAsync(async () => await Queue.Find(id) is not null);
            Assert.Null((await RejectAsync(id, "reject")).Refusal);
            await EventuallySettledAsync(user, id);
            Assert.Equal(new BalanceView(Of(15), Of(0), 0), await Engine.Balance(user).Get());
        }

        public Task<PurchaseView> EventuallySettledAsync(string user, PurchaseId id) =>
            Engine.EventuallyAsync(
                () => Queued.FindAsync(user, id),
                static view => view.Status != PurchaseStatus.Pending
            );
    }
}
