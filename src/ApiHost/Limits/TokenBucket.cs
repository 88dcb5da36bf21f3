namespace Actors.ApiHost.Limits;

/// <summary>
/// One caller's allowance, as the generic cell rate algorithm keeps it: a single number, the moment at which the bucket
/// will be full again. Taking is one compare-and-swap.
/// </summary>
internal sealed class TokenBucket
{
    private long _fullAt;
    private volatile bool _retired;

    /// <summary>No longer the caller's bucket; whoever still holds it asks for the current one.</summary>
    public bool IsRetired => _retired;

    public bool IsFull(long now) => Volatile.Read(ref _fullAt) <= now;

    public void Retire() => _retired = true;

    public void GiveBack(in BucketShape shape) => Interlocked.Add(ref _fullAt, -shape.TicksPerRequest);

    /// <param name="amount">How many at once; all of them or none.</param>
    public Allowance Take(in BucketShape shape, long now, long amount = 1)
    {
        while (true)
        {
            var seen = Volatile.Read(ref _fullAt);
            var fullAt = Math.Max(seen, now) + (shape.TicksPerRequest * amount);
            var excess = fullAt - now - shape.Capacity;
            if (excess > 0)
            {
                return new Allowance(false, 0, seen - now, excess);
            }
            if (Interlocked.CompareExchange(ref _fullAt, fullAt, seen) == seen)
            {
                return new Allowance(true, (int)(-excess / shape.TicksPerRequest), fullAt - now, 0);
            }
        }
    }
}

/// <param name="TicksPerRequest">Clock ticks that refill one request.</param>
/// <param name="Burst">Requests in a full bucket.</param>
internal readonly record struct BucketShape(long TicksPerRequest, int Burst)
{
    public long Capacity => TicksPerRequest * Burst;
}

/// <param name="Remaining">Requests that could follow at once.</param>
/// <param name="UntilFull">Ticks until the whole allowance is back.</param>
/// <param name="UntilNext">Ticks until the next request can be admitted; 0 when this one was.</param>
internal readonly record struct Allowance(bool Admitted, int Remaining, long UntilFull, long UntilNext);
