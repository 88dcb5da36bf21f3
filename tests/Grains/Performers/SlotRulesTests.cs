using Actors.GrainInterfaces.Performers;
using Actors.Grains.Performers;
using static Actors.Grains.Tests.Performers.Calendars;

namespace Actors.Grains.Tests.Performers;

[Trait("Spec", "BO-2")]
public sealed class SlotRulesTests
{
    [Fact]
    public void A_time_that_the_clock_skips_in_spring_is_not_offered()
    {
        var madrid = Every("Europe/Madrid", "01:00-04:00");

        Assert.Equal(
            ["2026-03-29 01:00", "2026-03-29 01:30", "2026-03-29 03:00", "2026-03-29 03:30"],
            Local(madrid, "2026-03-28T22:00", "2026-03-29T22:00")
        );
    }

    [Fact]
    public void A_call_may_run_over_the_hour_that_the_clock_skips()
    {
        var madrid = Every("Europe/Madrid", "01:00-04:00");

        // At 01:30 an hour ends at 03:30 by the clock; two hours of real time are all there are.
        Assert.Equal(
            ["2026-03-29 01:00", "2026-03-29 01:30", "2026-03-29 03:00"],
            Local(madrid, "2026-03-28T22:00", "2026-03-29T22:00", minutes: 60)
        );
    }

    [Fact]
    public void A_time_that_comes_twice_in_autumn_is_offered_once_and_means_the_first()
    {
        var madrid = Every("Europe/Madrid", "01:30-03:30");

        var free = Free(madrid, "2026-10-24T22:00", "2026-10-25T22:00");

        Assert.Equal(
            ["2026-10-24T23:30Z", "2026-10-25T00:00Z", "2026-10-25T00:30Z", "2026-10-25T02:00Z"],
            free.Select(static start => $"{start:yyyy-MM-dd'T'HH:mm'Z'}")
        );
        Assert.Equal(
            ["2026-10-25 01:30", "2026-10-25 02:00", "2026-10-25 02:30", "2026-10-25 03:00"],
            free.Select(start => Local(madrid.Zone, start))
        );
    }

    [Fact]
    public void Hours_that_end_within_the_hour_that_comes_twice_have_a_gap_in_it()
    {
        var madrid = Every("Europe/Madrid", "01:00-02:30");

        // 02:00 to 02:30 is open twice, and from the first 02:30 to the second 02:00 she is closed.
        Assert.Equal(
            ["2026-10-25 01:00", "2026-10-25 01:30"],
            Local(madrid, "2026-10-24T22:00", "2026-10-25T22:00", minutes: 60)
        );
    }

    [Fact]
    public void Half_hour_shifts_are_right_in_both_directions()
    {
        var lordHowe = Every("Australia/Lord_Howe", "01:00-03:00");

        Assert.Equal(
            ["2026-10-04 01:00", "2026-10-04 01:30", "2026-10-04 02:30"],
            Local(lordHowe, "2026-10-03T13:00", "2026-10-04T12:00")
        );
        Assert.Equal(
            ["2026-04-05 01:00", "2026-04-05 01:30", "2026-04-05 02:00", "2026-04-05 02:30"],
            Local(lordHowe, "2026-04-04T13:00", "2026-04-05T12:00")
        );
    }

    [Fact]
    public void A_day_that_a_zone_leaves_out_at_the_date_line_has_no_times()
    {
        var apia = Every("Pacific/Apia", "22:00-24:00", "00:00-01:00");

        Assert.Equal(
            ["2011-12-29 22:00", "2011-12-29 23:00", "2011-12-31 00:00", "2011-12-31 22:00", "2011-12-31 23:00"],
            Local(apia, "2011-12-30T00:00", "2011-12-31T10:00", minutes: 60, grid: 60)
        );
    }

    [Fact]
    public void A_call_runs_over_midnight_where_the_next_day_opens_at_once()
    {
        var madrid = Every("Europe/Madrid", "23:00-24:00", "00:00-00:30");

        Assert.Equal(
            ["2026-06-01 23:00", "2026-06-01 23:30"],
            Local(madrid, "2026-05-31T22:00", "2026-06-01T22:00", minutes: 60)
        );
    }

    [Fact]
    public void A_day_whose_midnight_does_not_exist_begins_when_the_clock_says_so()
    {
        var havana = Every("America/Havana", "00:00-02:00");

        Assert.Equal(["2026-03-08 01:00", "2026-03-08 01:30"], Local(havana, "2026-03-08T04:00", "2026-03-08T20:00"));
    }

    [Fact]
    public void An_exception_replaces_the_hours_of_its_weekday_and_may_close_the_day()
    {
        var calendar = new CallCalendar(
            "UTC",
            EveryDay("09:00-10:00"),
            [
                new CalendarException(new DateOnly(2026, 6, 2), []),
                new CalendarException(new DateOnly(2026, 6, 3), Hours("20:00-21:00")),
            ]
        );

        Assert.Equal(
            ["2026-06-01 09:00", "2026-06-03 20:00", "2026-06-04 09:00"],
            Local(calendar, "2026-06-01T00:00", "2026-06-05T00:00", minutes: 60)
        );
    }

    [Fact]
    public void The_end_of_what_was_asked_for_bounds_the_start_and_not_the_call()
    {
        var calendar = Every("UTC", "09:00-12:00");

        Assert.Equal(
            ["2026-06-01 10:00", "2026-06-01 10:30"],
            Local(calendar, "2026-06-01T10:00", "2026-06-01T11:00", minutes: 60)
        );
    }

    [Fact]
    public void Buffers_keep_others_away_on_both_sides_and_may_lie_outside_of_her_hours()
    {
        var calendar = Every("UTC", "09:00-12:00");
        var busy = new Stretch(Utc("2026-06-01T10:00"), Utc("2026-06-01T10:30"));

        var starts = SlotRules.Starts(
            calendar,
            new SlotShape(30, Before: 15, After: 15, GridMinutes: 15),
            Utc("2026-06-01T00:00"),
            Utc("2026-06-02T00:00"),
            [busy]
        );

        Assert.Equal(
            ["09:00", "09:15", "10:45", "11:00", "11:15", "11:30"],
            starts.Select(static start => $"{start:HH:mm}")
        );
    }

    /// <summary>calcom/cal.com#10517 and #6217: availability an hour off after the clocks change.</summary>
    [Fact]
    public void Cal_com_10517_hours_stay_by_her_clock_on_the_days_after_a_change()
    {
        var newYork = Every("America/New_York", "09:00-10:00");

        Assert.Equal(
            ["2026-03-07T14:00Z", "2026-03-08T13:00Z", "2026-03-09T13:00Z"],
            Free(newYork, "2026-03-07T00:00", "2026-03-10T00:00", minutes: 60)
                .Select(static start => $"{start:yyyy-MM-dd'T'HH:mm'Z'}")
        );
    }

    /// <summary>calcom/cal.com#12137: no times at all on the day of the change.</summary>
    [Fact]
    public void Cal_com_12137_the_day_of_the_change_has_as_many_starts_as_it_has_hours()
    {
        var newYork = Every("America/New_York", "00:00-24:00");

        Assert.Equal(23, Free(newYork, "2026-03-08T05:00", "2026-03-09T04:00", minutes: 60, grid: 60).Count);
        Assert.Equal(24, Free(newYork, "2026-11-01T04:00", "2026-11-02T05:00", minutes: 60, grid: 60).Count);
    }
}
