using Actors.Embedded.Generated;
using Orleans.Storage;

namespace Actors.Embedded;

/// <summary>
/// A grain in memory: its mailbox and its turns. Whoever holds the turn, and nobody else, touches the fields below the
/// mailbox; the turn is one flag, taken by whoever finds it free and left to the scheduler where work remains.
/// </summary>
internal sealed class Activation : IGrainContext, IThreadPoolWorkItem
{
    private readonly ActivationLife _life;
    private Mailbox _mailbox;
    private int _turn;

    private WaitingLine _waiting;
    private Admission _admission;
    private long _lastUsed;

    public Activation(GrainClass grainClass, string key, long sequence, object? adopted = null)
    {
        Class = grainClass;
        Key = key;
        Sequence = sequence;
        RootFrame = new CallFrame(this, null, null).Finish();
        _life = new ActivationLife(this);
        _lastUsed = Engine.Clock.Now;
        if (adopted is not null)
        {
            _life.Adopt(adopted);
        }
    }

    public GrainClass Class { get; }

    public string Key { get; }

    /// <summary>Order of creation, for whatever must walk activations in an order that repeats.</summary>
    public long Sequence { get; }

    public EmbeddedEngine Engine => Class.Engine;

    /// <summary>The frame of work that belongs to no unfinished request of its own.</summary>
    public CallFrame RootFrame { get; }

    public GrainId GrainId => GrainId.Create(Class.Type, Key);

    public GrainReference GrainReference => Class.MainBinding.ReferenceTo(this);

    public object? GrainInstance => _life.Instance;

    public IServiceProvider ActivationServices => _life.Services;

    public Task Deactivated => _life.Deactivated;

    public bool IsDead => _life.State == LifeState.Dead;

    /// <summary>It runs nothing, and nothing waits for it. What another thread sees may be over already.</summary>
    public bool IsIdle =>
        Volatile.Read(ref _turn) == 0
        && _admission.Running == 0
        && _mailbox.IsEmpty
        && _waiting.IsEmpty
        && _life.State == LifeState.Active;

    public bool IsRunning => _admission.Running > 0;

    public long LastUsed => Volatile.Read(ref _lastUsed);

    /// <summary>The reference that <see cref="GrainBinding"/> handed out last.</summary>
    public GrainReference? CachedReference { get; set; }

    public static Activation Of(object grain) =>
        (grain as IGrainBase)?.GrainContext as Activation
        ?? throw new InvalidOperationException($"{grain.GetType()} was not activated by the embedded engine.");

    public void Deactivate(DeactivationReason deactivationReason, CancellationToken cancellationToken = default)
    {
        if (CallFrame.Current?.Activation == this)
        {
            // From its own turn: what waits already is left to the next activation.
            _life.AskToStop(deactivationReason);
        }
        Push(new Order(activation => activation._life.Stop(deactivationReason)));
    }

    public void DelayDeactivation(TimeSpan timeSpan) => _life.DelayDeactivation(timeSpan);

    /// <summary>Ends the activation if, at that turn, it has been unused for this long.</summary>
    public async Task CollectIfUnusedAsync(long ageTicks)
    {
        var isEnding = new TaskCompletionSource<bool>();
        Push(new Order(activation => isEnding.SetResult(activation.StopIfUnused(ageTicks))));
        if (await isEnding.Task)
        {
            await Deactivated;
        }
    }

    public bool MayBeCollected(long ageTicks) =>
        IsIdle && Engine.Clock.Now - LastUsed >= ageTicks && !_life.IsKeptAlive;

    public void AddTimer(GrainTimer timer) => _life.AddTimer(timer);

    public void RemoveTimer(GrainTimer timer) => _life.RemoveTimer(timer);

    public void Touch(long now) => Volatile.Write(ref _lastUsed, now);

    public bool Equals(IGrainContext? other) => ReferenceEquals(this, other);

    public override string ToString() => GrainId.ToString();

    /// <summary>Whether calls pass filters on their way in.</summary>
    public bool IsFiltered => Engine.IncomingFilters.Length > 0 || Class.FiltersItself;

    /// <summary>In a turn: a fault escapes a call. A stale record means that this activation knows nothing for sure.</summary>
    public void NoteFault(Exception fault)
    {
        if (fault is InconsistentStateException)
        {
            Deactivate(new DeactivationReason(DeactivationReasonCode.ApplicationError, fault, "The state is stale."));
        }
    }

    /// <summary>Hands over something to do, from any thread.</summary>
    public void Push(TurnItem item)
    {
        _mailbox.Add(item);
        Wake();
    }

    /// <summary>
    /// Takes the turn for a call on the caller's own thread, if the activation is idle enough to start it this instant.
    /// </summary>
    public bool TryEnter(GrainMethodOptions options)
    {
        if (Volatile.Read(ref _turn) != 0 || Interlocked.CompareExchange(ref _turn, 1, 0) != 0)
        {
            return false;
        }
        if (_life.AcceptsRequests && _admission.Admits(options, Class.IsReentrant))
        {
            return true;
        }
        Leave();
        return false;
    }

    /// <summary>Gives the turn back; what has arrived meanwhile gets the next one.</summary>
    public void Leave()
    {
        // A full fence: the mailbox must be looked at after the turn is seen as free, or an item could be left behind.
        Interlocked.Exchange(ref _turn, 0);
        if (!_mailbox.IsEmpty)
        {
            Wake();
        }
    }

    /// <summary>A turn given by the scheduler.</summary>
    public void Execute()
    {
        var outer = TurnScope.Enter();
        LastAnswer.BeginTurn(Engine);
        for (var left = Engine.ItemsPerTurn; left > 0 && !Engine.IsAbandoned && _mailbox.Take() is { } item; left--)
        {
            Run(item);
            TurnScope.Clean();
        }
        outer.Exit();
        if (_mailbox.HasOrdered)
        {
            Engine.Schedule(this);
        }
        else
        {
            Leave();
        }
        Engine.Cycles.Examine();
        LastAnswer.EndTurn();
    }

    /// <summary>In a turn: starts the work if the rules admit it, else lets it wait.</summary>
    public void Arrive(GatedItem item)
    {
        if (IsDead)
        {
            item.Reroute();
        }
        else if (Admits(item))
        {
            Start(item);
        }
        else
        {
            _waiting.Add(item);
            _life.ActivateFor(item);
            Engine.Cycles.Suspect(item, this);
        }
    }

    /// <summary>In a turn: counts work that runs, so that the rules know of it.</summary>
    public void Begin(GrainMethodOptions options) => _admission.Begin(options);

    /// <summary>In a turn: the work has ended, and others may start.</summary>
    public void End(GrainMethodOptions options)
    {
        _admission.End(options);
        StartWaiting();
        _life.StopWhenIdle();
    }

    /// <summary>In a turn: starts what waits, as far as the rules admit.</summary>
    public void StartWaiting()
    {
        while (!_waiting.IsEmpty && _admission.MayAdmitMore(Class.IsReentrant))
        {
            if (_waiting.TakeFirst(Admits) is not { } item)
            {
                return;
            }
            Start(item);
        }
    }

    /// <summary>In a turn: the activation has ended; those who wait are told, or try the next one.</summary>
    public void Dismiss(Exception? failure)
    {
        while (_waiting.TakeFirst(static _ => true) is { } item)
        {
            if (failure is null)
            {
                item.Reroute();
            }
            else
            {
                item.Reject(failure);
            }
        }
    }

    private void Run(TurnItem item)
    {
        try
        {
            item.Run(this);
        }
        catch (Exception exception)
        {
            // An async void method of the grain; everything else hands its faults to whoever waits.
            Engine.Log.TurnFaulted(exception, GrainId);
        }
    }

    private void Start(GatedItem item)
    {
        if (item.IsSettled)
        {
            return;
        }
        item.HasStarted = true;
        Begin(item.Options);
        item.Begin(this);
        TurnScope.Clean();
    }

    private bool Admits(GatedItem item)
    {
        var mayBegin = _life.AcceptsRequests || (_life.IsDraining && IsMadeByMe(item));
        return mayBegin && _admission.Admits(item.Options, Class.IsReentrant);
    }

    /// <summary>An activation that ends still serves those calls that its own unfinished requests wait for.</summary>
    private bool IsMadeByMe(GatedItem item)
    {
        for (var frame = item.Caller; frame is not null; frame = frame.Parent)
        {
            if (frame.Activation == this)
            {
                return true;
            }
        }
        return false;
    }

    private bool StopIfUnused(long ageTicks)
    {
        var isUnused = Engine.Clock.Now - LastUsed >= ageTicks && !_life.IsKeptAlive && !IsRunning && _waiting.IsEmpty;
        if (isUnused)
        {
            _life.Stop(new DeactivationReason(DeactivationReasonCode.ActivationIdle, "The activation was not used."));
        }
        return isUnused;
    }

    private void Wake()
    {
        if (Volatile.Read(ref _turn) == 0 && Interlocked.CompareExchange(ref _turn, 1, 0) == 0)
        {
            Engine.Schedule(this);
        }
    }
}
