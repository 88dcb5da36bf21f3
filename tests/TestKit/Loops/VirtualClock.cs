namespace Actors.TestKit.Loops;

/// <summary>
/// Time that passes only when the loop says so. Timers follow the steady time; the wall clock can be set forward and back
/// beside it, as operators and time servers do.
/// </summary>
internal sealed class VirtualClock
{
    private DateTimeOffset _start = new(2030, 3, 1, 12, 0, 0, TimeSpan.Zero);
    private TimeSpan _wallShift;

    /// <summary>Steady time since the simulation began; it never goes back.</summary>
    public TimeSpan Elapsed { get; private set; }

    public DateTimeOffset Now => _start + Elapsed + _wallShift;

    /// <summary>How often the wall clock was set.</summary>
    public int Jumps { get; private set; }

    /// <summary>All that the wall clock was ever set back.</summary>
    public TimeSpan SetBack { get; private set; }

    /// <summary>All that the wall clock was ever set forward.</summary>
    public TimeSpan SetForward { get; private set; }

    /// <summary>To be called before anybody has looked.</summary>
    public void StartAt(TimeSpan timeOfDay) => _start = new DateTimeOffset(_start.Date + timeOfDay, TimeSpan.Zero);

    public void Advance(TimeSpan by) => Elapsed += by;

    public void AdvanceTo(TimeSpan elapsed)
    {
        if (elapsed > Elapsed)
        {
            Elapsed = elapsed;
        }
    }

    public void SetWall(TimeSpan by)
    {
        Jumps++;
        _wallShift += by;
        if (by < TimeSpan.Zero)
        {
            SetBack -= by;
        }
        else
        {
            SetForward += by;
        }
    }
}
