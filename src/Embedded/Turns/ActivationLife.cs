using Microsoft.Extensions.DependencyInjection;

namespace Actors.Embedded;

internal enum LifeState
{
    Created,
    Activating,
    Active,
    Deactivating,
    Dead,
}

/// <summary>The life of one activation, from constructor to disposal. Everything here happens in its turns.</summary>
internal sealed class ActivationLife(Activation activation)
{
    private TaskCompletionSource? _deactivated;
    private readonly List<GrainTimer> _timers = [];
    private IServiceScope? _scope;
    private DeactivationReason? _stop;
    private long _keepAliveUntil;

    public LifeState State { get; private set; }

    public bool AcceptsRequests { get; private set; }

    /// <summary>Asked to end, and waiting for the requests that it runs.</summary>
    public bool IsDraining => _stop is not null && State == LifeState.Active;

    public bool IsKeptAlive => Engine.Clock.Now < Volatile.Read(ref _keepAliveUntil);

    public object? Instance { get; private set; }

    public Task Deactivated
    {
        get
        {
            lock (_timers)
            {
                _deactivated ??= new TaskCompletionSource();
                if (State == LifeState.Dead)
                {
                    _deactivated.TrySetResult();
                }
                return _deactivated.Task;
            }
        }
    }

    public IServiceProvider Services => (_scope ??= Engine.ServiceProvider.CreateScope()).ServiceProvider;

    private EmbeddedEngine Engine => activation.Engine;

    public void DelayDeactivation(TimeSpan delay)
    {
        var forever = delay == TimeSpan.MaxValue || delay == Timeout.InfiniteTimeSpan;
        var until = delay <= TimeSpan.Zero ? 0 : Engine.Clock.Now + Engine.Clock.ToTicks(delay);
        Volatile.Write(ref _keepAliveUntil, forever ? long.MaxValue : until);
    }

    /// <summary>A timer registered by an activation that is ending already never ticks.</summary>
    public void AddTimer(GrainTimer timer)
    {
        if (State is LifeState.Deactivating or LifeState.Dead)
        {
            timer.Dispose();
        }
        else
        {
            lock (_timers)
            {
                _timers.Add(timer);
            }
        }
    }

    public void RemoveTimer(GrainTimer timer)
    {
        lock (_timers)
        {
            _timers.Remove(timer);
        }
    }

    /// <summary>The activation of an object that already exists: an observer.</summary>
    public void Adopt(object instance)
    {
        Instance = instance;
        State = LifeState.Active;
        AcceptsRequests = true;
    }

    /// <summary>Begins the activation on account of its first request.</summary>
    public void ActivateFor(GatedItem first)
    {
        if (State == LifeState.Created)
        {
            State = LifeState.Activating;
            var frame = new CallFrame(activation, null, first.Caller) { Answer = first.Answer };
            _ = ActivateAsync(frame);
        }
    }

    /// <summary>From now on no further request is taken.</summary>
    public void AskToStop(DeactivationReason reason)
    {
        if (_stop is null && (State is LifeState.Activating or LifeState.Active))
        {
            _stop = reason;
            AcceptsRequests = false;
        }
    }

    /// <summary>Ends the activation once it runs nothing.</summary>
    public void Stop(DeactivationReason reason)
    {
        if (State == LifeState.Created)
        {
            Die(null);
        }
        AskToStop(reason);
        StopWhenIdle();
    }

    public void StopWhenIdle()
    {
        if (_stop is { } reason && State == LifeState.Active && !activation.IsRunning)
        {
            State = LifeState.Deactivating;
            _ = DeactivateAsync(reason);
        }
    }

    private async Task ActivateAsync(CallFrame frame)
    {
        SynchronizationContext.SetSynchronizationContext(frame);
        try
        {
            Instance = await activation.Class.CreateInstanceAsync(activation);
            if (Instance is IGrainBase grain)
            {
                await grain.OnActivateAsync(CancellationToken.None);
            }
        }
        catch (Exception failure)
        {
            Engine.Log.ActivationFailed(failure, activation.GrainId);
            await DisposeAsync();
            frame.Finish();
            Die(failure);
            return;
        }
        frame.Finish();
        BecomeActive();
    }

    private void BecomeActive()
    {
        State = LifeState.Active;
        activation.Touch(Engine.Clock.Now);
        // Also when it already asked to end: those who waited for the activation are served once.
        AcceptsRequests = true;
        activation.StartWaiting();
        AcceptsRequests = _stop is null;
        StopWhenIdle();
    }

    private async Task DeactivateAsync(DeactivationReason reason)
    {
        var frame = new CallFrame(activation, null, null);
        SynchronizationContext.SetSynchronizationContext(frame);
        foreach (var timer in _timers.ToArray())
        {
            timer.Dispose();
        }
        try
        {
            await SayGoodbyeAsync(reason);
        }
        catch (Exception failure)
        {
            Engine.Log.DeactivationFailed(failure, activation.GrainId);
        }
        await DisposeAsync();
        frame.Finish();
        Die(null);
    }

    private async Task SayGoodbyeAsync(DeactivationReason reason)
    {
        if (Instance is IGrainBase grain)
        {
            using var limit = Engine.Clock.CancelAfter(Engine.Options.DeactivationTimeout);
            await grain.OnDeactivateAsync(reason, limit.Token).WaitAsync(limit.Token);
        }
    }

    private async Task DisposeAsync()
    {
        try
        {
            // An observer belongs to whoever made it.
            if (_scope is not null && Instance is IAsyncDisposable asyncDisposable)
            {
                await asyncDisposable.DisposeAsync();
            }
            else if (_scope is not null && Instance is IDisposable disposable)
            {
                disposable.Dispose();
            }
            _scope?.Dispose();
        }
        catch (Exception failure)
        {
            Engine.Log.DeactivationFailed(failure, activation.GrainId);
        }
    }

    private void Die(Exception? failure)
    {
        // First out of the directory: a request that is turned away must find the next activation, not this one again.
        activation.Class.Remove(activation);
        AcceptsRequests = false;
        lock (_timers)
        {
            State = LifeState.Dead;
            if (_deactivated is { } watched)
            {
                Engine.Schedule(new Signal(watched));
            }
        }
        activation.Dismiss(failure);
    }
}
