using System.Diagnostics;
using System.Text.Json;
using Actors.GrainInterfaces.Activity;
using Actors.GrainInterfaces.Identity;
using Actors.GrainInterfaces.Outcomes;
using Actors.Grains.Activity;

namespace Actors.Grains.Tests.Activity;

[Trait("Spec", "AC-1")]
public sealed class ActivityRulesTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 25, 12, 0, 0, TimeSpan.Zero);
    private static readonly Actor Bo = new(ActorRole.User, "bo", "203.0.113.9", "app/1");

    public static TheoryData<ActivityEntry, string> Refused =>
        new()
        {
            { Feed with { Category = (ActivityCategory)6 }, ActivityRefusals.InvalidCategoryCode },
            { Feed with { Action = "" }, ActivityRefusals.InvalidActionCode },
            { Feed with { Action = " " }, ActivityRefusals.InvalidActionCode },
            { Feed with { Action = "two\nlines" }, ActivityRefusals.InvalidActionCode },
            { Feed with { Action = new string('x', 65) }, ActivityRefusals.InvalidActionCode },
            { Feed with { PetId = "a pet" }, CommonRefusals.InvalidPetIdCode },
            { Feed with { Details = "[]" }, ActivityRefusals.InvalidDetailsCode },
            { Feed with { Metadata = "7" }, CommonRefusals.InvalidMetadataCode },
        };

    private static ActivityEntry Feed => new(ActivityCategory.Pet, "feed");

    [Theory]
    [MemberData(nameof(Refused), DisableDiscoveryEnumeration = true)]
    public void What_is_no_activity_is_refused_by_the_code_of_its_member(ActivityEntry entry, string code) =>
        Assert.Equal(code, ActivityRules.Decide(new LogActivity(Bo, entry), Noon).Refusal?.Code);

    [Fact, Trait("Spec", "AC-2")]
    public void A_person_signs_in_once_on_each_utc_day()
    {
        var book = ActivityBook.Empty;
        List<int> written = [];
        for (var hour = 0; hour < 40; hour++)
        {
            if (ActivityRules.DecideSignIn(book, Bo, Noon.AddHours(hour)) is { } signedIn)
            {
                written.Add(hour);
                book = ActivityRules.Evolve(book, signedIn);
            }
        }
        Assert.Equal([0, 12, 36], written);
    }

    [Fact]
    public void Days_categories_and_hours_are_counted_within_the_days_that_are_asked_for()
    {
        var book = ActivityBook.Empty;
        foreach (
            var (days, hour, category) in new[]
            {
                (40, 3, ActivityCategory.Social),
                (2, 3, ActivityCategory.Pet),
                (1, 3, ActivityCategory.Pet),
                (1, 5, ActivityCategory.Wallet),
                (0, 7, ActivityCategory.Pet),
            }
        )
        {
            book = Count(book, Noon.Date.AddDays(-days).AddHours(hour), category);
        }

        var found = ActivityRules.Summarize(book, [], 30, Noon, isComplete: true);

        Assert.Equal(
            [(ActivityCategory.Pet, 3L), (ActivityCategory.Wallet, 1L)],
            found.Categories.Where(static one => one.Count > 0).Select(static one => (one.Category, one.Count))
        );
        Assert.Equal(30, found.Days.Count);
        Assert.Equal([1, 2, 1], found.Days.TakeLast(3).Select(static day => day.Count));
        Assert.Equal(new DateOnly(2026, 11, 25), found.Days[^1].Day);
        Assert.Equal([new HourActivity(3, 2), new HourActivity(5, 1), new HourActivity(7, 1)], found.TopHours);
        Assert.Equal(5, ActivityRules.Total(book, null, 90, Noon));
        Assert.Equal(1, ActivityRules.Total(book, ActivityCategory.Social, 90, Noon));
        Assert.Equal(0, ActivityRules.Total(book, ActivityCategory.Social, 40, Noon));
    }

    [Fact]
    public void Of_many_hours_the_five_busiest_are_told_and_of_equals_the_earlier()
    {
        var book = ActivityBook.Empty;
        for (var hour = 0; hour < 12; hour++)
        {
            for (var times = 0; times <= hour / 2; times++)
            {
                book = Count(book, Noon.Date.AddHours(hour), ActivityCategory.Pet);
            }
        }
        var found = ActivityRules.Summarize(book, [], 1, Noon, isComplete: true);
        Assert.Equal([10, 11, 8, 9, 6], found.TopHours.Select(static hour => hour.Hour));
    }

    [Fact]
    public void What_is_older_than_90_days_or_erased_is_neither_shown_nor_counted()
    {
        var book = Count(ActivityBook.Empty, Noon.AddDays(-91), ActivityCategory.Pet);
        Assert.Equal(0, ActivityRules.Total(book, null, 90, Noon));
        Assert.True(ActivityRules.FirstShown(book, 90, Noon) >= Noon - ActivityRules.Kept);
        book = Count(book, Noon, ActivityCategory.Pet);
        Assert.Single(book.Days);

        book = ActivityRules.Evolve(book, new ActivityErased(Noon, Bo));

        Assert.Equal(0, ActivityRules.Total(book, null, 90, Noon));
        Assert.Equal(Noon, ActivityRules.FirstShown(book, 90, Noon));
        Assert.Equal(1, ActivityRules.Total(Count(book, Noon.AddHours(1), ActivityCategory.Pet), null, 90, Noon));
    }

    /// <summary>The aim is 20 ms; nothing of it grows with their number.</summary>
    [Fact]
    public void Neither_the_state_nor_its_statistics_grow_with_a_million_activities()
    {
        var book = ActivityBook.Empty;
        const int Million = 1_000_000;
        for (var number = 0; number < Million; number++)
        {
            var at = Noon.AddDays(-89) + TimeSpan.FromDays(89) * (number / (double)Million);
            book = Count(book, at, (ActivityCategory)(number % 6));
        }
        Assert.InRange(book.Days.Length, 90, 91);
        Assert.InRange(
            JsonSerializer.SerializeToUtf8Bytes(book, ActivityJson.Default.ActivityBook).Length,
            1_000,
            40_000
        );
        Assert.Equal(Million, ActivityRules.Total(book, null, 90, Noon));

        var took = Enumerable
            .Range(0, 99)
            .Select(_ =>
            {
                var started = Stopwatch.GetTimestamp();
                ActivityRules.Summarize(book, [], 90, Noon, isComplete: true);
                return Stopwatch.GetElapsedTime(started);
            })
            .Order()
            .ElementAt(49);
        Assert.True(took < TimeSpan.FromMilliseconds(20), $"The median was {took.TotalMilliseconds} ms.");
        TestContext.Current.TestOutputHelper?.WriteLine($"p50 {took.TotalMilliseconds} ms");
    }

    private static ActivityBook Count(ActivityBook book, DateTimeOffset at, ActivityCategory category) =>
        ActivityRules.Evolve(book, new ActivityLogged(at, Bo, Feed with { Category = category }));
}
