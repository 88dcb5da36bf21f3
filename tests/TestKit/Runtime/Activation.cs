using Orleans.Serialization.Invocation;
using Orleans.Storage;

namespace Actors.TestKit.Runtime;

/// <summary>One grain in memory. Its grain's turns run on it; the rest of its life is here too.</summary>
internal sealed class Activation : Turns
{
    private readonly SimulatedSilo _silo;
    private readonly GrainClass _class;
    private readonly List<Call> _waiting = [];
    private readonly List<Call> _running = [];
    private readonly TaskCompletionSource _gone = new();
    private Stage _stage;
    private DeactivationReason _reason;

    public Activation(SimulatedSilo silo, GrainId id, int number)
        : base(silo.Process)
    {
        (_silo, GrainId, Number) = (silo, id, number);
        _class = silo.Catalog.ClassOf(id.Type);
        Context = new ActivationContext(this, silo);
        Touch();
        Post(() => _ = ActivateAsync());
    }

    private enum Stage
    {
        Activating,
        Active,
        Deactivating,
        Gone,
    }

    public GrainId GrainId { get; }

    /// <summary>What the grain is given.</summary>
    public ActivationContext Context { get; }

    /// <summary>How many activations there were in the process until this one.</summary>
    public int Number { get; }

    public object? Grain { get; private set; }

    public HashSet<IDisposable> Timers { get; } = [];

    /// <summary>When it was last used, in steady time.</summary>
    public TimeSpan UsedAt { get; private set; }

    public bool IsIdle => _stage == Stage.Active && _running.Count == 0 && _waiting.Count == 0;

    public Task Deactivated => _gone.Task;

    public void Receive(Call call)
    {
        _waiting.Add(call);
        Pump();
    }

    public void Deactivate(DeactivationReason reason)
    {
        if (_stage is Stage.Deactivating or Stage.Gone)
        {
            return;
        }
        // One that has not begun to take calls ends once it does.
        (_stage, _reason) = (_stage == Stage.Activating ? Stage.Activating : Stage.Deactivating, reason);
        Post(Pump);
    }

    /// <summary>Vanishes, even in the middle of a turn. Those who wait for it are told so after a while, or never.</summary>
    public void Crash(Action<Call> afterwards)
    {
        Call[] lost = [.. _running, .. _waiting];
        Kill();
        foreach (var call in lost)
        {
            afterwards(call);
        }
    }

    public override string ToString() => $"{GrainId}";

    protected override void Kill()
    {
        DisposeTimers();
        _running.Clear();
        _waiting.Clear();
        _stage = Stage.Gone;
        base.Kill();
        _gone.TrySetResult();
    }

    private async Task ActivateAsync()
    {
        try
        {
            Grain = _class.Create(_silo.ServiceProvider, [Context]);
            (Grain as ILifecycleParticipant<IGrainLifecycle>)?.Participate(Context.Lifecycle);
            await Context.Lifecycle.OnStart();
            if (Grain is IGrainBase grain)
            {
                await grain.OnActivateAsync(CancellationToken.None);
            }
        }
        catch (Exception exception)
        {
            var waiting = _waiting.ToArray();
            End();
            foreach (var call in waiting)
            {
                _silo.Messaging.Answer(this, call, Response.FromException(exception));
            }
            return;
        }
        _stage = _reason.ReasonCode == DeactivationReasonCode.None ? Stage.Active : Stage.Deactivating;
        Pump();
    }

    private void Pump()
    {
        if (_stage == Stage.Deactivating && _running.Count == 0)
        {
            _stage = Stage.Gone;
            Post(() => _ = DeactivateAsync());
        }
        if (_stage != Stage.Active)
        {
            return;
        }
        for (var index = 0; index < _waiting.Count; )
        {
            var call = _waiting[index];
            if (MayStart(call))
            {
                _waiting.RemoveAt(index);
                _running.Add(call);
                Post(() => _ = ServeAsync(call));
            }
            else
            {
                index++;
            }
        }
    }

    /// <summary>
    /// The rule of Orleans 10.4.2: a request waits while any running one objects, so readers overtake a writer that waits.
    /// </summary>
    private bool MayStart(Call call) =>
        call.AlwaysInterleaves
        || _class.IsReentrant
        || _running.All(running => running.AlwaysInterleaves || (running.IsReadOnly && call.IsReadOnly));

    private async Task ServeAsync(Call call)
    {
        Touch();
        Response response;
        try
        {
            call.Request.SetTarget(Context);
            response =
                _silo.Filters.Count == 0
                    ? await call.Request.Invoke()
                    : await new FilteredCall(this, call, _silo.Filters).InvokeAllAsync();
        }
        catch (Exception exception)
        {
            response = Response.FromException(exception);
        }
        if (response.Exception is InconsistentStateException)
        {
            Deactivate(new DeactivationReason(DeactivationReasonCode.ApplicationError, "The state is another one."));
        }
        _silo.Messaging.Answer(this, call, response);
        call.Request.Dispose();
        Touch();
        _running.Remove(call);
        Pump();
    }

    private async Task DeactivateAsync()
    {
        try
        {
            if (Grain is IGrainBase grain)
            {
                await grain.OnDeactivateAsync(_reason, CancellationToken.None);
            }
            await Context.Lifecycle.OnStop();
        }
        catch (Exception exception)
        {
            _silo.Remark($"{this} ended with {exception.GetType().Name}: {exception.Message}");
        }
        var waiting = _waiting.ToArray();
        End();
        foreach (var call in waiting)
        {
            _silo.Messaging.Deliver(call);
        }
    }

    private void End()
    {
        _stage = Stage.Gone;
        DisposeTimers();
        _waiting.Clear();
        _silo.Forget(this);
        (Grain as IDisposable)?.Dispose();
        _gone.SetResult();
    }

    private void DisposeTimers()
    {
        foreach (var timer in Timers.ToArray())
        {
            timer.Dispose();
        }
    }

    private void Touch() => UsedAt = Loop.Clock.Elapsed;
}
