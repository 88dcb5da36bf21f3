using Actors.GrainInterfaces.Durability;
using Actors.GrainInterfaces.Identity;
using Actors.GrainInterfaces.Ledger;
using Actors.GrainInterfaces.Queues;
using Actors.TestKit;
using static Actors.Grains.Tests.Wallets.Money;

namespace Actors.Grains.Tests.Queues;

public sealed class QueueGrainTests(GrainEngineFixture fixture) : IClassFixture<GrainEngineFixture>
{
    private readonly IGrainEngine _engine = fixture.Engine;

    [Fact, Trait("Spec", "PM-8")]
    public async Task Who_reserved_first_is_first_though_the_purchases_arrive_in_reverse()
    {
        var stage = new Stage(_engine, "q-order");
        var tickets = new List<long>();
        for (var number = 0; number < 5; number++)
        {
            tickets.Add(await stage.ReserveAsync());
        }
        var arrived = new List<PurchaseId>();
        foreach (var ticket in Enumerable.Reverse(tickets))
        {
            arrived.Add(await stage.EnterAsync(ticket: ticket));
        }
        await _engine.CrashAsync();
        var last = await stage.EnterAsync();

        Assert.Equal([.. Enumerable.Reverse(arrived), last], await stage.OrderAsync());
    }

    [Fact, Trait("Spec", "PM-8")]
    public async Task Positions_are_exact_after_every_change_and_through_a_crash()
    {
        var stage = new Stage(_engine, "q-positions");
        var ids = new List<PurchaseId>();
        for (var number = 0; number < 6; number++)
        {
            ids.Add(await stage.EnterAsync(number % 2 == 0 ? "even" : "odd"));
            Assert.Equal(ids, await stage.OrderAsync());
        }
        await stage.StartAsync(ids[3]);
        Assert.Equal([ids[3], ids[0], ids[1], ids[2], ids[4], ids[5]], await stage.OrderAsync());
        await stage.CancelAsync(ids[0], "even");
        Assert.Equal([ids[3], ids[1], ids[2], ids[4], ids[5]], await stage.OrderAsync());
        await stage.RejectAsync(ids[2]);
        Assert.Equal([ids[3], ids[1], ids[4], ids[5]], await stage.OrderAsync());
        await stage.CompleteAsync(ids[3]);
        await _engine.CrashAsync();

        Assert.Equal([ids[1], ids[4], ids[5]], await stage.OrderAsync());
        var odd = await stage.Queue.View("odd");
        Assert.Equal([(ids[1], 1), (ids[5], 3)], odd.Entries.Select(static one => (one.PurchaseId, one.Position)));
        Assert.Equal(3, odd.Length);
        Assert.Equal(2, (await stage.Queue.Find(ids[4]))!.Position);
        Assert.Null(await stage.Queue.Find(ids[0]));
    }

    [Fact, Trait("Spec", "PM-8")]
    public async Task A_place_counts_those_who_reserved_before_and_are_still_buying()
    {
        var stage = new Stage(_engine, "q-places");
        await stage.EnterAsync();
        var first = (await stage.Queue.Reserve("wave", "bo")).Value!;
        var second = (await stage.Queue.Reserve("wave", "bo")).Value!;
        await stage.Queue.Release(first.Ticket);
        await _engine.EventuallyAsync(PositionOfAnotherAsync, static position => position == 3);

        Assert.Equal((2, 3), (first.Position, second.Position));
        await stage.EnterAsync(ticket: second.Ticket);
        // Places are given back by messages that nobody waits for.
        await _engine.EventuallyAsync(PositionOfAnotherAsync, static position => position == 3);

        async Task<int> PositionOfAnotherAsync()
        {
            var place = (await stage.Queue.Reserve("wave", "bo")).Value!;
            await stage.Queue.Release(place.Ticket);
            return place.Position;
        }
    }

    [Fact, Trait("Spec", "PM-8")]
    public async Task A_full_queue_lets_nobody_reserve_until_a_place_lapses_but_takes_in_every_purchase()
    {
        var stage = new Stage(_engine, "q-full");
        var places = await Task.WhenAll(
            Enumerable.Range(0, 199).Select(number => stage.ReserveAsync(user: $"user-{number}"))
        );
        var entered = await stage.EnterAsync();

        Assert.Equal(QueueRefusals.QueueFullCode, CodeOf(await stage.Queue.Reserve("wave", "bo")));
        await _engine.AdvanceAsync(TimeSpan.FromSeconds(61));
        await stage.ReserveAsync();
        // Their purchases come late, when others may have taken the places.
        var late = new List<PurchaseId>();
        foreach (var ticket in places.Order())
        {
            late.Add(await stage.EnterAsync(ticket: ticket));
        }
        Assert.Equal(QueueRefusals.QueueFullCode, CodeOf(await stage.Queue.Reserve("wave", "bo")));
        late.Add(await stage.EnterAsync(ticket: places.Max() + 2_000_000_000));
        Assert.Equal(201, (await stage.OrderAsync()).Count);
        Assert.Equal(late[0], (await stage.OrderAsync())[0]);
        Assert.Equal(200, (await stage.Queue.Find(entered))!.Position);
    }

    [Fact, Trait("Spec", "PM-8")]
    public async Task A_paused_queue_lets_nothing_new_in_and_goes_on_with_the_rest_also_after_a_crash()
    {
        await _engine.RegisterAsync("q-paused");
        var stage = new Stage(_engine, "q-paused");
        var bought = await stage.ReserveAsync();
        var waiting = await stage.EnterAsync();

        var paused = (await stage.Queue.Pause(stage.Model)).Value!;
        Assert.Equal(paused.Version, (await stage.Queue.Pause(Root)).Value!.Version);
        await _engine.CrashAsync();

        Assert.Equal(QueueRefusals.QueuePausedCode, CodeOf(await stage.Queue.Reserve("wave", "bo")));
        var late = await stage.EnterAsync(ticket: bought);
        Assert.Equal([late, waiting], await stage.OrderAsync());
        await stage.StartAsync(waiting);
        Assert.Null((await stage.CompleteAsync(waiting)).Refusal);
        var resumed = (await stage.Queue.Resume(stage.Model)).Value!;
        Assert.True(paused.Paused);
        Assert.False(resumed.Paused);
        Assert.Equal(resumed.Version, (await stage.Queue.Resume(Root)).Value!.Version);
        await stage.ReserveAsync();
    }

    [Fact, Trait("Spec", "PM-8")]
    public async Task The_queue_of_nobody_cannot_be_paused() =>
        Assert.Equal(
            IdentityRefusals.ModelNotFoundCode,
            CodeOf(await _engine.Grains.GetGrain<IQueueGrain>("q-nobody").Pause(Root))
        );

    [Fact, Trait("Spec", "PM-8")]
    public async Task The_wait_is_learned_from_each_items_own_deliveries()
    {
        var stage = new Stage(_engine, "q-wait");
        foreach (var (item, minutes) in new[] { ("wave", 2), ("song", 8) })
        {
            var id = await stage.EnterStartedAsync(item: item);
            await _engine.AdvanceAsync(TimeSpan.FromMinutes(minutes));
            await stage.CompleteAsync(id, $"complete-{item}");
        }
        await _engine.DeactivateAllAsync();

        var wave = await stage.EnterAsync(item: "wave");
        var song = await stage.EnterAsync(item: "song");
        var place = (await stage.Queue.Reserve("wave", "bo")).Value!;

        // The clock goes on while the test runs, so a minute may have been begun.
        Assert.InRange((await stage.Queue.Find(wave))!.WaitMinutes, 2, 3);
        Assert.InRange((await stage.Queue.Find(song))!.WaitMinutes, 10, 11);
        Assert.InRange(place.WaitMinutes, 12, 13);
        Assert.InRange(place.WaitMinutesAtMost, 12, 13);
    }

    [Fact, Trait("Spec", "SE-3")]
    public async Task A_purchase_that_arrives_twice_is_one_entry_also_after_a_crash()
    {
        var stage = new Stage(_engine, "q-twice");
        var purchase = new QueuedPurchase(
            PurchaseId.Of(1, 5),
            "ana",
            "wave",
            "Wave",
            Of(10),
            1,
            _engine.Time.GetUtcNow()
        );
        await stage.Queue.Enqueue(new Delivery("balance/ana", 1280), purchase);
        await stage.Queue.Enqueue(new Delivery("balance/ana", 1280), purchase);
        await _engine.CrashAsync();
        await stage.Queue.Enqueue(new Delivery("balance/ana", 1280), purchase);

        Assert.Equal(1, (await stage.Queue.View(null)).Length);
    }

    [Fact, Trait("Spec", "PM-6")]
    public async Task An_entry_started_again_is_the_same_entry()
    {
        var stage = new Stage(_engine, "q-again");
        var id = await stage.EnterAsync();

        var both = await Task.WhenAll(stage.StartAsync(id), stage.StartAsync(id));
        await _engine.CrashAsync();
        var later = await stage.StartAsync(id);

        Assert.All(both, one => Assert.Equal(later.Value!.StartedAt, one.Value!.StartedAt));
        Assert.Equal((EntryStatus.Started, 1), (later.Value!.Status, later.Value.Position));
    }

    [Fact, Trait("Spec", "CH-3")]
    public async Task Whoever_follows_hears_of_the_next_change()
    {
        var stage = new Stage(_engine, "q-follow");
        var before = await stage.Queue.Follow(-1);
        var following = stage.Queue.Follow(before);
        var id = await stage.EnterAsync();

        var after = await following;
        Assert.Equal(before + 1, after);
        await stage.StartAsync(id);
        Assert.Equal((await stage.Queue.View(null)).Version, await stage.Queue.Follow(after));
    }

    [Fact, Trait("Spec", "NO-1")]
    public async Task The_model_and_the_buyer_are_told_of_what_they_did_not_do_themselves()
    {
        var stage = new Stage(_engine, "q-told");
        var (whole, part) = (await stage.EnterStartedAsync("u-whole"), await stage.EnterStartedAsync("u-part"));
        var (rejected, cancelled) = (await stage.EnterAsync("u-rejected"), await stage.EnterAsync("u-cancelled"));
        await stage.CompleteAsync(whole, "c1");
        await stage.CompleteAsync(part, "c2", 50);
        await stage.RejectAsync(rejected, reason: "I have lost my voice");
        await stage.CancelAsync(cancelled, "u-cancelled");

        Assert.Equal(["queue_delivered", "queue_started"], await KindsAsync("u-whole", "queue_delivered"));
        var parts = await stage.EventuallyToldAsync("u-part", "queue_delivered");
        Assert.Contains("in part", parts.Notifications[0].Text, StringComparison.Ordinal);
        var reasons = await stage.EventuallyToldAsync("u-rejected", "queue_rejected");
        Assert.Contains("I have lost my voice", reasons.Notifications[0].Text, StringComparison.Ordinal);
        Assert.Equal(
            ["queue_cancelled", "queue_entry", "queue_entry", "queue_entry", "queue_entry"],
            await KindsAsync("q-told", "queue_cancelled")
        );

        async Task<IEnumerable<string>> KindsAsync(string person, string kind) =>
            (await stage.EventuallyToldAsync(person, kind)).Notifications.Select(static told => told.Kind);
    }
}
