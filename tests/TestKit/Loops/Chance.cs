namespace Actors.TestKit.Loops;

/// <summary>
/// The only source of chance in a simulation: xoshiro256** behind splitmix64, so that a seed means the same run on every
/// machine and every version of the framework.
/// </summary>
internal sealed class Chance
{
    private ulong _s0;
    private ulong _s1;
    private ulong _s2;
    private ulong _s3;

    public Chance(ulong seed)
    {
        _s0 = SplitMix(ref seed);
        _s1 = SplitMix(ref seed);
        _s2 = SplitMix(ref seed);
        _s3 = SplitMix(ref seed);
    }

    public ulong Next()
    {
        var result = ulong.RotateLeft(_s1 * 5, 7) * 9;
        var t = _s1 << 17;
        _s2 ^= _s0;
        _s3 ^= _s1;
        _s1 ^= _s2;
        _s0 ^= _s3;
        _s2 ^= t;
        _s3 = ulong.RotateLeft(_s3, 45);
        return result;
    }

    /// <summary>From 0 up to, but not including, the bound.</summary>
    public int Below(int bound)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(bound);
        // The bias of multiply-and-shift is below 2^-32 and the same on every machine.
        return (int)(((Next() >> 32) * (ulong)bound) >> 32);
    }

    /// <summary>From the first to the last, both included.</summary>
    public int Between(int first, int last) => first + Below(last - first + 1);

    /// <summary>Short spans as likely as long ones: uniform in the logarithm.</summary>
    public TimeSpan Between(TimeSpan shortest, TimeSpan longest)
    {
        var share = (Next() >> 11) * (1.0 / (1UL << 53));
        var ticks = shortest.Ticks * Math.Pow((double)longest.Ticks / shortest.Ticks, share);
        return TimeSpan.FromTicks((long)ticks);
    }

    public bool OneIn(int count) => Below(count) == 0;

    public bool Percent(int percent) => Below(100) < percent;

    public T Pick<T>(IReadOnlyList<T> choices) => choices[Below(choices.Count)];

    /// <summary>An independent source; drawing from one does not disturb the other.</summary>
    public Chance Fork() => new(Next());

    public void Fill(Span<byte> bytes)
    {
        foreach (ref var value in bytes)
        {
            value = (byte)Next();
        }
    }

    private static ulong SplitMix(ref ulong state)
    {
        state += 0x9E3779B97F4A7C15;
        var z = state;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
