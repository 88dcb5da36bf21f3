namespace Actors.Embedded;

/// <summary>Ends activations that nobody has used for a while. Looks only while there are activations.</summary>
internal sealed class IdleCollector : IDisposable
{
    private readonly EmbeddedEngine _engine;
    private readonly ITimer _timer;
    private int _isArmed;

    public IdleCollector(EmbeddedEngine engine)
    {
        _engine = engine;
        _timer = engine.Clock.CreateTimer(static self => ((IdleCollector)self!).Sweep(), this);
    }

    public void Arm()
    {
        if (Volatile.Read(ref _isArmed) == 0 && Interlocked.Exchange(ref _isArmed, 1) == 0)
        {
            _timer.Change(_engine.Options.CollectionQuantum, Timeout.InfiniteTimeSpan);
        }
    }

    /// <summary>Ends what has been idle for longer than its class allows, or than this; completes when it has ended.</summary>
    public Task CollectAsync(TimeSpan? ageLimit)
    {
        List<Task> ends = [];
        foreach (var activation in _engine.ActivationsInOrder())
        {
            var classAge = activation.Class.CollectionAge;
            if (classAge != Timeout.InfiniteTimeSpan)
            {
                var ticks = _engine.Clock.ToTicks(ageLimit ?? classAge);
                if (activation.MayBeCollected(ticks))
                {
                    ends.Add(activation.CollectIfUnusedAsync(ticks));
                }
            }
        }
        return Task.WhenAll(ends);
    }

    public void Dispose() => _timer.Dispose();

    private void Sweep()
    {
        Volatile.Write(ref _isArmed, 0);
        _ = CollectAsync(null);
        if (_engine.ActivationCount > 0 && !_engine.IsAbandoned)
        {
            Arm();
        }
    }
}
