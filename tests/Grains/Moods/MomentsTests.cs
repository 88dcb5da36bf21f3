using System.Text.Json;
using Actors.Grains.Moods;

namespace Actors.Grains.Tests.Moods;

public sealed class MomentsTests
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Two_that_go_on_from_the_same_one_do_not_see_each_other()
    {
        var common = At(0, 1, 2, 3, 4);

        var first = common.Add(Noon.AddMinutes(5));
        var second = common.Add(Noon.AddMinutes(6));
        var third = first.Add(Noon.AddMinutes(7));

        Assert.Equal([0, 1, 2, 3, 4], Minutes(common));
        Assert.Equal([0, 1, 2, 3, 4, 5], Minutes(first));
        Assert.Equal([0, 1, 2, 3, 4, 6], Minutes(second));
        Assert.Equal([0, 1, 2, 3, 4, 5, 7], Minutes(third));
    }

    [Fact]
    public void What_has_left_the_window_is_gone_and_others_go_on_after_it()
    {
        var all = At(0, 1, 2, 3);

        var late = all.After(Noon.AddMinutes(1));

        Assert.Equal([2, 3], Minutes(late));
        Assert.Equal(Noon.AddMinutes(2), late[0]);
        Assert.Throws<ArgumentOutOfRangeException>(() => late[2]);
        Assert.Equal([2, 3, 4], Minutes(late.Add(Noon.AddMinutes(4))));
        Assert.Equal([0, 1, 2, 3], Minutes(all));
        Assert.Same(all, all.After(Noon.AddMinutes(-1)));
        Assert.Empty(all.After(Noon.AddMinutes(3)));
    }

    [Fact]
    public void They_are_kept_as_an_array_of_times()
    {
        var mood = Mood.Neutral with { RecentChanges = At(0, 1) };

        var json = JsonSerializer.Serialize(mood, MoodJson.Default.Mood);
        var read = JsonSerializer.Deserialize(json, MoodJson.Default.Mood)!;

        Assert.Contains(
            "\"recentChanges\":[\"2026-03-01T12:00:00+00:00\",\"2026-03-01T12:01:00+00:00\"]",
            json,
            StringComparison.Ordinal
        );
        Assert.Equal([0, 1], Minutes(read.RecentChanges));
        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<Moments>("{}"));
    }

    private static Moments At(params IEnumerable<int> minutes) =>
        Moments.Of(minutes.Select(static minute => Noon.AddMinutes(minute)));

    private static IEnumerable<int> Minutes(Moments moments) =>
        moments.Select(static moment => (int)(moment - Noon).TotalMinutes);
}
