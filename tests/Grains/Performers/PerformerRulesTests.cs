using Actors.GrainInterfaces.Ledger;
using Actors.GrainInterfaces.Performers;
using Actors.Grains.Performers;
using static Actors.Grains.Tests.Performers.Stagehand;

namespace Actors.Grains.Tests.Performers;

[Trait("Spec", "BO-1")]
public sealed class PerformerRulesTests
{
    public static TheoryData<SetPerformer, string> Invalid =>
        new()
        {
            { Open() with { DisplayName = " " }, "INVALID_PROFILE" },
            { Open() with { TimeZone = "Mars/Olympus" }, "INVALID_TIME_ZONE" },
            { Open() with { Weekly = [new DayHours(8, [])], DisplayName = "A" }, "" },
            { Open() with { Weekly = [new DayHours(8, [new LocalHours(0, 60)])] }, "INVALID_HOURS" },
            { Open() with { Weekly = [new DayHours(1, [new LocalHours(600, 540)])] }, "INVALID_HOURS" },
            { Open() with { Weekly = [new DayHours(1, [new LocalHours(0, 1441)])] }, "INVALID_HOURS" },
            { Open() with { Weekly = [new DayHours(1, [new LocalHours(-1, 60)])] }, "INVALID_HOURS" },
            { Open() with { Weekly = [new DayHours(1, [new(0, 60), new(30, 90)])] }, "INVALID_HOURS" },
            { Open() with { CallTypes = [] }, "INVALID_CALL_TYPE" },
            { Open() with { CallTypes = [(CallType)9] }, "INVALID_CALL_TYPE" },
            { Open() with { Durations = [] }, "INVALID_DURATION" },
            { Open() with { Durations = [30, 30] }, "INVALID_DURATION" },
            { Open() with { Durations = [4] }, "INVALID_DURATION" },
            { Open() with { Durations = [481] }, "INVALID_DURATION" },
            { Open() with { Durations = [30, 60], MaxDuration = 45 }, "INVALID_DURATION" },
            { Open() with { BasePrice = null }, "INVALID_PRICE" },
            { Open() with { BasePrice = new Money("TOKENS", 0) }, "INVALID_PRICE" },
            { Open() with { BasePrice = new Money("usd", 5) }, "INVALID_PRICE" },
            { Open() with { BasePrice = new Money("TOKENS", Money.MaxAmount) }, "INVALID_PRICE" },
            { Open() with { BasePrice = new Money("TOKENS", long.MaxValue) }, "INVALID_PRICE" },
            { Open() with { Prices = [new DurationPrice(45, 10)] }, "INVALID_PRICE" },
            { Open() with { Prices = [new(30, 10), new(30, 11)] }, "INVALID_PRICE" },
            { Open() with { BufferBefore = -1 }, "INVALID_BUFFER" },
            { Open() with { BufferAfter = 241 }, "INVALID_BUFFER" },
            { Open() with { Status = (PerformerStatus)5 }, "INVALID_PERFORMER_STATUS" },
            { Open() with { NoticeMinutes = -1 }, "INVALID_NOTICE" },
            { Open() with { HorizonDays = 0 }, "INVALID_HORIZON" },
            { Open() with { HorizonDays = 367 }, "INVALID_HORIZON" },
            { Open() with { Policy = new CancellationPolicy(24, 50, 60) }, "INVALID_CANCELLATION_POLICY" },
            { Open() with { Policy = new CancellationPolicy(-1, 50, 0) }, "INVALID_CANCELLATION_POLICY" },
        };

    [Theory, MemberData(nameof(Invalid))]
    public void Each_wrong_setting_has_its_code(SetPerformer command, string code)
    {
        var decision = PerformerRules.Decide(Performer.Nobody, command, "Ana", Noon);

        Assert.Equal(code, decision.Refusal?.Code ?? "");
    }

    [Fact]
    public void A_longer_call_costs_in_proportion_and_is_rounded_up_unless_it_has_its_own_price()
    {
        var settings = New(Open() with { Durations = [30, 45, 60], BasePrice = new Money("USD", 101) }).Settings!;

        Assert.Equal([101, 152, 202], settings.Durations.Select(minutes => settings.PriceOf(minutes).Amount));
        var priced = New(Open() with { Durations = [30, 60], Prices = [new DurationPrice(60, 150)] }).Settings!;
        Assert.Equal([100, 150], priced.Durations.Select(minutes => priced.PriceOf(minutes).Amount));
    }

    [Fact]
    public void What_is_not_given_stays_and_saying_the_same_again_is_no_event()
    {
        var performer = New(Open(before: 5));

        Assert.Null(PerformerRules.Decide(performer, Open(before: 5), "", Noon).Value);
        var set = (PerformerSet)
            PerformerRules.Decide(performer, new SetPerformer(Admin, BufferAfter: 7), "", Noon).Value!;
        Assert.Equal((5, 7, "Ana"), (set.Settings.BufferBefore, set.Settings.BufferAfter, set.Settings.DisplayName));
    }

    [Theory]
    [InlineData(20, new[] { 20 })]
    [InlineData(45, new[] { 30 })]
    [InlineData(90, new[] { 30, 60 })]
    public void Without_durations_those_are_offered_that_the_longest_allows(int longest, int[] offered)
    {
        var settings = New(new SetPerformer(Admin, MaxDuration: longest, BasePrice: new Money("TOKENS", 1))).Settings!;

        Assert.Equal(offered, settings.Durations);
        Assert.Equal(longest, settings.MaxDuration);
    }

    [Fact, Trait("Spec", "BO-8")]
    public void The_third_no_show_within_thirty_days_pauses_until_an_admin_reopens_and_then_counts_anew()
    {
        var performer = New();
        performer = End(performer, "a", CallEndKind.PerformerNoShow, Noon);
        performer = End(performer, "b", CallEndKind.PerformerNoShow, Noon.AddDays(20));
        // The first is thirty days ago by now.
        performer = End(performer, "c", CallEndKind.PerformerNoShow, Noon.AddDays(30));
        Assert.True(performer.IsOpen);
        performer = End(performer, "d", CallEndKind.PerformerNoShow, Noon.AddDays(31));
        Assert.False(performer.IsOpen);

        Assert.Equal((Noon.AddDays(31), 4L), (performer.PausedAt, performer.NoShows));
        performer = PerformerRules.Evolve(
            performer,
            PerformerRules.DecideReopen(performer, Admin, Noon.AddDays(32)).Value!
        );
        Assert.True(performer.IsOpen);
        Assert.True(End(performer, "e", CallEndKind.PerformerNoShow, Noon.AddDays(33)).IsOpen);
    }

    [Fact, Trait("Spec", "BO-13")]
    public void A_corrected_end_and_a_changed_rating_count_once()
    {
        var performer = End(New(), "a", CallEndKind.PerformerNoShow, Noon);
        performer = PerformerRules.Evolve(
            performer,
            PerformerRules.DecideEnd(
                performer,
                new CallEnd("a", CallEndKind.Completed, Noon, CallEndKind.PerformerNoShow),
                3,
                Noon
            )
        );
        performer = PerformerRules.Evolve(performer, new CallRated(Noon, new CallRating("a", 2, null)));
        performer = PerformerRules.Evolve(performer, new CallRated(Noon, new CallRating("b", 4, null)));
        performer = PerformerRules.Evolve(performer, new CallRated(Noon, new CallRating("a", 5, 2)));

        Assert.Equal((1L, 0L), (performer.Completed, performer.NoShows));
        Assert.Empty(performer.Missed);
        Assert.Equal((2L, 9L), (performer.Ratings, performer.RatingSum));
    }

    [Fact]
    public void One_whom_nobody_booked_can_be_made_again_and_one_who_was_booked_cannot()
    {
        var unused = PerformerRules.Evolve(New(), PerformerRules.DecideRemoval(New(), Admin, Noon).Value!);
        var held = New().After(Hold("b", Noon.AddHours(5)));
        var used = PerformerRules.Evolve(held, PerformerRules.DecideRemoval(held, Admin, Noon).Value!);

        Assert.Equal(Performer.Nobody, unused);
        Assert.Equal(PerformerStatus.Inactive, used.Settings!.Status);
        Assert.Equal(
            PerformerRefusals.PerformerRemoved,
            PerformerRules.Decide(used, new SetPerformer(Admin, Status: PerformerStatus.Active), "", Noon).Refusal
        );
    }

    private static Performer End(Performer performer, string booking, CallEndKind kind, DateTimeOffset at) =>
        PerformerRules.Evolve(performer, PerformerRules.DecideEnd(performer, new CallEnd(booking, kind, at), 3, at));
}
