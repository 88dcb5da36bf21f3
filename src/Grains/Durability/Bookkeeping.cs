namespace Actors.Grains.Durability;

/// <summary>
/// Usually the next commit carries the acknowledgements of effects; a grain at rest writes them down by itself, some time
/// after the last effect. Until then a crash only means that effects are sent once more.
/// </summary>
/// <remarks>Runs on the scheduler of its grain: nothing here is ever on two threads at once.</remarks>
internal sealed class Bookkeeping(
    Outbox outbox,
    Func<Task> writeDown,
    TimeProvider time,
    Func<Func<Task>, TimeSpan, IGrainTimer> startTimer
)
{
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(30);

    private IGrainTimer? _timer;
    private long _sentAt;
    private bool _isDue;

    /// <summary>Effects have been sent. A busy grain does so many times a second, and setting a timer is not free.</summary>
    public void OnSent()
    {
        _sentAt = time.GetTimestamp();
        if (!_isDue)
        {
            _isDue = true;
            LookAfter(Rest);
        }
    }

    private Task LookAsync()
    {
        var rested = time.GetElapsedTime(_sentAt);
        if (rested < Rest || outbox.Unsent.Count > 0)
        {
            LookAfter(rested < Rest ? Rest - rested : Rest);
            return Task.CompletedTask;
        }
        _isDue = false;
        return writeDown();
    }

    private void LookAfter(TimeSpan wait)
    {
        _timer ??= startTimer(LookAsync, Timeout.InfiniteTimeSpan);
        _timer.Change(wait, Timeout.InfiniteTimeSpan);
    }
}
