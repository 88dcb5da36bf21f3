using Actors.ApiHost.Limits;

namespace Actors.ApiHost.Tests.Limits;

[Trait("Spec", "SE-1")]
public sealed class TokenBucketTests
{
    private static readonly BucketShape TenWithOnePerSecond = new(TimeSpan.TicksPerSecond, 10);

    [Fact]
    public void A_burst_is_admitted_then_one_for_each_refill()
    {
        var bucket = new TokenBucket();
        for (var left = 9; left >= 0; left--)
        {
            var allowance = bucket.Take(TenWithOnePerSecond, now: 0);
            Assert.True(allowance.Admitted);
            Assert.Equal(left, allowance.Remaining);
        }
        var refused = bucket.Take(TenWithOnePerSecond, now: 0);
        Assert.False(refused.Admitted);
        Assert.Equal(TimeSpan.TicksPerSecond, refused.UntilNext);
        Assert.False(bucket.Take(TenWithOnePerSecond, now: TimeSpan.TicksPerSecond - 1).Admitted);
        Assert.True(bucket.Take(TenWithOnePerSecond, now: TimeSpan.TicksPerSecond).Admitted);
        Assert.False(bucket.Take(TenWithOnePerSecond, now: TimeSpan.TicksPerSecond).Admitted);
    }

    [Fact]
    public void Many_at_once_are_taken_all_or_none()
    {
        var bucket = new TokenBucket();
        Assert.Equal(3, bucket.Take(TenWithOnePerSecond, now: 0, amount: 7).Remaining);
        Assert.False(bucket.Take(TenWithOnePerSecond, now: 0, amount: 4).Admitted);
        Assert.True(bucket.Take(TenWithOnePerSecond, now: 0, amount: 3).Admitted);
        Assert.True(bucket.Take(TenWithOnePerSecond, now: 4 * TimeSpan.TicksPerSecond, amount: 4).Admitted);
    }

    [Fact]
    public void A_refused_request_costs_nothing()
    {
        var bucket = new TokenBucket();
        for (var i = 0; i < 1000; i++)
        {
            bucket.Take(TenWithOnePerSecond, now: 0);
        }
        Assert.True(bucket.Take(TenWithOnePerSecond, now: TimeSpan.TicksPerSecond).Admitted);
    }

    [Fact]
    public void Requests_at_once_are_each_counted()
    {
        const int threads = 4;
        const int each = 200_000;
        var shape = new BucketShape(1, Burst: 1_000_000);
        var bucket = new TokenBucket();
        var takers = Enumerable.Range(0, threads).Select(_ => new Thread(Take)).ToList();
        takers.ForEach(taker => taker.Start());
        takers.ForEach(taker => taker.Join());
        Assert.Equal(1_000_000 - (threads * each) - 1, bucket.Take(shape, now: 0).Remaining);

        void Take()
        {
            for (var i = 0; i < each; i++)
            {
                bucket.Take(shape, now: 0);
            }
        }
    }

    [Fact]
    public void A_table_at_its_bound_forgets_full_buckets_first_and_retires_what_it_forgets()
    {
        var now = 0L;
        var table = new BucketTable<int>(100, () => now);
        var busy = table.Of(-1);
        for (var i = 0; i < 10; i++)
        {
            busy.Take(TenWithOnePerSecond, now);
        }
        var idle = Enumerable.Range(0, 100).Select(table.Of).ToList();
        Assert.Same(busy, table.Of(-1));
        Assert.False(busy.IsRetired);
        Assert.Contains(idle, bucket => bucket.IsRetired);
    }

    [Fact]
    public void A_table_full_of_busy_callers_stays_within_its_bound()
    {
        var table = new BucketTable<int>(100, () => 0);
        var buckets = new List<TokenBucket>();
        for (var i = 0; i < 10_000; i++)
        {
            var bucket = table.Of(i);
            bucket.Take(TenWithOnePerSecond, now: 0);
            buckets.Add(bucket);
        }
        Assert.True(buckets.Count(bucket => !bucket.IsRetired) <= 101);
    }
}
