using Actors.GrainInterfaces.Performers;
using Actors.Grains.Bookings;
using static Actors.Grains.Tests.Bookings.Calls;

namespace Actors.Grains.Tests.Bookings;

public sealed class TimelineRulesTests
{
    /// <summary>Otherwise a grain would look again and again without doing anything.</summary>
    [Fact, Trait("Spec", "BO-7")]
    public void Whatever_is_due_has_something_to_be_decided_and_nothing_is_decided_before()
    {
        Booking[] bookings =
        [
            .. Stages.Values,
            Confirmed with
            {
                Reminder = null,
            },
            Confirmed with
            {
                Reminder = null,
                Stays = Stays(Joined(User, Start.AddMinutes(-5))),
            },
            Confirmed with
            {
                Reminder = null,
                Stays = Stays(Joined(User, Start.AddMinutes(-5)), Left(User, Start.AddMinutes(-1))),
            },
            Confirmed with
            {
                Move = Pending(until: Now.AddMinutes(10)),
            },
            Live with
            {
                IsWarned = true,
            },
            Completed with
            {
                Rating = new Rating(5, null, Closes),
            },
        ];
        foreach (var booking in bookings.Where(static one => one.Due is not null))
        {
            var due = booking.Due!.Value;
            Assert.Null(TimelineRules.DecideDue(booking, due.AddTicks(-1)));
            foreach (var moment in (DateTimeOffset[])[due, due.AddMinutes(3), due.AddDays(1), due.AddDays(99)])
            {
                var next = booking;
                for (var steps = 0; next.Due <= moment; steps++)
                {
                    Assert.InRange(steps, 0, 10);
                    next = BookingFold.Evolve(
                        next,
                        Assert.IsType<BookingEvent>(TimelineRules.DecideDue(next, moment), false)
                    );
                }
            }
        }
    }

    [Fact, Trait("Spec", "BO-4")]
    public void A_hold_ends_to_the_tick_and_what_was_begun_to_be_paid_is_waited_for_no_longer()
    {
        Assert.Null(TimelineRules.DecideDue(Unpaid, (Now + Hold).AddTicks(-1)));
        var expired = Assert.IsType<BookingExpired>(TimelineRules.DecideDue(Unpaid, Now + Hold));

        Assert.Equal(Payment.Id, expired.OpenPayment);
        Assert.Null(((ExpiredBooking)BookingFold.Evolve(Unpaid, expired)).Money?.Open);
    }

    [Fact, Trait("Spec", "BO-4")]
    public void A_request_that_nobody_waits_for_any_more_comes_to_nothing() =>
        Assert.Equal(
            "NOT_AVAILABLE",
            Assert.IsType<BookingRefused>(TimelineRules.DecideDue(Requested, Now.AddMinutes(1))).Code
        );

    [Fact, Trait("Spec", "BO-7")]
    public void Reminders_are_sent_a_day_an_hour_and_a_quarter_before_each_once()
    {
        Booking booking = Confirmed;
        List<(int, bool, DateTimeOffset)> sent = [];
        while (booking.Due is { } due && TimelineRules.DecideDue(booking, due) is ReminderDue reminder)
        {
            sent.Add((reminder.Minutes, reminder.IsSent, reminder.At));
            booking = BookingFold.Evolve(booking, reminder);
        }
        Assert.Equal(
            [(1440, true, Start.AddHours(-24)), (60, true, Start.AddHours(-1)), (15, true, Start.AddMinutes(-15))],
            sent
        );
    }

    [Theory, Trait("Spec", "BO-7")]
    [InlineData(-1441, 1440)]
    [InlineData(-1440, 60)]
    [InlineData(-60, 15)]
    [InlineData(-15, null)]
    [InlineData(5, null)]
    public void No_reminder_is_sent_for_a_time_that_has_passed(int minutes, int? first) =>
        Assert.Equal(first, TimelineRules.FirstReminder(Start, Start.AddMinutes(minutes)));

    [Fact, Trait("Spec", "BO-7")]
    public void A_reminder_whose_moment_went_by_while_nothing_ran_is_left_out()
    {
        var hour = Confirmed with { Reminder = 60 };

        var late = Assert.IsType<ReminderDue>(TimelineRules.DecideDue(hour, Start.AddMinutes(-50)));
        var tooLate = Assert.IsType<ReminderDue>(TimelineRules.DecideDue(hour, Start.AddMinutes(-49)));
        var quarter = Assert.IsType<ReminderDue>(
            TimelineRules.DecideDue(BookingFold.Evolve(hour, tooLate), Start.AddMinutes(-14))
        );
        var begun = TimelineRules.DecideDue(Confirmed with { Reminder = 15 }, Start);

        Assert.Equal((true, false, true), (late.IsSent, tooLate.IsSent, quarter.IsSent));
        Assert.False(Assert.IsType<ReminderDue>(begun).IsSent);
    }

    [Theory, Trait("Spec", "BO-7")]
    [InlineData("cancelled")]
    [InlineData("expired")]
    [InlineData("completed")]
    [InlineData("no-show")]
    [InlineData("archived")]
    [InlineData("unpaid")]
    public void Nobody_is_reminded_of_a_call_that_will_not_be(string stage)
    {
        foreach (var minutes in (int[])[-1440, -60, -15, 0])
        {
            Assert.IsNotType<ReminderDue>(TimelineRules.DecideDue(Stages[stage], Start.AddMinutes(minutes)));
        }
    }

    [Fact, Trait("Spec", "BO-7")]
    public void A_call_is_live_once_its_time_has_come_and_one_of_the_two_is_there()
    {
        var waiting = Confirmed with { Reminder = null, Stays = Stays(Joined(User, Start.AddMinutes(-5))) };

        Assert.Null(TimelineRules.DecideDue(waiting, Start.AddTicks(-1)));
        Assert.IsType<CallBegan>(TimelineRules.DecideDue(waiting, Start));
        Assert.Null(TimelineRules.DecideDue(Confirmed with { Reminder = null }, Start));
    }

    [Fact, Trait("Spec", "BO-7")]
    public void Both_are_warned_at_the_end_and_the_call_ends_after_the_grace()
    {
        var live = Live with { Stays = Stays(Joined(User, Start), Joined(Performer, Start)) };

        var warned = Assert.IsType<CallTimeOver>(TimelineRules.DecideDue(live, End));
        var after = BookingFold.Evolve(live, warned);
        Assert.Null(TimelineRules.DecideDue(after, Closes.AddTicks(-1)));
        var ended = Assert.IsType<CallEnded>(TimelineRules.DecideDue(after, Closes));
        Assert.Equal((CallEndKind.Completed, 0), (ended.Verdict.Kind, ended.Verdict.RefundPercent));
        Assert.Equal(live.Stays.AsEnumerable(), ended.Verdict.Evidence);
    }

    [Fact, Trait("Spec", "BO-7")]
    public void What_has_ended_is_archived_after_thirty_days()
    {
        Assert.Null(TimelineRules.DecideDue(Completed, Closes.AddDays(30).AddTicks(-1)));
        var archived = Assert.IsType<BookingArchived>(TimelineRules.DecideDue(Completed, Closes.AddDays(30)));
        Assert.Null(BookingFold.Evolve(Completed, archived).Due);
    }

    [Fact, Trait("Spec", "BO-8")]
    public void Another_time_that_nobody_pays_lapses_and_the_old_one_stays()
    {
        var moving = Confirmed with { Move = Pending(until: Now.AddMinutes(10)) };

        var lapsed = Assert.IsType<MoveEnded>(TimelineRules.DecideDue(moving, Now.AddMinutes(10)));
        Assert.Equal("r1", lapsed.OpenHold);
        var after = (ConfirmedBooking)BookingFold.Evolve(moving, lapsed);
        Assert.Equal((null, Start, Confirmed.Reminder), (after.Move, after.Terms.Start, after.Reminder));
    }

    internal static PendingMove Pending(DateTimeOffset? until) =>
        new(1, Start.AddDays(1), 60, Price with { Amount = 200 }, Price with { Amount = 100 }, Now, until);
}
