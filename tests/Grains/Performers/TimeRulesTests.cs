using Actors.GrainInterfaces.Outcomes;
using Actors.GrainInterfaces.Performers;
using Actors.Grains.Performers;
using static Actors.Grains.Tests.Performers.Stagehand;

namespace Actors.Grains.Tests.Performers;

[Trait("Spec", "BO-2")]
public sealed class TimeRulesTests
{
    private static readonly DateTimeOffset Three = Noon.AddHours(3);

    [Theory]
    [InlineData(-75, true)]
    [InlineData(-60, false)]
    [InlineData(-30, false)]
    [InlineData(0, false)]
    [InlineData(30, false)]
    [InlineData(60, false)]
    [InlineData(75, true)]
    public void Calls_with_their_buffers_never_overlap(int minutesAway, bool isFree)
    {
        var performer = New(Open(before: 15, after: 30)).After(Hold("first", Three)).After(Confirm("first", Three));

        var second = TimeRules.Decide(performer, Hold("second", Three.AddMinutes(minutesAway)), 15, Noon);

        Assert.Equal(isFree ? null : "NOT_AVAILABLE", second.Refusal?.Code);
    }

    [Fact, Trait("Spec", "BO-4")]
    public void A_hold_lapses_exactly_at_its_end()
    {
        var performer = New().After(Hold("first", Three));
        var end = Noon.AddMinutes(10);
        var late = Hold("second", Three, until: end.AddMinutes(10));

        Assert.Equal(PerformerRefusals.NotAvailable, TimeRules.Decide(performer, late, 15, end.AddTicks(-1)).Refusal);
        Assert.Null(TimeRules.Decide(performer, late, 15, end).Refusal);
    }

    [Fact, Trait("Spec", "BO-4")]
    public void Repeated_for_the_same_time_a_hold_only_moves_its_end()
    {
        var performer = New().After(Hold("one", Three));
        var longer = Noon.AddMinutes(19);

        performer = performer.After(Hold("one", Three, until: longer), Noon.AddMinutes(9));

        Assert.Equal((1, longer), (performer.Taken.Count, performer.Taken.Find("one")!.Until));
        Assert.Null(TimeRules.Decide(performer, Hold("one", Three, until: longer), 15, Noon.AddMinutes(10)).Value);
    }

    [Fact]
    public void A_hold_of_the_same_booking_at_another_time_replaces_the_first()
    {
        var performer = New().After(Hold("one", Three)).After(Hold("one", Three.AddHours(1)));

        Assert.Equal(Three.AddHours(1), Assert.Single(performer.Taken.All).Start);
        performer.After(Hold("two", Three));
    }

    [Fact, Trait("Spec", "BO-4")]
    public void A_late_confirmation_gets_the_time_back_if_it_is_free_and_not_if_it_is_taken()
    {
        var lapsed = New().After(Hold("late", Three));
        var later = Noon.AddMinutes(30);
        var taken = lapsed.After(Hold("other", Three, until: later.AddMinutes(10)), Noon.AddMinutes(20));

        Assert.True(lapsed.After(Confirm("late", Three), later).Taken.Find("late")!.IsConfirmed);
        Assert.Equal(PerformerRefusals.NotAvailable, TimeRules.Decide(taken, Confirm("late", Three), later).Refusal);
        // The other hold lapses too, and then nothing stands in the way.
        Assert.True(taken.After(Confirm("late", Three), later.AddMinutes(10)).Taken.Find("late")!.IsConfirmed);
    }

    [Fact, Trait("Spec", "BO-4")]
    public void Nobody_gets_time_back_that_has_begun_or_from_one_who_is_paused()
    {
        var performer = New().After(Hold("late", Three));
        var paused = performer with { PausedAt = Noon };

        Assert.Equal(
            PerformerRefusals.NotAvailable,
            TimeRules.Decide(performer, Confirm("late", Three), Three).Refusal
        );
        Assert.Equal(
            PerformerRefusals.NotAvailable,
            TimeRules.Decide(paused, Confirm("late", Three), Noon.AddHours(1)).Refusal
        );
        // While it is held it is the booking's, whatever she does.
        Assert.Null(TimeRules.Decide(paused, Confirm("late", Three), Noon.AddMinutes(5)).Refusal);
    }

    [Fact]
    public void Confirming_again_changes_nothing()
    {
        var performer = New().After(Hold("one", Three)).After(Confirm("one", Three));

        Assert.Equal((Outcome<TimeTaken?>)(TimeTaken?)null, TimeRules.Decide(performer, Confirm("one", Three), Three));
    }

    [Fact]
    public void A_moved_call_has_the_new_time_and_the_old_one_is_free()
    {
        var performer = New().After(Hold("one", Three)).After(Confirm("one", Three));

        // Half an hour later overlaps nothing but itself.
        performer = performer.After(new MoveTime("one", Three.AddMinutes(15), 60));

        var time = Assert.Single(performer.Taken.All);
        Assert.Equal((Three.AddMinutes(15), 60, true), (time.Start, time.Minutes, time.IsConfirmed));
        Assert.Null(TimeRules.Decide(performer, new MoveTime("one", Three.AddMinutes(15), 60), 15, Noon).Value);
    }

    [Fact]
    public void A_call_that_cannot_be_moved_stays_where_it_is()
    {
        var performer = New()
            .After(Hold("one", Three))
            .After(Confirm("one", Three))
            .After(Hold("two", Three.AddHours(1)));

        var moved = TimeRules.Decide(performer, new MoveTime("one", Three.AddHours(1), 30), 15, Noon);

        Assert.Equal(PerformerRefusals.NotAvailable, moved.Refusal);
        Assert.Equal(
            PerformerRefusals.NotAvailable,
            TimeRules.Decide(performer, new MoveTime("two", Three.AddHours(4), 30), 15, Noon).Refusal
        );
    }

    [Fact]
    public void A_dearer_time_is_held_over_the_calls_own_and_taken_over_by_the_move()
    {
        var performer = New().After(Hold("one", Three)).After(Confirm("one", Three));
        var longer = Hold("one-r1", Three, 60, insteadOf: "one");

        Assert.Equal(
            PerformerRefusals.NotAvailable,
            TimeRules.Decide(performer, longer with { InsteadOf = null }, 15, Noon).Refusal
        );
        performer = performer.After(longer);
        // Others are kept from both while it is not decided.
        Assert.NotNull(TimeRules.Decide(performer, Hold("two", Three.AddMinutes(30)), 15, Noon).Refusal);
        performer = performer.After(new MoveTime("one", Three, 60, "one-r1"));

        var time = Assert.Single(performer.Taken.All);
        Assert.Equal(("one", 60, true), (time.BookingId, time.Minutes, time.IsConfirmed));
    }

    [Fact]
    public void A_time_that_was_held_is_moved_to_with_the_buffers_that_it_was_held_with()
    {
        var performer = New()
            .After(Hold("one", Three))
            .After(Confirm("one", Three))
            .After(Hold("one-r1", Three.AddHours(2), 60, insteadOf: "one"))
            .After(Hold("next", Three.AddHours(3)))
            .After(Confirm("next", Three.AddHours(3)));
        var wider = PerformerRules.Decide(performer, new SetPerformer(Admin, BufferAfter: 30), "Ana", Noon).Value!;

        var moved = PerformerRules.Evolve(performer, wider).After(new MoveTime("one", Three.AddHours(2), 60, "one-r1"));

        var (first, second) = (moved.Taken.Find("one")!, moved.Taken.Find("next")!);
        Assert.Equal((true, null), (first.IsConfirmed, first.InsteadOf));
        Assert.True(first.To <= second.From, $"{first} overlaps {second}");
    }

    [Fact]
    public void Only_what_is_offered_can_be_held()
    {
        var performer = New();

        Assert.Equal("NOT_AVAILABLE", Refusal(Hold("b", Three.AddMinutes(7))));
        Assert.Equal("NOT_AVAILABLE", Refusal(Hold("b", Noon.AddMinutes(45))));
        Assert.Null(Refusal(Hold("b", Noon.AddMinutes(60))));
        Assert.Equal("NOT_AVAILABLE", Refusal(Hold("b", Noon.AddDays(60))));
        Assert.Null(Refusal(Hold("b", Noon.AddDays(60).AddMinutes(-15))));
        Assert.Equal("NOT_AVAILABLE", Refusal(Hold("b", DateTimeOffset.MaxValue)));
        Assert.Equal("NOT_AVAILABLE", Refusal(Hold("b", DateTimeOffset.MinValue)));
        Assert.Equal("NOT_AVAILABLE", Refusal(Hold("b", Three, until: Noon)));
        Assert.Equal("INVALID_DURATION", Refusal(Hold("b", Three, 45)));
        Assert.Equal("INVALID_CALL_TYPE", Refusal(Hold("b", Three) with { Type = (CallType)7 }));

        string? Refusal(HoldTime command) => TimeRules.Decide(performer, command, 15, Noon).Refusal?.Code;
    }

    /// <summary>calcom/cal.com#29958: two pending confirmations of one time both win.</summary>
    [Fact]
    public void Cal_com_29958_of_two_late_confirmations_of_one_time_one_wins()
    {
        var performer = New().After(Hold("one", Three));
        performer = performer.After(Hold("two", Three, until: Noon.AddMinutes(30)), Noon.AddMinutes(15));
        var late = Noon.AddHours(1);

        performer = performer.After(Confirm("one", Three), late);

        Assert.Equal(PerformerRefusals.NotAvailable, TimeRules.Decide(performer, Confirm("two", Three), late).Refusal);
    }

    /// <summary>alextselegidis/easyappointments#1431: overlapping appointments of different lengths.</summary>
    [Fact]
    public void Easy_appointments_1431_a_short_call_does_not_fit_into_a_long_one()
    {
        var performer = New().After(Hold("long", Three, 60)).After(Confirm("long", Three, 60));

        foreach (var minutes in new[] { -15, 0, 15, 30, 45 })
        {
            Assert.NotNull(TimeRules.Decide(performer, Hold("short", Three.AddMinutes(minutes)), 15, Noon).Refusal);
        }
    }

    [Fact]
    public void Whatever_is_decided_in_whatever_order_no_two_that_count_overlap()
    {
        var random = new DeterministicNumbers(11);
        for (var round = 0; round < 40; round++)
        {
            var (performer, now) = (New(Open(before: random.Next(3) * 5, after: random.Next(3) * 5)), Noon);
            for (var step = 0; step < 120; step++)
            {
                now = now.AddMinutes(random.Next(8));
                var (id, start) = ($"b{random.Next(12)}", Three.AddHours(20).AddMinutes(15 * random.Next(16)));
                var minutes = random.Next(2) == 0 ? 30 : 60;
                PerformerEvent? @event = random.Next(6) switch
                {
                    0 or 1 => TimeRules.Decide(performer, Hold(id, start, minutes, now.AddMinutes(10)), 15, now).Value,
                    2 or 3 => TimeRules.Decide(performer, Confirm(id, start, minutes), now).Value,
                    4 => TimeRules.Decide(performer, new MoveTime(id, start, minutes), 15, now).Value,
                    _ => TimeRules.DecideFree(performer, id, now),
                };
                performer = @event is null ? performer : PerformerRules.Evolve(performer, @event);
                var counting = performer
                    .Taken.All.Where(time => time.HoldsAt(now))
                    .OrderBy(time => time.From)
                    .ToArray();
                foreach (var (one, next) in counting.Zip(counting.Skip(1)))
                {
                    Assert.True(one.To <= next.From, $"{one} overlaps {next}");
                }
            }
        }
    }

    /// <summary>The same numbers in every run.</summary>
    private sealed class DeterministicNumbers(uint seed)
    {
        private uint _state = seed;

        public int Next(int below)
        {
            _state = unchecked((_state * 1664525u) + 1013904223u);
            return (int)((_state >> 8) % (uint)below);
        }
    }
}
