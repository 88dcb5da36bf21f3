namespace Actors.TestKit.Loops;

/// <summary>
/// A timer on steady time. As with the framework's own, a tick that has fallen due may still run after the timer was
/// changed or disposed: it is in the queue by then.
/// </summary>
internal sealed class VirtualTimer(SimulationLoop loop, FaultDomain domain, TimerCallback callback, object? state)
    : ITimer
{
    private TimeSpan _period = Timeout.InfiniteTimeSpan;
    private bool _disposed;

    /// <summary>Changes with every setting, so that the loop recognises an entry that is no longer meant.</summary>
    public int Setting { get; private set; }

    public bool Change(TimeSpan dueTime, TimeSpan period)
    {
        if (_disposed)
        {
            return false;
        }
        Setting++;
        _period = period;
        if (dueTime != Timeout.InfiniteTimeSpan)
        {
            loop.AddTimer(this, loop.Clock.Elapsed + dueTime);
        }
        return true;
    }

    /// <summary>The time has come: the tick goes among the work that is ready.</summary>
    public void FallDue(TimeSpan due)
    {
        loop.Add(new Work(domain, WorkKind.Timer, domain, Tick, this));
        if (_period > TimeSpan.Zero)
        {
            // As with the framework's own: a tick that came late makes up for no others.
            var next = due + _period;
            loop.AddTimer(this, next > loop.Clock.Elapsed ? next : loop.Clock.Elapsed + _period);
        }
    }

    public void Dispose()
    {
        _disposed = true;
        Setting++;
    }

    public ValueTask DisposeAsync()
    {
        Dispose();
        return ValueTask.CompletedTask;
    }

    public bool IsAlive => domain.IsAlive;

    private static void Tick(object? timer) => FaultDomain.RunNow(((VirtualTimer)timer!).Run);

    private void Run() => callback(state);
}
