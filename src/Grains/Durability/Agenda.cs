namespace Actors.Grains.Durability;

/// <summary>
/// What a grain has to do by itself, when its time comes: served to the second by a timer while the grain is in memory, and
/// when it is activated. The wake-ups see to the time between.
/// </summary>
/// <remarks>Runs on the scheduler of its grain: nothing here is ever on two threads at once.</remarks>
internal sealed class Agenda(IAgendaOwner owner, TimeProvider time, Func<Func<Task>, TimeSpan, IGrainTimer> startTimer)
{
    // Timers take at most 49 days; waking early only looks, and looks again.
    private static readonly TimeSpan LongestWait = TimeSpan.FromDays(1);
    private static readonly TimeSpan LookAgainAfterFault = TimeSpan.FromMinutes(1);

    private IGrainTimer? _timer;
    private DateTimeOffset? _armedFor;
    private bool _isServing;

    /// <summary>Lets the grain decide about what is due, if anything is.</summary>
    public async Task ServeAsync()
    {
        if (_isServing || !owner.TakesWrites || owner.NextDue is not { } due || due > time.GetUtcNow())
        {
            return;
        }
        _isServing = true;
        try
        {
            await owner.OnDueAsync();
        }
        finally
        {
            _isServing = false;
        }
        ArmAnew();
    }

    /// <summary>Sets the timer for what is due next, as far as it is durable.</summary>
    public void Arm()
    {
        var next = owner.NextDurablyDue;
        if (next == _armedFor)
        {
            return;
        }
        _armedFor = next;
        if (next is { } due)
        {
            Set(WaitFor(due));
        }
        else
        {
            _timer?.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        }
    }

    private void ArmAnew()
    {
        _armedFor = null;
        Arm();
    }

    private void Set(TimeSpan wait)
    {
        _timer ??= startTimer(OnTimerAsync, LookAgainAfterFault);
        _timer.Change(wait, LookAgainAfterFault);
    }

    private async Task OnTimerAsync()
    {
        await ServeAsync();
        ArmAnew();
    }

    /// <summary>
    /// What is due may be on its way to the disk already. Once it is durable the agenda is armed anew; looking again before
    /// would only keep the processor busy for as long as the disk is slow.
    /// </summary>
    private TimeSpan WaitFor(DateTimeOffset due)
    {
        var wait = due - time.GetUtcNow();
        return wait > LongestWait ? LongestWait
            : wait > TimeSpan.Zero ? wait
            : _isServing || !owner.TakesWrites || owner.NextDue != due ? LookAgainAfterFault
            : TimeSpan.Zero;
    }
}

/// <summary>What an agenda asks of its grain.</summary>
internal interface IAgendaOwner
{
    /// <summary>False while the storage has no room: what is due is not even tried then.</summary>
    bool TakesWrites { get; }

    /// <summary>When something is due next, by what has been decided.</summary>
    DateTimeOffset? NextDue { get; }

    /// <summary>The same by what is durable.</summary>
    DateTimeOffset? NextDurablyDue { get; }

    /// <summary>The time has come.</summary>
    Task OnDueAsync();
}
