namespace Actors.TestKit.Loops;

/// <summary>
/// One thread, one list of work that is ready, one virtual clock. Each step runs one piece of work that chance picks; when
/// nothing is ready, time moves on to the next timer. The same seed makes the same run.
/// </summary>
internal sealed class SimulationLoop
{
    [ThreadStatic]
    private static SimulationLoop? t_running;

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

    /// <summary>The scheduler of the work that runs now; null between two steps, and for what happens between grains.</summary>
    public TaskScheduler? Current { get; private set; }

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

    /// <summary>What <see cref="Current"/> is in the loop that takes a step on this thread.</summary>
    internal static TaskScheduler? Running => t_running?.Current;

    /// <summary>Runs one piece of work, or lets time pass to the next timer; false when there is neither.</summary>
    public bool Step() => RunReady() || SkipToNextTimer(TimeSpan.MaxValue);

    /// <summary>Runs one piece of work that is ready now; false when there is none.</summary>
    public bool RunReady()
    {
        if (_breach is not null)
        {
            throw new NonDeterminismException(_breach);
        }
        CollectDue();
        if (_ready.Count == 0)
        {
            return false;
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

    /// <summary>Between two steps, and also for a domain that is dead: what it awaits then never goes on.</summary>
    public void RunAtOnce(FaultDomain domain, Action action) =>
        RunOn(domain, static action => FaultDomain.RunNow((Action)action!), action);

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

    /// <summary>When nothing is ready: lets time pass to the next timer that falls due by then; false when none does.</summary>
    public bool SkipToNextTimer(TimeSpan by)
    {
        if (!_timers.TryPeek(out _, out var next) || next.Due > by)
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
        try
        {
            RunOn(work.Scheduler, work.Callback, work.State);
        }
        catch (Exception exception) when (exception is not NonDeterminismException && Escaped is not null)
        {
            Escaped(work.Domain, exception);
        }
    }

    private void RunOn(TaskScheduler? scheduler, Action<object?> callback, object? state)
    {
        var (outer, context) = (t_running, SynchronizationContext.Current);
        // It would win over the scheduler in every await.
        SynchronizationContext.SetSynchronizationContext(null);
        (t_running, Current) = (this, scheduler);
        try
        {
            callback(state);
        }
        finally
        {
            (t_running, Current) = (outer, null);
            SynchronizationContext.SetSynchronizationContext(context);
        }
    }

    private readonly record struct Entry(VirtualTimer Timer, int Setting)
    {
        public bool IsMeant => Timer.Setting == Setting && Timer.IsAlive;
    }
}
