using Actors.Grains.Wallets;

namespace Actors.Grains.Tests.Purchases;

[Trait("Spec", "PM-4")]
public sealed class DailyCountsTests
{
    private static readonly DateTimeOffset Midnight = new(2026, 3, 2, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void The_first_purchase_of_a_day_begins_a_new_count()
    {
        var yesterday = DailyCounts.None.With("a", Midnight.AddSeconds(-2)).With("a", Midnight.AddSeconds(-1));

        Assert.Equal(2, yesterday.Of("a", Midnight.AddTicks(-1)));
        Assert.Equal(0, yesterday.Of("a", Midnight));
        Assert.Equal(1, yesterday.With("a", Midnight).Of("a", Midnight));
    }

    [Fact]
    public void A_clock_that_is_set_back_over_midnight_frees_nothing()
    {
        var counts = DailyCounts.None.With("a", Midnight.AddSeconds(-2)).With("a", Midnight.AddSeconds(1));

        var before = counts.Of("a", Midnight.AddSeconds(-1));
        counts = counts.With("a", Midnight.AddSeconds(-1));

        Assert.Equal(1, before);
        Assert.Equal(2, counts.Of("a", Midnight.AddSeconds(-1)));
        Assert.Equal(2, counts.Of("a", Midnight.AddSeconds(2)));
    }

    [Fact]
    public void Many_items_bought_in_any_order_are_counted_each_for_itself()
    {
        var chance = new Random(1);
        var expected = new int[300];
        var counts = DailyCounts.None;
        for (var purchase = 0; purchase < 5_000; purchase++)
        {
            var item = chance.Next(expected.Length);
            expected[item]++;
            counts = counts.With($"item-{item}", Midnight.AddSeconds(purchase));
        }
        Assert.All(expected, (count, item) => Assert.Equal(count, counts.Of($"item-{item}", Midnight.AddHours(2))));
        Assert.InRange(counts.Counts.Count, 300, 900);
    }
}
