namespace Actors.TestKit;

/// <summary>
/// A clock that only the test moves. Timers fire on the thread that moves it, in the order in which they fall due, and
/// among equals in the order in which they were set; while one fires, the clock stands at its due time.
/// </summary>
public sealed class ManualTime(DateTimeOffset start) : TimeProvider
{
    private readonly Lock _gate = new();
    private readonly PriorityQueue<Setting, (DateTimeOffset DueAt, long Order)> _settings = new();
    private readonly DateTimeOffset _start = start;
    private DateTimeOffset _now = start;
    private long _order;

    public ManualTime()
        : this(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero)) { }

    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <summary>
    /// Whether timers that are due at once fire on the pool, as those of the system do; else they fire on the thread that
    /// sets them, which must not hold a lock that other timers may wait for.
    /// </summary>
    public bool HasThreads { get; init; }

    /// <summary>When the next timer falls due; null if none is set.</summary>
    public DateTimeOffset? NextTimerAt
    {
        get
        {
            lock (_gate)
            {
                DropObsolete();
                return _settings.TryPeek(out _, out var next) ? next.DueAt : null;
            }
        }
    }

    public override DateTimeOffset GetUtcNow()
    {
        lock (_gate)
        {
            return _now;
        }
    }

    public override long GetTimestamp() => (GetUtcNow() - _start).Ticks;

    public void Advance(TimeSpan by)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(by, TimeSpan.Zero);
        var target = GetUtcNow() + by;
        while (TakeDue(target) is { } timer)
        {
            timer.Fire();
        }
        lock (_gate)
        {
            _now = target > _now ? target : _now;
        }
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        ArgumentNullException.ThrowIfNull(callback);
        var timer = new ManualTimer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    private ManualTimer? TakeDue(DateTimeOffset target)
    {
        lock (_gate)
        {
            DropObsolete();
            if (!_settings.TryPeek(out var setting, out var next) || next.DueAt > target)
            {
                return null;
            }
            _settings.Dequeue();
            _now = next.DueAt > _now ? next.DueAt : _now;
            var timer = setting.Timer;
            timer.Current = null;
            if (timer.Period > TimeSpan.Zero)
            {
                Set(timer, timer.Period);
            }
            return timer;
        }
    }

    private void DropObsolete()
    {
        while (_settings.TryPeek(out var setting, out _) && setting.Timer.Current != setting)
        {
            _settings.Dequeue();
        }
    }

    private void Set(ManualTimer timer, TimeSpan dueTime)
    {
        timer.Current = new Setting(timer);
        _settings.Enqueue(timer.Current, (_now + dueTime, ++_order));
    }

    /// <summary>One setting of a timer; a later one makes it obsolete.</summary>
    private sealed class Setting(ManualTimer timer)
    {
        public ManualTimer Timer { get; } = timer;
    }

    private sealed class ManualTimer(ManualTime time, TimerCallback callback, object? state) : ITimer
    {
        private bool _isDisposed;

        public Setting? Current { get; set; }

        public TimeSpan Period { get; private set; }

        public void Fire() => callback(state);

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (time._gate)
            {
                if (_isDisposed)
                {
                    return false;
                }
                Period = period;
                Current = null;
                if (dueTime != Timeout.InfiniteTimeSpan)
                {
                    time.Set(this, dueTime);
                }
            }
            // Due at once, as a system timer would be: without waiting for somebody to move the clock.
            if (dueTime == TimeSpan.Zero && time.HasThreads)
            {
                ThreadPool.QueueUserWorkItem(static time => time.Advance(TimeSpan.Zero), time, preferLocal: false);
            }
            else if (dueTime == TimeSpan.Zero)
            {
                time.Advance(TimeSpan.Zero);
            }
            return true;
        }

        public void Dispose()
        {
            lock (time._gate)
            {
                _isDisposed = true;
                Current = null;
            }
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
