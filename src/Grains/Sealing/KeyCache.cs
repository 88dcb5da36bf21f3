namespace Actors.Grains.Sealing;

/// <summary>
/// Keys that were opened a moment ago, in two generations: an entry is gone a minute after its key was looked up, at the latest, and
/// there are never more than two generations' worth of them.
/// </summary>
internal sealed class KeyCache(TimeProvider time)
{
    public const int MostInGeneration = 10_000;

    public static readonly TimeSpan Generation = TimeSpan.FromSeconds(30);

    private readonly Lock _gate = new();
    private Dictionary<string, SealingKey?> _young = [];
    private Dictionary<string, SealingKey?> _old = [];
    private long _bornAt = time.GetTimestamp();
    private long _epoch;

    public bool TryFind(string name, out SealingKey? key)
    {
        lock (_gate)
        {
            Age();
            return _young.TryGetValue(name, out key) || _old.TryGetValue(name, out key);
        }
    }

    /// <summary>To be taken before a key is looked up: what is found may be destroyed, or old, when it arrives.</summary>
    public long Stamp()
    {
        lock (_gate)
        {
            Age();
            return _epoch;
        }
    }

    /// <param name="name">Whose it is.</param>
    /// <param name="key">Null for a destroyed one.</param>
    /// <param name="stamp">From before it was looked up.</param>
    public void Keep(string name, SealingKey? key, long stamp)
    {
        lock (_gate)
        {
            Age();
            if (stamp != _epoch)
            {
                return;
            }
            if (_young.Count >= MostInGeneration)
            {
                Turn();
            }
            _young[name] = key;
        }
    }

    public void Forget(string name)
    {
        lock (_gate)
        {
            _epoch++;
            _young.Remove(name);
            _old.Remove(name);
        }
    }

    private void Age()
    {
        var age = time.GetElapsedTime(_bornAt);
        if (age < Generation)
        {
            return;
        }
        _epoch++;
        Turn();
        if (age >= 2 * Generation)
        {
            _old = [];
            _bornAt = time.GetTimestamp();
        }
        else
        {
            // Not now: the old generation would live longer for having been left alone.
            _bornAt += (long)(Generation.TotalSeconds * time.TimestampFrequency);
        }
    }

    private void Turn() => (_old, _young) = (_young, []);
}
