namespace Actors.Grains.Durability;

/// <summary>
/// What the outboxes of this process have sent and nobody has acknowledged yet: how many effects, the tokens that travel
/// with them, and since when the oldest waits, to the second.
/// </summary>
/// <remarks>
/// Every purchase passes here, so an effect costs a few interlocked additions and 32 bytes: those of one second are counted together, in
/// a ring of seconds. One that waits longer than a round keeps its second's place, and what joins it there is taken for as
/// old until it is delivered.
/// </remarks>
public sealed class Undelivered(TimeProvider time)
{
    private const int Places = 1024;
    private const uint CountMask = uint.MaxValue;

    private readonly long _startedAt = time.GetTimestamp();

    // The second in the upper half, how many effects wait since then in the lower one.
    private readonly long[] _ring = new long[Places];
    private long _tokens;

    /// <summary>Tokens that have left one account and have not reached the other.</summary>
    public long Tokens => Interlocked.Read(ref _tokens);

    public long Effects
    {
        get
        {
            var sum = 0L;
            foreach (ref var place in _ring.AsSpan())
            {
                sum += Interlocked.Read(ref place) & CountMask;
            }
            return sum;
        }
    }

    /// <summary>How long the oldest has waited; zero when nothing waits.</summary>
    public TimeSpan Oldest
    {
        get
        {
            var now = Second;
            var oldest = now;
            foreach (ref var place in _ring.AsSpan())
            {
                var seen = Interlocked.Read(ref place);
                if ((seen & CountMask) > 0)
                {
                    oldest = Math.Min(oldest, seen >> 32);
                }
            }
            return TimeSpan.FromSeconds(now - oldest);
        }
    }

    private long Second => (long)time.GetElapsedTime(_startedAt).TotalSeconds;

    /// <summary>One more waits, until it is said that it does no longer.</summary>
    internal Waiting Add(long tokens, bool isNews = false)
    {
        var second = Second;
        var at = (int)(second % Places);
        ref var place = ref _ring[at];
        while (true)
        {
            var seen = Interlocked.Read(ref place);
            var next = (seen & CountMask) == 0 ? (second << 32) + 1 : seen + 1;
            if (Interlocked.CompareExchange(ref place, next, seen) == seen)
            {
                break;
            }
        }
        if (tokens != 0)
        {
            Interlocked.Add(ref _tokens, tokens);
        }
        return new Waiting(this, at, tokens, isNews);
    }

    internal sealed class Waiting(Undelivered undelivered, int place, long tokens, bool isNews)
    {
        private int _ended;

        public bool IsNews { get; } = isNews;

        /// <summary>It has arrived, or its sender is gone and sends it anew in its next life. From any thread; only the first time counts.</summary>
        public void End()
        {
            if (Interlocked.Exchange(ref _ended, 1) != 0)
            {
                return;
            }
            Interlocked.Decrement(ref undelivered._ring[place]);
            if (tokens != 0)
            {
                Interlocked.Add(ref undelivered._tokens, -tokens);
            }
        }
    }
}
