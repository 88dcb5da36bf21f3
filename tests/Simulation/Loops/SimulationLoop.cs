namespace Actors.Simulation.Tests.Loops;

/// <summary>
/// One thread, one list of work that is ready, one virtual clock. Each step runs one piece of work that chance picks; when
/// nothing is ready, time moves on to the next timer. The same seed makes the same run.
/// </summary>
internal sealed class SimulationLoop
{
    private readonly int _thread = Environment.CurrentManagedThreadId;
    private readonly Chance _chance;
    private readonly List<Work> _ready = [];
    private readonly PriorityQueue<Entry, (TimeSpan Due, long Number)> _timers = new();
    private readonly Trace _trace;
    private long _timersAdded;
    private string? _breach;

    public SimulationLoop(Chance chance, Trace trace)
    {
        _chance = chance;
        _trace = trace;
    }

    public VirtualClock Clock { get; } = new();

    /// <summary>How many pieces of work have run.</summary>
    public long Steps { get; private set; }

    /// <summary>How many pieces of work have run since there was last nothing to do.</summary>
    public long Busy { get; private set; }

    /// <summary>What escaped from a piece of work; in a real process it would have ended it.</summary>
    public Action<FaultDomain, Exception>? Escaped { get; set; }

    public void Add(Work work)
    {
        AssertOwnThread();
        if (work.Domain.IsAlive)
        {
            _ready.Add(work);
        }
    }

    public void AddTimer(VirtualTimer timer, TimeSpan due)
    {
        AssertOwnThread();
        _timers.Enqueue(new Entry(timer, timer.Setting), (due, _timersAdded++));
    }

    /// <summary>Runs one piece of work, or lets time pass to the next timer; false when there is neither.</summary>
    public bool Step()
    {
        if (_breach is not null)
        {
            throw new NonDeterminismException(_breach);
        }
        CollectDue();
        if (_ready.Count == 0)
        {
            return SkipToNextTimer();
        }
        var work = TakeAny();
        if (work.Domain.IsAlive)
        {
            // Work takes time, so that no two steps see the same instant.
            Clock.Advance(TimeSpan.FromTicks(1 + _chance.Below(1_000)));
            Steps++;
            Busy++;
            _trace.Step(Steps, work, Clock);
            Run(work);
        }
        return true;
    }

    /// <summary>Whatever is seen or done from another thread makes a run that no seed repeats.</summary>
    public void AssertOwnThread()
    {
        if (Environment.CurrentManagedThreadId != _thread)
        {
            // Kept as well, because whoever called may swallow the exception.
            _breach = $"Work ran on another thread:{Environment.NewLine}{Environment.StackTrace}";
            throw new NonDeterminismException(_breach);
        }
    }

    private void CollectDue()
    {
        while (_timers.TryPeek(out var entry, out var at) && (at.Due <= Clock.Elapsed || !entry.IsMeant))
        {
            _timers.Dequeue();
            if (entry.IsMeant)
            {
                entry.Timer.FallDue(at.Due);
            }
        }
    }

    private bool SkipToNextTimer()
    {
        if (!_timers.TryPeek(out _, out var next))
        {
            return false;
        }
        Busy = 0;
        Clock.AdvanceTo(next.Due);
        return true;
    }

    private Work TakeAny()
    {
        var index = _chance.Below(_ready.Count);
        var work = _ready[index];
        _ready[index] = _ready[^1];
        _ready.RemoveAt(_ready.Count - 1);
        return work;
    }

    private void Run(Work work)
    {
        var outer = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(work.Domain);
        try
        {
            work.Callback(work.State);
        }
        catch (Exception exception) when (exception is not NonDeterminismException && Escaped is not null)
        {
            Escaped(work.Domain, exception);
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(outer);
        }
    }

    private readonly record struct Entry(VirtualTimer Timer, int Setting)
    {
        public bool IsMeant => Timer.Setting == Setting && Timer.IsAlive;
    }
}
