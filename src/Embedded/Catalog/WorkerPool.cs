namespace Actors.Embedded;

/// <summary>The activations of one stateless worker.</summary>
internal sealed class WorkerPool(GrainClass grainClass, string key, int capacity)
{
    private readonly Activation?[] _workers = new Activation?[capacity];
    private readonly Lock _gate = new();
    private int _next;

    public IEnumerable<Activation> Workers
    {
        get
        {
            lock (_gate)
            {
                return _workers.OfType<Activation>().ToArray();
            }
        }
    }

    /// <summary>An idle worker, else a new one, else each in turn.</summary>
    public Activation Pick()
    {
        lock (_gate)
        {
            var free = -1;
            for (var i = 0; i < _workers.Length; i++)
            {
                if (_workers[i] is not { } worker)
                {
                    free = free < 0 ? i : free;
                }
                else if (worker.IsIdle)
                {
                    return worker;
                }
            }
            if (free < 0)
            {
                return _workers[_next++ % _workers.Length]!;
            }
            var fresh = new Activation(grainClass, key, grainClass.Engine.NextSequence());
            grainClass.Engine.Born();
            _workers[free] = fresh;
            return fresh;
        }
    }

    public bool Remove(Activation activation)
    {
        lock (_gate)
        {
            var place = Array.IndexOf(_workers, activation);
            if (place >= 0)
            {
                _workers[place] = null;
            }
            return place >= 0;
        }
    }
}
