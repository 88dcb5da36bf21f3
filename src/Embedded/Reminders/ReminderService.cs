namespace Actors.Embedded;

/// <summary>
/// Serves reminders: all of them are known from the start, one timer waits for the next. A tick is a call like any
/// other; the one after it is set when it has ended.
/// </summary>
internal sealed class ReminderService : IDisposable
{
    public static readonly TimeSpan MinimumPeriod = TimeSpan.FromMinutes(1);

    // After a long pause very many may be due; they must not all activate their grains at once.
    private const int MaxTicksAtOnce = 64;

    private readonly EmbeddedEngine _engine;
    private readonly IReminderStore _store;
    private readonly ITimer _timer;
    private readonly Dictionary<(GrainId Grain, string Name), Reminder> _reminders = [];
    private readonly Dictionary<(GrainId Grain, string Name), long> _writes = [];
    private readonly PriorityQueue<Reminder, (DateTimeOffset DueAt, long Order)> _due = new();
    private long _order;
    private int _ticking;
    private bool _isStopped;

    public ReminderService(EmbeddedEngine engine, IReminderStore store)
    {
        _engine = engine;
        _store = store;
        _timer = engine.Clock.CreateTimer(static self => ((ReminderService)self!).Pump(), this);
    }

    public int Count
    {
        get
        {
            lock (_due)
            {
                return _reminders.Count;
            }
        }
    }

    /// <summary>Reminders that fell due while nothing ran tick soon.</summary>
    public async Task StartAsync(CancellationToken cancellation)
    {
        var stored = await _store.LoadAllAsync(cancellation);
        lock (_due)
        {
            foreach (var reminder in stored)
            {
                Put(reminder);
            }
        }
        Pump();
    }

    public async Task<IGrainReminder> RegisterAsync(GrainId grain, string name, TimeSpan dueTime, TimeSpan period)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentOutOfRangeException.ThrowIfLessThan(dueTime, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThan(period, TimeSpan.Zero);
        if (period < MinimumPeriod)
        {
            throw new ArgumentException(
                $"Reminder {name} has a period of {period}, less than {MinimumPeriod}.",
                nameof(period)
            );
        }
        var stored = new StoredReminder(grain, name, _engine.Clock.UtcNow + dueTime, period);
        var write = BeginWrite(grain, name);
        await _store.UpsertAsync(stored);
        lock (_due)
        {
            if (EndWrite(grain, name, write))
            {
                Put(stored);
            }
        }
        Pump();
        return new Handle(grain, name);
    }

    public async Task UnregisterAsync(IGrainReminder reminder)
    {
        if (reminder is not Handle(var grain, var name))
        {
            throw new ArgumentException("The reminder is not one of this engine.", nameof(reminder));
        }
        var write = BeginWrite(grain, name);
        await _store.RemoveAsync(grain, name);
        lock (_due)
        {
            if (EndWrite(grain, name, write) && _reminders.Remove((grain, name), out var removed))
            {
                removed.IsCurrent = false;
            }
        }
    }

    public IGrainReminder? Find(GrainId grain, string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        lock (_due)
        {
            return _reminders.ContainsKey((grain, name)) ? new Handle(grain, name) : null;
        }
    }

    public List<IGrainReminder> FindAll(GrainId grain)
    {
        lock (_due)
        {
            return
            [
                .. _reminders
                    .Keys.Where(x => x.Grain == grain)
                    .OrderBy(x => x.Name, StringComparer.Ordinal)
                    .Select(x => new Handle(x.Grain, x.Name)),
            ];
        }
    }

    public void Dispose()
    {
        lock (_due)
        {
            _isStopped = true;
        }
        _timer.Dispose();
    }

    // Of two writes that overlap, the one that was begun last decides what is served.
    private long BeginWrite(GrainId grain, string name)
    {
        lock (_due)
        {
            return _writes[(grain, name)] = ++_order;
        }
    }

    private bool EndWrite(GrainId grain, string name, long write) =>
        _writes.TryGetValue((grain, name), out var last) && last == write && _writes.Remove((grain, name));

    private void Put(StoredReminder stored)
    {
        var reminder = new Reminder(stored);
        if (_reminders.TryGetValue((stored.Grain, stored.Name), out var replaced))
        {
            replaced.IsCurrent = false;
        }
        _reminders[(stored.Grain, stored.Name)] = reminder;
        _due.Enqueue(reminder, (stored.FirstTickAt, ++_order));
    }

    private void Pump()
    {
        while (TakeDue() is { } reminder)
        {
            _ = TickAsync(reminder);
        }
    }

    private Reminder? TakeDue()
    {
        lock (_due)
        {
            while (!_isStopped && _ticking < MaxTicksAtOnce && _due.TryPeek(out var next, out var priority))
            {
                var wait = priority.DueAt - _engine.Clock.UtcNow;
                if (next.IsCurrent && wait > TimeSpan.Zero)
                {
                    _timer.Change(Clock.Soonest(wait), Timeout.InfiniteTimeSpan);
                    return null;
                }
                _due.Dequeue();
                if (next.IsCurrent)
                {
                    _ticking++;
                    return next;
                }
            }
            return null;
        }
    }

    private async Task TickAsync(Reminder reminder)
    {
        var (grain, name, firstTickAt, period) = reminder.Stored;
        try
        {
            var status = new TickStatus(firstTickAt.UtcDateTime, period, _engine.Clock.UtcNow.UtcDateTime);
            var target = (IRemindable)(object)_engine.CreateReference(typeof(IRemindable), grain);
            await target.ReceiveReminder(name, status);
        }
        catch (Exception fault)
        {
            _engine.Log.ReminderFaulted(fault, grain, name);
        }
        lock (_due)
        {
            _ticking--;
            if (reminder.IsCurrent)
            {
                _due.Enqueue(reminder, (reminder.NextAfter(_engine.Clock.UtcNow), ++_order));
            }
        }
        Pump();
    }

    private sealed record Handle(GrainId Grain, string ReminderName) : IGrainReminder;

    private sealed class Reminder(StoredReminder stored)
    {
        public StoredReminder Stored { get; } = stored;

        /// <summary>False once it was replaced or removed.</summary>
        public bool IsCurrent { get; set; } = true;

        public DateTimeOffset NextAfter(DateTimeOffset now)
        {
            var periods = Math.Max(0, (now - Stored.FirstTickAt).Ticks / Stored.Period.Ticks);
            return Stored.FirstTickAt + (periods + 1) * Stored.Period;
        }
    }
}
