using Actors.GrainInterfaces.Identity;
using Actors.GrainInterfaces.MoodMessages;
using Actors.Grains.MoodMessages;

namespace Actors.Grains.Tests.MoodMessages;

[Trait("Spec", "MM-4")]
public sealed class MoodMessageCountRulesTests
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly DateOnly Day = new(2026, 3, 1);

    [Fact]
    public void A_message_counts_once_on_the_day_it_was_sent_in_however_it_stands_later()
    {
        var days = After(
            New(Noon, MoodKind.Sad, Membership.Vip),
            Moved(Noon, MoodMessageStatus.Pending, MoodMessageStatus.Sent),
            Moved(Noon, MoodMessageStatus.Sent, MoodMessageStatus.Delivered),
            New(Noon.AddHours(11), MoodKind.Happy, Membership.Free),
            New(Noon.AddHours(12), MoodKind.Happy, null)
        );

        var sums = MoodMessageCountRules.Summarize(days, Day, Day);

        Assert.Equal(2, sums.Total);
        Assert.Equal((1, 1), (sums.Moods[MoodKind.Sad], sums.Moods[MoodKind.Happy]));
        Assert.Equal(
            (1, 1, 0),
            (sums.Tiers[Membership.Vip], sums.Tiers[Membership.Free], sums.Tiers[Membership.Basic])
        );
        Assert.Equal(
            (1, 0, 1),
            (
                sums.Statuses[MoodMessageStatus.Delivered],
                sums.Statuses[MoodMessageStatus.Sent],
                sums.Statuses[MoodMessageStatus.Pending]
            )
        );
        var next = MoodMessageCountRules.Summarize(days, Day.AddDays(1), Day.AddDays(1));
        Assert.Equal((1, 0), (next.Total, next.Tiers.Values.Sum()));
        Assert.Equal(3, MoodMessageCountRules.Summarize(days, Day, Day.AddDays(1)).Total);
    }

    [Fact]
    public void Days_that_are_too_old_are_forgotten_when_a_new_one_begins_also_when_an_old_message_moves_late()
    {
        var old = Noon.AddDays(-IMoodMessageAnalyticsGrain.KeptDays);
        var days = After(
            New(old, MoodKind.Sad, null),
            New(old.AddDays(1), MoodKind.Sad, null),
            New(Noon, MoodKind.Sad, null),
            Moved(old, MoodMessageStatus.Pending, MoodMessageStatus.Sent)
        );

        Assert.Equal([old.AddDays(1), Noon], days.Days.Keys.Select(static day => AtNoon(day)));
    }

    [Fact]
    public void Success_is_what_has_arrived_of_what_has_ended()
    {
        var days = After(
            New(Noon, MoodKind.Sad, null),
            Moved(Noon, MoodMessageStatus.Pending, MoodMessageStatus.Read),
            New(Noon, MoodKind.Sad, null),
            Moved(Noon, MoodMessageStatus.Pending, MoodMessageStatus.Delivered),
            New(Noon, MoodKind.Sad, null),
            Moved(Noon, MoodMessageStatus.Pending, MoodMessageStatus.Failed),
            New(Noon, MoodKind.Sad, null)
        );
        var shard = MoodMessageCountRules.Summarize(days, Day, Day);

        Assert.Equal(0.6667, MoodMessageCountRules.AddUp([shard, shard], Day, Day).DeliverySuccessRate);
        Assert.Equal(8, MoodMessageCountRules.AddUp([shard, shard], Day, Day).Sums.Total);
        var none = MoodMessageCountRules.Summarize(MoodMessageDays.Empty, Day, Day);
        Assert.Equal(0, MoodMessageCountRules.AddUp([none], Day, Day).DeliverySuccessRate);
    }

    [Fact]
    public void A_range_is_of_days_that_are_kept()
    {
        Assert.Equal((Day.AddDays(-29), Day), MoodMessageCountRules.Range(null, null, Day).Value);
        Assert.Equal((Day, Day), MoodMessageCountRules.Range(Day, null, Day).Value);
        Assert.Null(MoodMessageCountRules.Range(Day.AddDays(-365), Day, Day).Refusal);
        Assert.NotNull(MoodMessageCountRules.Range(Day.AddDays(-366), Day, Day).Refusal);
        Assert.NotNull(MoodMessageCountRules.Range(Day.AddDays(1), Day, Day).Refusal);
    }

    private static DateTimeOffset AtNoon(int day) =>
        new(DateOnly.FromDayNumber(day).ToDateTime(new TimeOnly(12, 0)), TimeSpan.Zero);

    private static MoodMessageDays After(params MoodMessageCount[] counts) =>
        counts.Aggregate(
            MoodMessageDays.Empty,
            static (days, count) => MoodMessageCountRules.Evolve(days, new MoodMessageCounted(count))
        );

    private static MoodMessageCount New(DateTimeOffset at, MoodKind mood, Membership? tier) =>
        new(at, MoodMessageType.PrivateCustom, mood, tier, null, MoodMessageStatus.Pending);

    private static MoodMessageCount Moved(DateTimeOffset at, MoodMessageStatus from, MoodMessageStatus to) =>
        new(at, MoodMessageType.PrivateCustom, MoodKind.Sad, null, from, to);
}
