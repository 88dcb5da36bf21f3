using System.Collections.Concurrent;

namespace Actors.ApiHost.Limits;

/// <summary>
/// The allowances of many callers in bounded memory. A full bucket is the same as none, so at the bound the full ones go;
/// should all be in use, some are forgotten, which favours callers over the machine.
/// </summary>
internal sealed class BucketTable<TKey>(int capacity, Func<long> clock)
    where TKey : notnull
{
    private readonly ConcurrentDictionary<TKey, TokenBucket> _buckets = new();
    private readonly Lock _sweep = new();
    private int _count;

    public TokenBucket Of(TKey key)
    {
        if (_buckets.TryGetValue(key, out var known))
        {
            return known;
        }
        var added = new TokenBucket();
        var bucket = _buckets.GetOrAdd(key, added);
        if (ReferenceEquals(bucket, added) && Interlocked.Increment(ref _count) > capacity)
        {
            Sweep();
        }
        return bucket;
    }

    private void Sweep()
    {
        lock (_sweep)
        {
            if (_count <= capacity)
            {
                return;
            }
            var now = clock();
            RemoveWhere(bucket => bucket.IsFull(now), downTo: 0);
            // Leaves room, so that the next newcomers do not sweep again at once.
            RemoveWhere(_ => true, downTo: capacity - capacity / 8);
        }
    }

    private void RemoveWhere(Func<TokenBucket, bool> condition, int downTo)
    {
        foreach (var (key, bucket) in _buckets)
        {
            if (_count <= downTo)
            {
                return;
            }
            if (condition(bucket) && _buckets.TryRemove(key, out var removed))
            {
                removed.Retire();
                Interlocked.Decrement(ref _count);
            }
        }
    }
}
