using System.Numerics;

namespace Actors.Hosting.Metrics;

/// <summary>
/// Durations of the last five minutes, for percentiles. Buckets grow by an eighth of a power of two, so a percentile is
/// right to within 12.5 %.
/// </summary>
internal sealed class LatencyWindow(TimeProvider time)
{
    private const int Slots = 30;
    private const int SubBuckets = 8;
    private const int Buckets = 40 * SubBuckets;

    public static readonly TimeSpan Window = TimeSpan.FromMinutes(5);

    private readonly long _ticksPerSlot = (long)(Window.TotalSeconds * time.TimestampFrequency / Slots);
    private readonly Slot?[] _slots = new Slot?[Slots];

    public void Add(double seconds)
    {
        var epoch = time.GetTimestamp() / _ticksPerSlot;
        Interlocked.Increment(ref SlotOf(epoch).Counts[BucketOf(seconds)]);
    }

    /// <summary>Seconds that the given share of durations did not exceed; zeros while there are none.</summary>
    public double[] Percentiles(params ReadOnlySpan<double> shares)
    {
        var counts = Sum();
        var total = counts.Sum();
        var percentiles = new double[shares.Length];
        for (var i = 0; i < shares.Length; i++)
        {
            percentiles[i] = total == 0 ? 0 : Percentile(counts, (long)Math.Ceiling(total * shares[i]));
        }
        return percentiles;
    }

    private static double Percentile(long[] counts, long rank)
    {
        var seen = 0L;
        for (var bucket = 0; bucket < counts.Length; bucket++)
        {
            seen += counts[bucket];
            if (seen >= rank)
            {
                return UpperBound(bucket);
            }
        }
        return UpperBound(counts.Length - 1);
    }

    private long[] Sum()
    {
        var epoch = time.GetTimestamp() / _ticksPerSlot;
        var sum = new long[Buckets];
        foreach (var slot in _slots)
        {
            if (slot is not null && epoch - slot.Epoch is >= 0 and < Slots)
            {
                for (var i = 0; i < Buckets; i++)
                {
                    sum[i] += Volatile.Read(ref slot.Counts[i]);
                }
            }
        }
        return sum;
    }

    private Slot SlotOf(long epoch)
    {
        ref var place = ref _slots[epoch % Slots];
        while (true)
        {
            var slot = Volatile.Read(ref place);
            if (slot?.Epoch >= epoch)
            {
                return slot;
            }
            Interlocked.CompareExchange(ref place, new Slot(epoch), slot);
        }
    }

    private static int BucketOf(double seconds)
    {
        var microseconds = (ulong)Math.Clamp(seconds * 1_000_000, 0, 1e12);
        if (microseconds < SubBuckets)
        {
            return (int)microseconds;
        }
        var exponent = BitOperations.Log2(microseconds);
        var sub = (int)(microseconds >> (exponent - 3)) & (SubBuckets - 1);
        return ((exponent - 2) * SubBuckets) + sub;
    }

    private static double UpperBound(int bucket)
    {
        if (bucket < SubBuckets)
        {
            return (bucket + 1) / 1_000_000d;
        }
        var exponent = (bucket / SubBuckets) + 2;
        var lower = (ulong)(SubBuckets + (bucket % SubBuckets)) << (exponent - 3);
        return (lower + (1UL << (exponent - 3))) / 1_000_000d;
    }

    private sealed class Slot(long epoch)
    {
        public long Epoch { get; } = epoch;

        public long[] Counts { get; } = new long[Buckets];
    }
}
