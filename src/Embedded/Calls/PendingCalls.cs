namespace Actors.Embedded;

/// <summary>
/// Calls whose callers wait. One timer serves all time limits: it is set for the earliest and, where many are close
/// together, looks only ten times a second. A call costs two list operations; a call that completes at once, nothing.
/// </summary>
internal sealed class PendingCalls : IDisposable
{
    private static readonly TimeSpan Coarseness = TimeSpan.FromMilliseconds(100);

    private readonly Clock _clock;
    private readonly ITimer _timer;
    private readonly Stripe[] _stripes;
    private Action? _quiet;
    private long _armedFor = long.MaxValue;

    public PendingCalls(Clock clock, int stripes)
    {
        _clock = clock;
        _stripes = [.. Enumerable.Range(0, stripes).Select(_ => new Stripe())];
        _timer = clock.CreateTimer(static self => ((PendingCalls)self!).Sweep(), this);
    }

    public int Count => _stripes.Sum(stripe => Volatile.Read(ref stripe.Count));

    private int FromOutside => _stripes.Sum(stripe => Volatile.Read(ref stripe.FromOutside));

    public void Add(Request request)
    {
        var stripe = _stripes.Length == 1 ? _stripes[0] : _stripes[Thread.GetCurrentProcessorId() % _stripes.Length];
        lock (stripe)
        {
            stripe.Link(request);
        }
        if (request.Deadline < Volatile.Read(ref _armedFor))
        {
            Arm(request.Deadline);
        }
    }

    public void Remove(Request request)
    {
        if (request.Pending.Stripe is { } stripe)
        {
            lock (stripe)
            {
                stripe.Unlink(request);
            }
            if (Volatile.Read(ref _quiet) is not null)
            {
                TellIfQuiet();
            }
        }
    }

    /// <summary>Calls back, once, when no call from outside is left.</summary>
    public void WhenQuiet(Action callback)
    {
        Interlocked.Exchange(ref _quiet, callback);
        TellIfQuiet();
    }

    public void Dispose() => _timer.Dispose();

    public void RejectAll(Exception reason)
    {
        List<Request> all = [];
        foreach (var stripe in _stripes)
        {
            lock (stripe)
            {
                stripe.Collect(long.MaxValue, all);
            }
        }
        foreach (var request in all)
        {
            request.Reject(reason);
        }
    }

    private void TellIfQuiet()
    {
        if (FromOutside == 0)
        {
            Interlocked.Exchange(ref _quiet, null)?.Invoke();
        }
    }

    private void Arm(long deadline)
    {
        lock (_stripes)
        {
            if (deadline < _armedFor)
            {
                Volatile.Write(ref _armedFor, deadline);
                var wait = _clock.ToTimeSpan(Math.Max(0, deadline - _clock.Now));
                _timer.Change(Clock.Soonest(wait), Timeout.InfiniteTimeSpan);
            }
        }
    }

    private void Sweep()
    {
        var now = _clock.Now;
        var earliest = long.MaxValue;
        List<Request> expired = [];
        lock (_stripes)
        {
            _armedFor = long.MaxValue;
        }
        foreach (var stripe in _stripes)
        {
            lock (stripe)
            {
                earliest = Math.Min(earliest, stripe.Collect(now, expired));
            }
        }
        if (earliest != long.MaxValue)
        {
            Arm(Math.Max(earliest, now + _clock.ToTicks(Coarseness)));
        }
        foreach (var request in expired)
        {
            request.Expire();
        }
    }

    /// <summary>Where a request hangs.</summary>
    internal struct Links
    {
        public Stripe? Stripe;
        public Request? Previous;
        public Request? Next;
    }

    internal sealed class Stripe
    {
        public int Count;
        public int FromOutside;
        private Request? _first;

        public void Link(Request request)
        {
            request.Pending = new Links { Stripe = this, Next = _first };
            if (_first is not null)
            {
                _first.Pending.Previous = request;
            }
            _first = request;
            Count++;
            FromOutside += request.Caller is null ? 1 : 0;
        }

        public void Unlink(Request request)
        {
            var links = request.Pending;
            request.Pending = default;
            if (links.Previous is not null)
            {
                links.Previous.Pending.Next = links.Next;
            }
            else
            {
                _first = links.Next;
            }
            if (links.Next is not null)
            {
                links.Next.Pending.Previous = links.Previous;
            }
            Count--;
            FromOutside -= request.Caller is null ? 1 : 0;
        }

        /// <summary>Gathers what is overdue and returns the earliest deadline of the rest.</summary>
        public long Collect(long now, List<Request> overdue)
        {
            var earliest = long.MaxValue;
            for (var request = _first; request is not null; request = request.Pending.Next)
            {
                if (request.Deadline <= now)
                {
                    overdue.Add(request);
                }
                else
                {
                    earliest = Math.Min(earliest, request.Deadline);
                }
            }
            return earliest;
        }
    }
}
