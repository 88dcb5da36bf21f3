using System.Text.Json;
using Actors.GrainInterfaces.Durability;
using Actors.GrainInterfaces.MoodAnalytics;
using Actors.GrainInterfaces.Moods;
using Actors.GrainInterfaces.Templates;
using Actors.Grains.MoodAnalytics;

namespace Actors.Grains.Tests.MoodAnalytics;

[Trait("Spec", "MO-9")]
public sealed class MoodFeedRulesTests
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly DateOnly Today = new(2026, 3, 1);

    [Fact]
    public void Replies_are_counted_on_the_day_they_went_out_and_forgotten_with_it()
    {
        var noon = new DateTimeOffset(Today, new TimeOnly(12, 0), TimeSpan.Zero);
        var feed = MoodFeed.Empty;
        foreach (
            var reply in (AutomatedReply[])
                [
                    new("ana", noon, Answered: false),
                    new("ana", noon.AddDays(1), Answered: false),
                    new("ana", noon, Answered: true),
                    new("cleo", noon, Answered: false),
                ]
        )
        {
            feed = MoodFeedRules.Evolve(feed, new ReplyCounted(reply));
        }

        Assert.Equal((2, 1), Counted(Today, Today, null));
        Assert.Equal((1, 1), Counted(Today, Today, "ana"));
        Assert.Equal((2, 1), Counted(Today, Today.AddDays(1), "ana"));
        Assert.Equal((0, 0), Counted(Today, Today, "nobody"));
        Assert.Equal(0, MoodFeedRules.Summarize(feed, Today, Today, null).Neutral);
        feed = MoodFeedRules.Evolve(feed, new ReplyCounted(new AutomatedReply("ana", noon.AddDays(90), false)));
        Assert.Equal((0, 0), Counted(Today, Today, "ana"));

        (long, long) Counted(DateOnly from, DateOnly to, string? model)
        {
            var summary = MoodFeedRules.Summarize(feed, from, to, model);
            return (summary.RepliesSent, summary.RepliesAnswered);
        }
    }

    [Fact]
    public void The_summary_counts_models_by_their_newest_state()
    {
        var feed = Feed(
            Change("ana", MoodState.Positive, Noon),
            Change("bea", MoodState.Negative, Noon),
            Change("cleo", MoodState.Positive, Noon),
            Change("ana", MoodState.Neutral, Noon, MoodState.Positive)
        );

        var summary = Summarize(feed, Today, Today);

        Assert.Equal((1, 1, 1), (summary.Neutral, summary.Positive, summary.Negative));
    }

    [Fact]
    public void Changes_are_counted_by_utc_day_with_the_number_of_models()
    {
        var feed = Feed(
            Change("ana", MoodState.Positive, new DateTimeOffset(2026, 3, 1, 23, 30, 0, TimeSpan.FromHours(-5))),
            Change("ana", MoodState.Negative, Noon),
            Change("ana", MoodState.Positive, Noon),
            Change("bea", MoodState.Positive, Noon)
        );

        Assert.Equal(
            [new MoodDay(Today, 3, 2), new MoodDay(Today.AddDays(1), 1, 1)],
            Summarize(feed, Today, Today.AddDays(1)).Days
        );
        Assert.Equal([new MoodDay(Today, 3, 2)], Summarize(feed, Today, Today).Days);
        Assert.Equal([new MoodDay(Today, 1, 1)], MoodFeedRules.Summarize(feed, Today, Today, "bea").Days);
        Assert.Empty(MoodFeedRules.Summarize(feed, Today, Today, "nobody").Days);
    }

    [Fact]
    public void Only_a_change_by_the_model_makes_it_active()
    {
        var feed = Feed(
            Change("ana", MoodState.Negative, Noon) with
            {
                ByModel = false,
            },
            Change("bea", MoodState.Positive, Noon),
            Change("bea", MoodState.Neutral, Noon) with
            {
                ByModel = false,
            }
        );

        Assert.Equal(1, Summarize(feed, Today, Today).Active);
    }

    [Fact]
    public void Ninety_days_are_kept_and_a_late_change_counts_on_its_own_day()
    {
        var feed = MoodFeed.Empty;
        for (var day = 0; day < 200; day++)
        {
            feed = MoodFeedRules.Evolve(
                feed,
                MoodFeedRules.Decide(feed, Change("ana", MoodState.Positive, Noon.AddDays(day)))
            );
        }
        Assert.Equal(IMoodAnalyticsGrain.KeptDays, feed.Models["ana"].Days.Length);

        var late = MoodFeedRules.Evolve(
            feed,
            MoodFeedRules.Decide(feed, Change("ana", MoodState.Positive, Noon.AddDays(150)))
        );
        var tooLate = MoodFeedRules.Evolve(
            late,
            MoodFeedRules.Decide(late, Change("ana", MoodState.Positive, Noon.AddDays(5)))
        );

        var days = Summarize(tooLate, Today, Today.AddDays(300)).Days;
        Assert.Equal(IMoodAnalyticsGrain.KeptDays, days.Count);
        Assert.Equal(2, days.Single(static day => day.Day == Today.AddDays(150)).Changes);
        Assert.Equal(Today.AddDays(110), days[0].Day);
    }

    [Fact]
    public void A_change_goes_to_the_subscribers_of_its_time_and_a_new_message_under_the_same_mood_to_none()
    {
        var feed = MoodFeedRules.Evolve(MoodFeed.Empty, new MoodSubscribersSet(Noon, ["app", "crm"]));

        Assert.Equal(["app", "crm"], MoodFeedRules.Decide(feed, Change("ana", MoodState.Positive, Noon)).Subscribers);
        var same = Change("ana", MoodState.Positive, Noon, MoodState.Positive);
        Assert.Empty(MoodFeedRules.Decide(feed, same).Subscribers);
        Assert.Equal(
            1,
            Summarize(MoodFeedRules.Evolve(feed, MoodFeedRules.Decide(feed, same)), Today, Today).Days[0].Changes
        );
    }

    [Fact]
    public void What_apps_are_told_has_exactly_the_agreed_fields()
    {
        var message = MoodChangedMessage.Of(Change("ana", MoodState.Positive, Noon) with { Version = 17 });

        Assert.Equal(("mood-ana-17", "mood_changed"), (message.Id, message.EventType));
        Assert.Equal(
            """{"eventType":"mood_changed","modelId":"ana","previousState":"neutral","newState":"positive","timestamp":"2026-03-01T12:00:00Z"}""",
            message.Body
        );
    }

    [Fact]
    public void Events_and_snapshots_read_back_as_they_were()
    {
        var feed = Feed(Change("ana", MoodState.Positive, Noon), Change("bea", MoodState.Negative, Noon.AddDays(3)));
        var recorded = MoodFeedRules.Decide(
            feed with
            {
                Subscribers = ["app"],
            },
            Change("ana", MoodState.Negative, Noon)
        );

        var @event = JsonSerializer.Serialize<MoodFeedEvent>(recorded, MoodFeedJson.Default.MoodFeedEvent);
        var state = JsonSerializer.Serialize(feed, MoodFeedJson.Default.MoodFeed);

        Assert.StartsWith("""{"type":"mood-feed.change-recorded.v1",""", @event, StringComparison.Ordinal);
        var readEvent = (MoodChangeRecorded)JsonSerializer.Deserialize(@event, MoodFeedJson.Default.MoodFeedEvent)!;
        Assert.Equal((recorded.Change, "app"), (readEvent.Change, readEvent.Subscribers.Single()));
        var readState = JsonSerializer.Deserialize(state, MoodFeedJson.Default.MoodFeed)!;
        Assert.Equal(Summarize(feed, Today, Today.AddDays(9)).Days, Summarize(readState, Today, Today.AddDays(9)).Days);
    }

    [Fact]
    public void Adding_up_counts_silent_models_as_neutral_and_rates_are_shares()
    {
        var shards = new[]
        {
            new MoodFeedSummary(1, 2, 0, 3, [new MoodDay(Today, 4, 2)], 3, 1),
            new MoodFeedSummary(0, 0, 1, 1, [new MoodDay(Today, 2, 1), new MoodDay(Today.AddDays(1), 6, 1)], 5, 3),
        };

        var templates = new[]
        {
            Row(MoodState.Positive, TemplateType.AutoResponse, new UsageCounts(6, 3, 1)),
            Row(MoodState.Positive, TemplateType.AutoResponse, new UsageCounts(2, 0, 0)),
            Row(MoodState.Negative, TemplateType.Greeting, new UsageCounts(9, 9, 0)),
            Row(MoodState.Negative, TemplateType.Farewell, null),
        };

        var report = MoodAnalyticsRules.AddUp(shards, registered: 8, templates, Today, Today.AddDays(2));

        Assert.Equal(new MoodDistribution(5, 2, 1), report.Distribution);
        Assert.Equal([new MoodDay(Today, 6, 3), new MoodDay(Today.AddDays(1), 6, 1)], report.ChangesPerDay);
        Assert.Equal(1.0, report.AverageChangesPerModelPerDay);
        Assert.Equal(new MoodAdoption(8, 4, 0.5), report.Adoption);
        Assert.Equal(new AutoResponseEngagement(8, 3, 0.375, 8, 4, 0.5), report.AutoResponse);
        Assert.Equal(
            [
                new TemplateUseCount(TemplateType.Greeting, MoodState.Negative, 9),
                new TemplateUseCount(TemplateType.Farewell, MoodState.Negative, 0),
                new TemplateUseCount(TemplateType.AutoResponse, MoodState.Positive, 8),
            ],
            report.TemplateUse
        );
        Assert.Equal(0, MoodAnalyticsRules.AddUp([], 0, [], Today, Today).Adoption.Rate);
    }

    [Fact]
    public void A_range_is_thirty_days_unless_given_and_at_most_ninety()
    {
        Assert.Equal((Today.AddDays(-29), Today), MoodAnalyticsRules.Range(null, null, Today).Value);
        Assert.Equal((Today.AddDays(-89), Today), MoodAnalyticsRules.Range(Today.AddDays(-89), null, Today).Value);
        Assert.Equal(
            MoodAnalyticsRefusals.InvalidDateRange,
            MoodAnalyticsRules.Range(Today.AddDays(-90), null, Today).Refusal
        );
        Assert.Equal(
            MoodAnalyticsRefusals.InvalidDateRange,
            MoodAnalyticsRules.Range(Today, Today.AddDays(-1), Today).Refusal
        );
        Assert.Null(MoodAnalyticsRules.Range(null, DateOnly.MinValue, Today).Refusal);
    }

    [Fact]
    public void Shards_are_the_same_for_ever_and_evenly_filled()
    {
        Assert.Equal(["05", "03", "12"], new[] { "ana", "bea", "model-1" }.Select(Shards.Of));
        var sizes = Enumerable.Range(0, 16_000).CountBy(static id => Shards.Of($"model-{id}")).ToList();
        Assert.Equal(Shards.Count, sizes.Count);
        Assert.All(sizes, static size => Assert.InRange(size.Value, 800, 1_200));
    }

    private static TemplateReportRow Row(MoodState mood, TemplateType type, UsageCounts? counts) =>
        new(
            new TemplateView(
                "id",
                1,
                new TemplateDraft(mood, type, null, "Hi", 0, true, [], []),
                [],
                Noon,
                "root",
                Noon,
                "root"
            ),
            counts is null ? null : new TemplateUsage(counts, [])
        );

    private static MoodFeed Feed(params MoodChange[] changes) =>
        changes.Aggregate(
            MoodFeed.Empty,
            static (feed, change) => MoodFeedRules.Evolve(feed, MoodFeedRules.Decide(feed, change))
        );

    private static MoodFeedSummary Summarize(MoodFeed feed, DateOnly from, DateOnly to) =>
        MoodFeedRules.Summarize(feed, from, to, null);

    private static MoodChange Change(
        string model,
        MoodState state,
        DateTimeOffset at,
        MoodState previous = MoodState.Neutral
    ) => new(model, 1, previous, state, at, ByModel: true);
}
