using System.Text.Json;
using Actors.GrainInterfaces.Identity;
using Actors.GrainInterfaces.Ledger;
using Actors.GrainInterfaces.Outcomes;
using Actors.GrainInterfaces.Queues;
using Actors.Grains.Queues;
using static Actors.Grains.Tests.Queues.Entries;

namespace Actors.Grains.Tests.Queues;

public sealed class QueueRulesTests
{
    [Fact, Trait("Spec", "PM-8")]
    public void Entries_are_served_by_ticket_whatever_order_they_came_in() =>
        Assert.Equal([1, 2, 3, 4], Order(Given(Queued(3), Queued(1), Queued(4), Queued(2))));

    [Fact, Trait("Spec", "PM-8")]
    public void What_has_been_started_comes_first_in_the_order_of_its_start()
    {
        var queue = Given(Queued(1), Queued(2), Queued(3), Queued(4)).Started(3).Started(2, Now.AddSeconds(1));

        Assert.Equal([3, 2, 1, 4], Order(queue));
    }

    [Fact, Trait("Spec", "PM-6")]
    public void Starting_again_decides_nothing()
    {
        var queue = Given(Queued(1)).Started(1);

        var again = Start(queue, 1, Now.AddMinutes(1));

        Assert.Null(again.Refusal);
        Assert.Null(again.Value);
        Assert.Equal(Now, queue.Find(Id(1))!.StartedAt);
    }

    [Theory, Trait("Spec", "PM-6")]
    [InlineData(1_000, 100, 1_000)]
    [InlineData(1_000, 25, 250)]
    [InlineData(10, 33, 3)]
    [InlineData(1, 1, 1)]
    [InlineData(99, 1, 1)]
    [InlineData(1_000_000_000_000, 99, 990_000_000_000)]
    public void A_part_that_was_delivered_is_rounded_down_but_never_nothing_and_the_rest_goes_back(
        long tokens,
        int percent,
        long captured
    )
    {
        var queue = Given(Queued(1, tokens: tokens)).Started(1);

        var finished = QueueRules.Finished(QueueRules.Decide(queue, Complete(1, percent), Now.AddMinutes(2)).Value!);

        Assert.Equal((captured, tokens - captured), (finished.Captured.Count, finished.Refunded.Count));
        Assert.Equal(
            (SettlementKind.Delivered, percent, Now, Now.AddMinutes(2)),
            (finished.Kind, finished.DeliverPercent, finished.StartedAt, finished.At)
        );
    }

    [Theory, Trait("Spec", "PM-6")]
    [InlineData(0)]
    [InlineData(101)]
    [InlineData(-1)]
    public void A_part_outside_of_one_to_a_hundred_percent_is_refused(int percent) =>
        Assert.Equal(
            QueueRefusals.InvalidDeliverPercentCode,
            EndOfEntry.From(new CompleteEntry(Model, Id(1), percent, Key("k"))).Refusal?.Code
        );

    [Fact, Trait("Spec", "PM-6")]
    public void Turned_down_taken_back_or_out_of_time_everything_goes_back()
    {
        var queue = Given(Queued(1));
        EntryEnded[] ends =
        [
            QueueRules.Decide(queue, Reject(1, "Ill"), Now).Value!,
            QueueRules.Decide(queue.Started(1), Reject(1), Now).Value!,
            QueueRules.Decide(queue, Cancel(1), Now).Value!,
            (EntryEnded)Assert.Single(QueueRules.DecideTimeouts(queue, Now.AddDays(7))),
            (EntryEnded)Assert.Single(QueueRules.DecideTimeouts(queue.Started(1), Now.AddDays(7))),
        ];

        Assert.All(ends, static end => Assert.Equal((0, 100), AmountsOf(end)));
        Assert.Equal("Ill", ends[0].Reason);
    }

    [Fact, Trait("Spec", "PM-6")]
    public void Only_what_was_started_can_be_completed() =>
        Assert.Equal(QueueRefusals.EntryNotStartedCode, Refused(Given(Queued(1)), Complete(1)));

    [Fact, Trait("Spec", "PM-6")]
    public void Only_what_waits_can_be_taken_back_and_only_by_its_buyer()
    {
        var queue = Given(Queued(1));

        Assert.Equal(QueueRefusals.EntryStartedCode, Refused(queue.Started(1), Cancel(1)));
        var stranger = Cancel(1, new Actor(ActorRole.User, "bo"));
        Assert.Equal(QueueRefusals.EntryNotFoundCode, Refused(queue, stranger));
        Assert.Equal(QueueRefusals.EntryNotFoundCode, Refused(queue.Started(1), stranger));
    }

    [Fact, Trait("Spec", "PM-6")]
    public void An_entry_whose_time_is_over_is_finished_before_that_is_written_down()
    {
        var queue = Given(Queued(1)).Started(1);
        var late = Now.AddDays(7);

        Assert.Equal(QueueRefusals.EntryFinishedCode, QueueRules.Decide(queue, Complete(1), late).Refusal?.Code);
        Assert.Equal(QueueRefusals.EntryFinishedCode, Start(queue, 1, late).Refusal?.Code);
        Assert.Empty(QueueRules.At(queue, late).Entries);
        Assert.Empty(QueueRules.DecideTimeouts(queue, late.AddTicks(-1)));
    }

    [Fact, Trait("Spec", "PM-6")]
    public void Time_runs_from_the_purchase_whenever_it_arrives()
    {
        var queue = Given(
            Queued(1, at: Now),
            QueueRules.Decide(
                new QueuedPurchase(Id(2), "ana", "wave", "A wave", Tokens.Of(1), 2, Now.AddDays(-3)),
                Now,
                Options
            )
        );

        Assert.Equal(Now.AddDays(4), queue.NextTimeout);
        Assert.Equal(Now.AddDays(7), queue.Find(Id(1))!.ExpiresAt);
    }

    [Fact, Trait("Spec", "PM-8")]
    public void One_buyer_fills_no_queue_with_what_waits_and_what_is_reserved()
    {
        var queue = Given(Queued(1), Queued(2));
        var three = Options with { MaxPerBuyer = 3 };
        var reserved = new Reservation(9, "wave", "ana", Now);

        Assert.Null(Refused(queue, three));
        Assert.Equal(QueueRefusals.BuyerLimitCode, Refused(queue, three, reserved)?.Code);
        Assert.Null(QueueRules.RefusePlace(queue, "bo", [reserved], three, Now));
    }

    [Fact, Trait("Spec", "PM-8")]
    public void Who_has_cancelled_too_often_waits_until_the_oldest_of_it_is_ten_minutes_old()
    {
        var queue = PerformanceQueue.Empty;
        for (var number = 1; number <= 3; number++)
        {
            queue = queue.After(Queued(number));
            var cancel = EndOfEntry.From(
                new CancelEntry(new Actor(ActorRole.User, "ana"), Id(number), IdempotencyKey.Parse($"c{number}"))
            );
            queue = queue.After(QueueRules.Decide(queue, cancel, Now.AddMinutes(number)).Value);
        }
        var three = Options with { CancelsPerBuyer = 3 };

        var refused = QueueRules.RefusePlace(queue, "ana", [], three, Now.AddMinutes(10));
        Assert.Equal((QueueRefusals.CoolDownCode, Now.AddMinutes(11)), (refused?.Code, refused?.ResetTime));
        Assert.Null(QueueRules.RefusePlace(queue, "bo", [], three, Now.AddMinutes(10)));
        Assert.Null(QueueRules.RefusePlace(queue, "ana", [], three, Now.AddMinutes(11)));
        Assert.Null(QueueRules.RefusePlace(queue, "ana", [], three with { CancelsPerBuyer = 4 }, Now.AddMinutes(10)));
    }

    [Fact, Trait("Spec", "PM-8")]
    public void A_place_is_refused_while_the_queue_is_paused_or_full_with_what_is_reserved()
    {
        var queue = Given(Queued(1), Queued(2));
        var three = Options with { MaxLength = 3 };

        Assert.Null(Refused(queue, three));
        Assert.Equal(QueueRefusals.QueueFullCode, Refused(queue, three, new Reservation(9, "wave", "bo", Now))?.Code);
        var paused = queue.After(QueueRules.DecidePaused(queue, true, Model, Now));
        Assert.Equal(QueueRefusals.QueuePausedCode, Refused(paused, three)?.Code);
        Assert.Null(QueueRules.DecidePaused(paused, true, Model, Now));
        var resumed = paused.After(QueueRules.DecidePaused(paused, false, Model, Now));
        Assert.Null(Refused(resumed, three));
    }

    [Fact, Trait("Spec", "PM-7")]
    public void The_keys_of_a_month_are_remembered_and_older_ones_forgotten()
    {
        var end = Reject(1);
        var queue = Given(Queued(1)).Ended(end);

        var atTheEnd = Busy(queue, Now + IdempotencyKey.KeptFor);
        var later = Busy(queue, Now + (3 * IdempotencyKey.KeptFor));

        Assert.True(atTheEnd.Keys.TryGet(end.Fingerprint, out var version));
        Assert.True(atTheEnd.HasFinished(Id(1), out _));
        Assert.Equal(2, version);
        Assert.False(later.Keys.TryGet(end.Fingerprint, out _));
        Assert.False(later.HasFinished(Id(1), out _));
    }

    [Fact, Trait("Spec", "PM-7")]
    public void A_command_with_the_same_key_is_the_same_only_with_the_same_content()
    {
        var ended = QueueRules.Decide(Given(Queued(1), Queued(2)).Started(1), Complete(1, 50, "k"), Now).Value!;

        Assert.True(Complete(1, 50, "k").HasContentOf(ended));
        Assert.All(
            [Complete(1, 51, "k"), Complete(2, 50, "k"), Reject(1, null, "k"), Reject(1, "Sorry", "k")],
            other =>
            {
                Assert.True(other.HasKeyOf(ended));
                Assert.False(other.HasContentOf(ended));
            }
        );
        Assert.False(Complete(1, 50, "other").HasKeyOf(ended));
        Assert.False((Complete(1, 50, "k") with { Actor = new Actor(ActorRole.Admin, "mia") }).HasKeyOf(ended));
        Assert.False((Complete(1, 50, "k") with { Actor = new Actor(ActorRole.Model, "eva") }).HasKeyOf(ended));
    }

    [Fact, Trait("Spec", "PM-6")]
    public void A_reason_is_kept_as_inert_text_of_at_most_five_hundred_characters()
    {
        Assert.Equal("I'm <i>ill</i>", Reject(1, " I'm <i>ill</i> ").Reason);
        Assert.Null(Reject(1, "  ").Reason);
        var longest = new string('x', LedgerRefusals.MaxReasonLength);
        Assert.Equal(longest, Reject(1, longest).Reason);
        var refused = EndOfEntry.From(new RejectEntry(Model, Id(1), longest + "x", Key("k")));
        Assert.Equal(LedgerRefusals.InvalidReasonCode, refused.Refusal?.Code);
    }

    [Fact, Trait("Spec", "SE-3")]
    public void A_snapshot_reads_back_as_the_same_queue()
    {
        var queue = Given(Queued(1), Queued(2), Queued(3)).Delivered(9, TimeSpan.FromMinutes(4)).Started(2);

        var json = JsonSerializer.Serialize(queue, QueueJson.Default.PerformanceQueue);
        var read = JsonSerializer.Deserialize(json, QueueJson.Default.PerformanceQueue)!;

        Assert.Equal(queue.Entries, read.Entries);
        Assert.Equal((queue.Version, queue.LastTicket, queue.Paused), (read.Version, read.LastTicket, read.Paused));
        Assert.Equal(queue.Learned.Of("wave"), read.Learned.Of("wave"));
        Assert.True(read.HasFinished(Id(9), out var version));
        Assert.Equal(6, version);
        Assert.True(read.Keys.TryGet(Complete(9).Fingerprint, out _));
        var learned = read.Learned.With("wave", TimeSpan.FromMinutes(2), 99).Of("wave")!.Value;
        Assert.Equal((TimeSpan.FromMinutes(3), TimeSpan.FromMinutes(4)), (learned.Median, learned.AtMost));
    }

    /// <summary>Enough goes on that whole pages of what is remembered grow old.</summary>
    /// <summary>Something ends every hour.</summary>
    private static PerformanceQueue Busy(PerformanceQueue queue, DateTimeOffset until)
    {
        var number = 1_000;
        for (var at = Now.AddHours(1); at <= until; at = at.AddHours(1))
        {
            number++;
            queue = queue.After(Queued(number, at: at)).Ended(Reject(number), at);
        }
        return queue;
    }

    private static IEnumerable<long> Order(PerformanceQueue queue) =>
        queue.Entries.Select(static entry => entry.PurchaseId.Version);

    private static string? Refused(PerformanceQueue queue, EndOfEntry end) =>
        QueueRules.Decide(queue, end, Now).Refusal?.Code;

    private static (long Captured, long Refunded) AmountsOf(EntryEnded ended)
    {
        var finished = QueueRules.Finished(ended);
        return (finished.Captured.Count, finished.Refunded.Count);
    }

    private static Refusal? Refused(PerformanceQueue queue, QueueOptions options, params Reservation[] reserved) =>
        QueueRules.RefusePlace(queue, "ana", reserved, options, Now);
}
