using System.Collections.Concurrent;

namespace Actors.ApiHost.Auth;

/// <summary>
/// Tokens already found valid. Bounded by two generations: when the young one is full it becomes the old one and the old
/// one is dropped, so what is in use survives and nothing has to be scanned.
/// </summary>
internal sealed class CallerCache(int capacity)
{
    private readonly int _generationSize = Math.Max(1, capacity / 2);
    private readonly Lock _turnover = new();
    private volatile Generation _young = new();
    private volatile Generation _old = new();

    /// <summary>
    /// Where a check that starts now may leave its result. After a <see cref="Clear"/> nobody looks there any more, so a
    /// check that raced with a change of keys leaves nothing behind.
    /// </summary>
    public Generation Current => _young;

    public Caller? Find(in TokenDigest digest)
    {
        var young = _young;
        if (young.Callers.TryGetValue(digest, out var caller))
        {
            return caller;
        }
        if (_old.Callers.TryGetValue(digest, out caller))
        {
            Add(young, digest, caller);
        }
        return caller;
    }

    public void Add(Generation generation, in TokenDigest digest, Caller caller)
    {
        if (generation.Callers.TryAdd(digest, caller) && Interlocked.Increment(ref generation.Count) >= _generationSize)
        {
            Turn(generation);
        }
    }

    public void Clear()
    {
        lock (_turnover)
        {
            _young = new Generation();
            _old = new Generation();
        }
    }

    private void Turn(Generation full)
    {
        lock (_turnover)
        {
            if (ReferenceEquals(_young, full))
            {
                _old = full;
                _young = new Generation();
            }
        }
    }

    internal sealed class Generation
    {
        // ConcurrentDictionary.Count takes every lock; this does not.
        public int Count;

        public ConcurrentDictionary<TokenDigest, Caller> Callers { get; } = new();
    }
}
