using System.Numerics;

namespace Actors.Bench.Load;

/// <summary>Counts latencies in buckets that are at most 1/32 of their value wide, so a percentile is off by 3 % at worst.</summary>
internal sealed class LatencyHistogram
{
    private const int SubBuckets = 32;
    private const int SubBits = 5;

    private readonly long[] _counts = new long[64 * SubBuckets];

    public long Count => _counts.Sum();

    public void Add(TimeSpan latency) =>
        // Any thread of the pool may bring an answer where completions do not stay on one thread.
        Interlocked.Increment(ref _counts[BucketOf((long)latency.TotalMicroseconds)]);

    public void Add(LatencyHistogram other)
    {
        for (var bucket = 0; bucket < _counts.Length; bucket++)
        {
            _counts[bucket] += other._counts[bucket];
        }
    }

    public TimeSpan Percentile(double percent)
    {
        var rank = (long)Math.Ceiling(Count * percent / 100);
        for (var bucket = 0; bucket < _counts.Length; bucket++)
        {
            rank -= _counts[bucket];
            if (rank <= 0)
            {
                return TimeSpan.FromMicroseconds(UpperBoundOf(bucket));
            }
        }
        return TimeSpan.Zero;
    }

    private static int BucketOf(long microseconds)
    {
        var value = (ulong)Math.Max(0, microseconds);
        if (value < SubBuckets)
        {
            return (int)value;
        }
        var shift = BitOperations.Log2(value) - SubBits;
        return ((shift + 1) * SubBuckets) + (int)(value >> shift) - SubBuckets;
    }

    private static double UpperBoundOf(int bucket)
    {
        if (bucket < SubBuckets)
        {
            return bucket;
        }
        var shift = (bucket / SubBuckets) - 1;
        return Math.ScaleB((bucket % SubBuckets) + SubBuckets + 1, shift) - 1;
    }
}
