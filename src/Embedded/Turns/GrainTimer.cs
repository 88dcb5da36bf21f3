using Actors.Embedded.Generated;

namespace Actors.Embedded;

/// <summary>A timer of an activation. Each tick is admitted like a request, and the next one is set when it has ended.</summary>
internal sealed class GrainTimer : GatedItem, IGrainTimer
{
    private static readonly GrainMethod TickMethod = new(0, "Timer", "Tick");

    private readonly Activation _activation;
    private readonly Func<CancellationToken, Task> _callback;
    private readonly bool _keepsAlive;
    private readonly CancellationTokenSource _ended = new();
    private readonly Lock _gate = new();
    private readonly ITimer _timer;
    private TimeSpan _dueTime;
    private TimeSpan _period;
    private bool _isTicking;
    private bool _isChanged;

    private GrainTimer(Activation activation, Func<CancellationToken, Task> callback, GrainTimerCreationOptions options)
    {
        _activation = activation;
        _callback = callback;
        _keepsAlive = options.KeepAlive;
        Options = options.Interleave ? GrainMethodOptions.AlwaysInterleave : GrainMethodOptions.None;
        _timer = activation.Engine.Clock.CreateTimer(static self => ((GrainTimer)self!).OnDue(), this);
    }

    public override GrainMethodOptions Options { get; }

    public override bool IsSettled => _ended.IsCancellationRequested;

    public static GrainTimer Start(
        Activation activation,
        Func<CancellationToken, Task> callback,
        GrainTimerCreationOptions options
    )
    {
        if (CallFrame.Current?.Activation != activation)
        {
            throw new InvalidOperationException("A grain's timer can only be registered from the grain's own turns.");
        }
        var timer = new GrainTimer(activation, callback, options);
        timer.Change(options.DueTime, options.Period);
        activation.AddTimer(timer);
        return timer;
    }

    public void Change(TimeSpan dueTime, TimeSpan period)
    {
        Validate(dueTime, nameof(dueTime));
        Validate(period, nameof(period));
        lock (_gate)
        {
            (_dueTime, _period, _isChanged) = (dueTime, period, true);
            if (!_isTicking && !IsSettled)
            {
                _timer.Change(dueTime, Timeout.InfiniteTimeSpan);
            }
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _timer.Dispose();
        }
        _activation.RemoveTimer(this);
        _ended.Cancel();
    }

    public override void Begin(Activation activation)
    {
        var frame = new CallFrame(activation, TickMethod, null);
        SynchronizationContext.SetSynchronizationContext(frame);
        _ = TickAsync(frame);
    }

    public override void Reject(Exception reason) => Dispose();

    public override void Reroute() => Dispose();

    private static void Validate(TimeSpan value, string name)
    {
        if (value != Timeout.InfiniteTimeSpan)
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, TimeSpan.Zero, name);
            ArgumentOutOfRangeException.ThrowIfGreaterThan(value.TotalMilliseconds, uint.MaxValue - 1, name);
        }
    }

    private void OnDue()
    {
        lock (_gate)
        {
            if (_isTicking || IsSettled)
            {
                return;
            }
            // Here and not in the tick: a change in between must count.
            (_isTicking, _isChanged) = (true, false);
        }
        _activation.Push(this);
    }

    private async Task TickAsync(CallFrame frame)
    {
        try
        {
            await _callback(_ended.Token);
        }
        catch (Exception fault)
        {
            _activation.Engine.Log.TimerFaulted(fault, _activation.GrainId);
            _activation.NoteFault(fault);
        }
        frame.Finish();
        if (_keepsAlive)
        {
            _activation.Touch(_activation.Engine.Clock.Now);
        }
        SetNext();
        _activation.End(Options);
    }

    private void SetNext()
    {
        lock (_gate)
        {
            _isTicking = false;
            if (!IsSettled)
            {
                _timer.Change(_isChanged ? _dueTime : _period, Timeout.InfiniteTimeSpan);
            }
        }
    }
}
