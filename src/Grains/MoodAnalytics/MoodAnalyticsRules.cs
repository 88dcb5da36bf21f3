using System.Collections.Immutable;
using Actors.GrainInterfaces.MoodAnalytics;
using Actors.GrainInterfaces.Outcomes;
using Actors.GrainInterfaces.Templates;

namespace Actors.Grains.MoodAnalytics;

/// <summary>How the sums of the shards make the report.</summary>
public static class MoodAnalyticsRules
{
    private const int UsualDays = 30;

    public static Outcome<(DateOnly From, DateOnly To)> Range(DateOnly? from, DateOnly? to, DateOnly today)
    {
        var last = to ?? today;
        var first = from ?? DateOnly.FromDayNumber(Math.Max(0, last.DayNumber - UsualDays + 1));
        var days = last.DayNumber - first.DayNumber + 1;
        return days is >= 1 and <= IMoodAnalyticsGrain.KeptDays
            ? (first, last)
            : MoodAnalyticsRefusals.InvalidDateRange;
    }

    public static MoodAnalyticsReport AddUp(
        IReadOnlyList<MoodFeedSummary> shards,
        int registered,
        IReadOnlyList<TemplateReportRow> templates,
        DateOnly from,
        DateOnly to
    )
    {
        var (positive, negative) = (shards.Sum(static s => s.Positive), shards.Sum(static s => s.Negative));
        var tracked = shards.Sum(static s => s.Neutral) + positive + negative;
        var active = shards.Sum(static s => s.Active);
        // The directory and the feeds hear of a new model at different times; neither sum may lag behind the other.
        var known = Math.Max(registered, tracked);
        var days = PerDay(shards);
        var changes = days.Sum(static day => day.Changes);
        return new MoodAnalyticsReport(
            new MoodDistribution(known - positive - negative, positive, negative),
            days,
            Ratio(changes, (double)active * (to.DayNumber - from.DayNumber + 1)),
            new MoodAdoption(known, active, Ratio(active, known)),
            AutoResponse(
                templates,
                shards.Sum(static shard => shard.RepliesSent),
                shards.Sum(static shard => shard.RepliesAnswered)
            ),
            TemplateUse(templates)
        );
    }

    private static AutoResponseEngagement AutoResponse(
        IEnumerable<TemplateReportRow> templates,
        long sent,
        long answered
    )
    {
        var counts = templates
            .Where(static row => row.Template.Draft.TemplateType == TemplateType.AutoResponse)
            .Aggregate(UsageCounts.None, static (sum, row) => sum.Plus(Counts(row)));
        return new AutoResponseEngagement(
            counts.Uses,
            counts.Successes,
            Ratio(counts.Successes, counts.Uses),
            sent,
            answered,
            Ratio(answered, sent)
        );
    }

    private static ImmutableArray<TemplateUseCount> TemplateUse(IEnumerable<TemplateReportRow> templates) =>
        [
            .. templates
                .GroupBy(static row => (row.Template.Draft.TemplateType, row.Template.Draft.MoodState))
                .OrderBy(static group => group.Key)
                .Select(static group => new TemplateUseCount(
                    group.Key.TemplateType,
                    group.Key.MoodState,
                    group.Sum(static row => Counts(row).Uses)
                )),
        ];

    /// <summary>Counts that could not be reached are left out rather than failing the whole report.</summary>
    private static UsageCounts Counts(TemplateReportRow row) => row.Usage?.Total ?? UsageCounts.None;

    private static ImmutableArray<MoodDay> PerDay(IReadOnlyList<MoodFeedSummary> shards) =>
        [
            .. shards
                .SelectMany(static shard => shard.Days)
                .GroupBy(static day => day.Day)
                .OrderBy(static group => group.Key)
                .Select(static group => new MoodDay(
                    group.Key,
                    group.Sum(static day => day.Changes),
                    group.Sum(static day => day.Models)
                )),
        ];

    private static double Ratio(double part, double whole) => whole == 0 ? 0 : Math.Round(part / whole, 4);
}
