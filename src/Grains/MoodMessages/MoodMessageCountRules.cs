using System.Collections.Immutable;
using Actors.GrainInterfaces.Identity;
using Actors.GrainInterfaces.MoodMessages;
using Actors.GrainInterfaces.Outcomes;

namespace Actors.Grains.MoodMessages;

/// <summary>How mood messages are counted and summed up. Pure: knows no grain, no clock, no storage.</summary>
public static class MoodMessageCountRules
{
    private const int UsualDays = 30;

    public static MoodMessageDays Evolve(MoodMessageDays days, MoodMessageCountsEvent @event) =>
        @event switch
        {
            MoodMessageCounted counted => Forget(Count(days, counted.Count)),
            _ => throw new InvalidOperationException($"Unknown event {@event.GetType().Name}."),
        };

    public static MoodMessageSums Summarize(MoodMessageDays shard, DateOnly from, DateOnly to)
    {
        MoodMessageDay[] days =
        [
            .. shard
                .Days.Where(day => day.Key >= from.DayNumber && day.Key <= to.DayNumber)
                .Select(static day => day.Value),
        ];
        var kinds = Sums<MoodMessageType>(days, static day => day.Kinds);
        return new MoodMessageSums(
            kinds.Values.Sum(),
            kinds,
            Sums<MoodKind>(days, static day => day.Moods),
            Sums<Membership>(days, static day => day.Tiers),
            Sums<MoodMessageStatus>(days, static day => day.Statuses)
        );
    }

    public static Outcome<(DateOnly From, DateOnly To)> Range(DateOnly? from, DateOnly? to, DateOnly today)
    {
        var last = to ?? today;
        var first = from ?? DateOnly.FromDayNumber(Math.Max(0, last.DayNumber - UsualDays + 1));
        var days = last.DayNumber - first.DayNumber + 1;
        return days is >= 1 and <= IMoodMessageAnalyticsGrain.KeptDays
            ? (first, last)
            : MoodMessageRefusals.InvalidDateRange;
    }

    public static MoodMessageReport AddUp(IReadOnlyList<MoodMessageSums> shards, DateOnly from, DateOnly to)
    {
        var sums = new MoodMessageSums(
            shards.Sum(static shard => shard.Total),
            Sums(shards, static shard => shard.Types),
            Sums(shards, static shard => shard.Moods),
            Sums(shards, static shard => shard.Tiers),
            Sums(shards, static shard => shard.Statuses)
        );
        var arrived = Of(sums, MoodMessageStatus.Delivered) + Of(sums, MoodMessageStatus.Read);
        var ended = arrived + Of(sums, MoodMessageStatus.Failed);
        return new MoodMessageReport(from, to, sums, ended == 0 ? 0 : Math.Round((double)arrived / ended, 4));
    }

    private static long Of(MoodMessageSums sums, MoodMessageStatus status) => sums.Statuses.GetValueOrDefault(status);

    private static MoodMessageDays Count(MoodMessageDays days, MoodMessageCount count)
    {
        var number = DateOnly.FromDateTime(count.CreatedAt.UtcDateTime).DayNumber;
        var day = days.Days.GetValueOrDefault(number, MoodMessageDay.Empty);
        var statuses = Plus(day.Statuses, (int)count.To, 1);
        day = count.From is { } from
            ? day with
            {
                Statuses = Plus(statuses, (int)from, -1),
            }
            : new MoodMessageDay(
                Plus(day.Kinds, (int)count.Type, 1),
                Plus(day.Moods, (int)count.Mood, 1),
                count.Tier is { } tier ? Plus(day.Tiers, (int)tier, 1) : day.Tiers,
                statuses
            );
        return new MoodMessageDays(days.Days.SetItem(number, day));
    }

    private static MoodMessageDays Forget(MoodMessageDays days)
    {
        var oldest = days.Days.Keys.Last() - IMoodMessageAnalyticsGrain.KeptDays + 1;
        while (days.Days.Keys.First() is var first && first < oldest)
        {
            days = new MoodMessageDays(days.Days.Remove(first));
        }
        return days;
    }

    private static ImmutableArray<long> Plus(ImmutableArray<long> counts, int place, long by)
    {
        while (counts.Length <= place)
        {
            counts = counts.Add(0);
        }
        return counts.SetItem(place, counts[place] + by);
    }

    private static Dictionary<T, long> Sums<T>(MoodMessageDay[] days, Func<MoodMessageDay, ImmutableArray<long>> of)
        where T : struct, Enum =>
        Enum.GetValues<T>()
            .ToDictionary(
                static value => value,
                value =>
                {
                    var place = Convert.ToInt32(value, System.Globalization.CultureInfo.InvariantCulture);
                    return days.Sum(day => of(day) is var counts && place < counts.Length ? counts[place] : 0);
                }
            );

    private static Dictionary<T, long> Sums<T>(
        IReadOnlyList<MoodMessageSums> shards,
        Func<MoodMessageSums, IReadOnlyDictionary<T, long>> of
    )
        where T : struct, Enum =>
        Enum.GetValues<T>()
            .ToDictionary(static value => value, value => shards.Sum(shard => of(shard).GetValueOrDefault(value)));
}
