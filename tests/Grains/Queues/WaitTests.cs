using Actors.GrainInterfaces.Queues;
using Actors.Grains.Queues;
using static Actors.Grains.Tests.Queues.Entries;

namespace Actors.Grains.Tests.Queues;

[Trait("Spec", "PM-8")]
public sealed class WaitTests
{
    [Fact]
    public void Before_anything_is_learned_the_settings_say_how_long_an_item_takes()
    {
        var queue = Given(Queued(1), Queued(2), Queued(3), Queued(4));

        // Spreads of 15 minutes each: 15 × √n on top of the medians.
        Assert.Equal([(1, 15, 30), (2, 30, 52), (3, 45, 71), (4, 60, 90)], Waits(queue));
    }

    [Fact]
    public void Each_item_has_its_own_durations()
    {
        var queue = Given()
            .Delivered(101, TimeSpan.FromMinutes(4), "wave")
            .Delivered(102, TimeSpan.FromMinutes(40), "song")
            .After(Queued(1, item: "wave"))
            .After(Queued(2, item: "song"))
            .After(Queued(3, item: "dance"));

        Assert.Equal([(1, 4, 4), (2, 44, 44), (3, 59, 74)], Waits(queue));
    }

    [Fact]
    public void The_median_is_between_the_middle_two_and_nine_tenths_are_not_above_the_percentile()
    {
        var durations = ItemDurations.Of(TimeSpan.FromMinutes(10), 1);
        for (var minutes = 9; minutes >= 1; minutes--)
        {
            durations = durations.With(TimeSpan.FromMinutes(minutes), 1);
        }

        Assert.Equal(new ExpectedDuration(TimeSpan.FromMinutes(5.5), TimeSpan.FromMinutes(9)), durations.Expected);
        Assert.Equal(
            new ExpectedDuration(TimeSpan.FromMinutes(10), TimeSpan.FromMinutes(10)),
            ItemDurations.Of(TimeSpan.FromMinutes(10), 1).Expected
        );
    }

    [Fact]
    public void Only_the_newest_fifty_durations_of_an_item_count()
    {
        var durations = ItemDurations.Of(TimeSpan.FromHours(9), 1);
        for (var count = 1; count < ItemDurations.Kept; count++)
        {
            durations = durations.With(TimeSpan.FromHours(9), 1);
        }
        for (var count = 0; count < ItemDurations.Kept; count++)
        {
            durations = durations.With(TimeSpan.FromMinutes(3), 1);
        }

        Assert.Equal(ItemDurations.Kept, durations.Newest.Length);
        Assert.Equal(new ExpectedDuration(TimeSpan.FromMinutes(3), TimeSpan.FromMinutes(3)), durations.Expected);
    }

    [Fact]
    public void Of_more_than_two_hundred_items_the_one_delivered_longest_ago_is_forgotten()
    {
        var learned = LearnedDurations.None;
        for (var item = 0; item < LearnedDurations.Kept; item++)
        {
            learned = learned.With($"item-{item}", TimeSpan.FromMinutes(1), item);
        }
        learned = learned.With("item-0", TimeSpan.FromMinutes(1), 1_000).With("new", TimeSpan.FromMinutes(1), 1_001);

        Assert.Equal(LearnedDurations.Kept, learned.Items.Count);
        Assert.NotNull(learned.Of("item-0"));
        Assert.Null(learned.Of("item-1"));
        Assert.NotNull(learned.Of("new"));
    }

    [Fact]
    public void Of_a_started_entry_only_what_is_left_counts_and_never_less_than_nothing()
    {
        var queue = Given(Queued(1), Queued(2)).Started(1);

        // 6 minutes in: 9 and 24 are left. At 20: 0 and 10. After an hour it may end at any moment.
        Assert.Equal([(1, 9, 24), (2, 24, 46)], Waits(queue, Now.AddMinutes(6)));
        Assert.Equal([(1, 0, 10), (2, 15, 34)], Waits(queue, Now.AddMinutes(20)));
        Assert.Equal([(1, 0, 0), (2, 15, 30)], Waits(queue, Now.AddHours(1)));
        // A clock that was set back makes nothing longer than it is.
        Assert.Equal([(1, 15, 30), (2, 30, 52)], Waits(queue, Now.AddHours(-1)));
    }

    [Fact]
    public void A_part_or_a_refusal_teaches_nothing()
    {
        var queue = Given(Queued(1), Queued(2), Queued(3)).Started(1).Started(2);

        var later = queue.Ended(Complete(1, 99), Now.AddMinutes(1)).Ended(Reject(2), Now.AddMinutes(1));

        Assert.Null(later.Learned.Of("wave"));
        Assert.Equal([(1, 15, 30)], Waits(later));
    }

    [Fact]
    public void Positions_count_what_is_not_finished_also_for_those_who_see_only_their_own()
    {
        var queue = Given(Queued(1, user: "bo"), Queued(2), Queued(3, user: "bo"), Queued(4)).Ended(Reject(1));

        var view = QueueViews.Of("mia", queue, "ana", Now, Options);

        Assert.Equal((3, 5), (view.Length, view.Version));
        Assert.Equal([(2L, 1), (4L, 3)], view.Entries.Select(static one => (one.PurchaseId.Version, one.Position)));
        Assert.Equal(2, QueueViews.Entry(queue, Id(3), Now, Options)!.Position);
        Assert.Null(QueueViews.Entry(queue, Id(1), Now, Options));
    }

    [Fact]
    public void An_entry_whose_time_is_over_is_neither_seen_nor_counted()
    {
        var queue = Given(Queued(1, at: Now.AddDays(-7)), Queued(2));

        var view = QueueViews.Of("mia", queue, null, Now, Options);

        Assert.Equal(1, view.Length);
        Assert.Equal((Id(2), 1), (Assert.Single(view.Entries).PurchaseId, view.Entries[0].Position));
    }

    [Fact]
    public void A_place_is_after_everything_that_is_there_or_reserved()
    {
        var queue = Given(Queued(1)).Delivered(101, TimeSpan.FromMinutes(4), "wave");
        Reservation[] reserved = [new(10, "wave", "ana", Now), new(11, "song", "bo", Now)];

        var place = QueueViews.Place(queue, reserved, new Reservation(12, "wave", "ana", Now), Now, Options);

        Assert.Equal(new QueuePlace(12, 4, 4 + 4 + 15 + 4, 4 + 4 + 30 + 4), place);
    }

    [Fact]
    public void A_tickets_order_is_that_of_the_reservations_and_a_place_lapses_after_a_minute()
    {
        var reservations = new Reservations();
        var first = Reserve(Now);
        var second = Reserve(Now);
        var backward = Reserve(Now.AddHours(-1));

        Assert.True(first.Ticket < second.Ticket && second.Ticket < backward.Ticket);
        Assert.True(
            reservations.Next("wave", "ana", lastTicketUsed: long.MaxValue - 5, Now).Ticket > long.MaxValue - 5
        );
        Assert.Equal(Now.UtcTicks, first.Ticket);
        reservations.Remove(second.Ticket);
        reservations.Remove(second.Ticket);
        Assert.Equal([first, backward], reservations.Outstanding(Now.AddSeconds(59)));
        Assert.Empty(reservations.Outstanding(Now.AddSeconds(60)));

        Reservation Reserve(DateTimeOffset at)
        {
            var next = reservations.Next("wave", "ana", 0, at);
            reservations.Add(next);
            return next;
        }
    }

    private static IEnumerable<(int, int, int)> Waits(PerformanceQueue queue, DateTimeOffset? now = null) =>
        QueueViews
            .Of("mia", queue, null, now ?? Now, Options)
            .Entries.Select(static entry => (entry.Position, entry.WaitMinutes, entry.WaitMinutesAtMost));
}
