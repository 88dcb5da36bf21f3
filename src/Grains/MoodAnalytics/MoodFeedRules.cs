using System.Collections.Immutable;
using Actors.GrainInterfaces.MoodAnalytics;
using Actors.GrainInterfaces.Moods;

namespace Actors.Grains.MoodAnalytics;

/// <summary>How changes are counted. Pure: knows no grain, no clock, no storage.</summary>
public static class MoodFeedRules
{
    /// <summary>A new message under the same mood is a change to count, but no news for others.</summary>
    public static MoodChangeRecorded Decide(MoodFeed feed, MoodChange change) =>
        new(change, change.PreviousState == change.State ? [] : feed.Subscribers);

    public static MoodFeed Evolve(MoodFeed feed, MoodFeedEvent @event) =>
        @event switch
        {
            MoodChangeRecorded recorded => Count(feed, recorded.Change),
            ReplyCounted counted => Count(feed, counted.Reply),
            MoodSubscribersSet set => feed with { Subscribers = set.Subscribers },
            _ => throw new InvalidOperationException($"Unknown event {@event.GetType().Name}."),
        };

    public static MoodFeedSummary Summarize(MoodFeed feed, DateOnly from, DateOnly to, string? modelId)
    {
        var states = feed.Models.Values.CountBy(static model => model.State).ToDictionary();
        var counted = modelId is null ? feed.Models.Values : ModelOrNone(feed, modelId);
        var (sent, answered) = Replies(feed, from, to, modelId);
        return new MoodFeedSummary(
            states.GetValueOrDefault(MoodState.Neutral),
            states.GetValueOrDefault(MoodState.Positive),
            states.GetValueOrDefault(MoodState.Negative),
            feed.Models.Values.Count(static model => model.Active),
            PerDay(counted, from, to),
            sent,
            answered
        );
    }

    private static (long Sent, long Answered) Replies(MoodFeed feed, DateOnly from, DateOnly to, string? modelId)
    {
        var (sent, answered) = (0L, 0L);
        foreach (var (model, days) in feed.Replies ?? ImmutableDictionary<string, ImmutableArray<ReplyCount>>.Empty)
        {
            foreach (var day in days.Where(day => (modelId ?? model) == model && IsWithin(day.Day, from, to)))
            {
                (sent, answered) = (sent + day.Sent, answered + day.Answered);
            }
        }
        return (sent, answered);
    }

    private static bool IsWithin(int day, DateOnly from, DateOnly to) => day >= from.DayNumber && day <= to.DayNumber;

    private static IEnumerable<ModelMoods> ModelOrNone(MoodFeed feed, string modelId) =>
        feed.Models.TryGetValue(modelId, out var model) ? [model] : [];

    private static ImmutableArray<MoodDay> PerDay(IEnumerable<ModelMoods> models, DateOnly from, DateOnly to)
    {
        var days = new SortedDictionary<int, (long Changes, int Models)>();
        foreach (var day in models.SelectMany(static model => model.Days))
        {
            if (IsWithin(day.Day, from, to))
            {
                var (changes, count) = days.GetValueOrDefault(day.Day);
                days[day.Day] = (changes + day.Changes, count + 1);
            }
        }
        return
        [
            .. days.Select(static day => new MoodDay(
                DateOnly.FromDayNumber(day.Key),
                day.Value.Changes,
                day.Value.Models
            )),
        ];
    }

    private static MoodFeed Count(MoodFeed feed, MoodChange change)
    {
        var model = feed.Models.GetValueOrDefault(change.ModelId, ModelMoods.None);
        var counted = new ModelMoods(
            change.State,
            model.Active || change.ByModel,
            Count(model.Days, DateOnly.FromDateTime(change.At.UtcDateTime).DayNumber)
        );
        return feed with { Models = feed.Models.SetItem(change.ModelId, counted) };
    }

    private static MoodFeed Count(MoodFeed feed, AutomatedReply reply)
    {
        var all = feed.Replies ?? ImmutableDictionary<string, ImmutableArray<ReplyCount>>.Empty;
        var day = DateOnly.FromDateTime(reply.SentAt.UtcDateTime).DayNumber;
        var days = all.GetValueOrDefault(reply.ModelId, []);
        var counted = days.FirstOrDefault(one => one.Day == day, new ReplyCount(day, 0, 0));
        counted = reply.Answered
            ? counted with
            {
                Answered = counted.Answered + 1,
            }
            : counted with
            {
                Sent = counted.Sent + 1,
            };
        ImmutableArray<ReplyCount> next =
        [
            .. days.Where(one => one.Day != day).Append(counted).OrderBy(static one => one.Day),
        ];
        var oldest = next[^1].Day - IMoodAnalyticsGrain.KeptDays + 1;
        return feed with { Replies = all.SetItem(reply.ModelId, [.. next.Where(one => one.Day >= oldest)]) };
    }

    /// <summary>Counts one change on a day, also on a past one, and forgets the days that are too old by then.</summary>
    private static ImmutableArray<DayCount> Count(ImmutableArray<DayCount> days, int day)
    {
        var index = days.Length;
        while (index > 0 && days[index - 1].Day >= day)
        {
            index--;
        }
        days =
            index < days.Length && days[index].Day == day
                ? days.SetItem(index, days[index] with { Changes = days[index].Changes + 1 })
                : days.Insert(index, new DayCount(day, 1));
        var oldest = days[^1].Day - IMoodAnalyticsGrain.KeptDays + 1;
        var gone = 0;
        while (days[gone].Day < oldest)
        {
            gone++;
        }
        return gone == 0 ? days : days.RemoveRange(0, gone);
    }
}
