namespace Actors.TestKit;

/// <summary>The system's clock, moved forward at will; timers that become due by a move fire at once.</summary>
public sealed class ShiftedTime : TimeProvider
{
    private readonly Lock _gate = new();
    private readonly HashSet<ShiftedTimer> _timers = [];
    private TimeSpan _shift;

    public override DateTimeOffset GetUtcNow()
    {
        lock (_gate)
        {
            return System.GetUtcNow() + _shift;
        }
    }

    public override long TimestampFrequency => System.TimestampFrequency;

    public override long GetTimestamp()
    {
        lock (_gate)
        {
            return System.GetTimestamp() + (long)(_shift.TotalSeconds * TimestampFrequency);
        }
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new ShiftedTimer(this, callback, state);
        timer.Change(dueTime, period);
        lock (_gate)
        {
            _timers.Add(timer);
        }
        return timer;
    }

    public void Advance(TimeSpan by)
    {
        ShiftedTimer[] timers;
        lock (_gate)
        {
            _shift += by;
            timers = [.. _timers];
        }
        foreach (var timer in timers)
        {
            timer.Rearm();
        }
    }

    private void Forget(ShiftedTimer timer)
    {
        lock (_gate)
        {
            _timers.Remove(timer);
        }
    }

    private sealed class ShiftedTimer : ITimer
    {
        private readonly Lock _own = new();
        private readonly ShiftedTime _time;
        private readonly ITimer _inner;
        private DateTimeOffset? _dueAt;
        private TimeSpan _period;

        public ShiftedTimer(ShiftedTime time, TimerCallback callback, object? state)
        {
            _time = time;
            _inner = System.CreateTimer(
                _ =>
                {
                    if (TakeTick())
                    {
                        callback(state);
                    }
                },
                null,
                Timeout.InfiniteTimeSpan,
                Timeout.InfiniteTimeSpan
            );
        }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (_own)
            {
                _dueAt = dueTime == Timeout.InfiniteTimeSpan ? null : _time.GetUtcNow() + dueTime;
                _period = period;
            }
            return Rearm();
        }

        public bool Rearm()
        {
            lock (_own)
            {
                var wait = _dueAt - _time.GetUtcNow();
                return _inner.Change(
                    wait is null ? Timeout.InfiniteTimeSpan
                        : wait < TimeSpan.Zero ? TimeSpan.Zero
                        : wait.Value,
                    Timeout.InfiniteTimeSpan
                );
            }
        }

        public void Dispose()
        {
            _time.Forget(this);
            _inner.Dispose();
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }

        private bool TakeTick()
        {
            lock (_own)
            {
                if (_dueAt is not { } dueAt || dueAt > _time.GetUtcNow() + TimeSpan.FromMilliseconds(20))
                {
                    Rearm();
                    return false;
                }
                _dueAt = _period <= TimeSpan.Zero ? null : _time.GetUtcNow() + _period;
                Rearm();
                return true;
            }
        }
    }
}
