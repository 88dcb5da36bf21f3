namespace Actors.Hosting.Metrics;

/// <summary>How much happened in the last stretch of time, in slots that are emptied as the window moves on.</summary>
internal sealed class SlidingCounter
{
    private const int Slots = 60;

    private readonly TimeProvider _time;
    private readonly long _ticksPerSlot;
    private readonly Slot[] _slots = [.. Enumerable.Range(0, Slots).Select(_ => new Slot())];

    public SlidingCounter(TimeSpan window, TimeProvider time)
    {
        _time = time;
        _ticksPerSlot = (long)(window.TotalSeconds * time.TimestampFrequency / Slots);
        Window = window;
    }

    public TimeSpan Window { get; }

    public void Add(long amount)
    {
        var epoch = _time.GetTimestamp() / _ticksPerSlot;
        var slot = _slots[epoch % Slots];
        slot.MoveTo(epoch);
        Interlocked.Add(ref slot.Amount, amount);
    }

    public long Total()
    {
        var epoch = _time.GetTimestamp() / _ticksPerSlot;
        return _slots.Where(slot => slot.IsWithin(epoch)).Sum(slot => Interlocked.Read(ref slot.Amount));
    }

    private sealed class Slot
    {
        public long Amount;

        private readonly Lock _move = new();
        private long _epoch = -1;

        public bool IsWithin(long current) => current - Volatile.Read(ref _epoch) is >= 0 and < Slots;

        public void MoveTo(long epoch)
        {
            if (Volatile.Read(ref _epoch) == epoch)
            {
                return;
            }
            lock (_move)
            {
                if (_epoch != epoch)
                {
                    Interlocked.Exchange(ref Amount, 0);
                    Volatile.Write(ref _epoch, epoch);
                }
            }
        }
    }
}
