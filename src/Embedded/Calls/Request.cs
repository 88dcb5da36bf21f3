using System.Collections.Immutable;
using Actors.Embedded.Generated;

namespace Actors.Embedded;

/// <summary>A call that could not complete at once: it waits for its turn, or runs, or is answered.</summary>
internal abstract class Request(EmbeddedEngine engine, MethodMeter meter, CallFrame? caller, long started)
    : GatedItem,
        IThreadPoolWorkItem
{
    private CancellationTokenRegistration _cancellation;
    private int _settled;

    public override GrainMethodOptions Options => Meter.Method.Options;

    public override CallFrame? Caller { get; } = caller is { IsFinished: true } ? caller.Activation.RootFrame : caller;

    public override bool IsSettled => Volatile.Read(ref _settled) != 0;

    public long Deadline { get; } = started + meter.TimeoutTicks;

    /// <summary>Links of <see cref="PendingCalls"/>, which alone touches them.</summary>
    public PendingCalls.Links Pending;

    public MethodMeter Meter { get; } = meter;

    protected EmbeddedEngine Engine { get; } = engine;

    protected GrainReference? Reference { get; set; }

    protected CallFrame? Frame { get; set; }

    protected ImmutableDictionary<string, object>? Values { get; set; }

    protected bool IsOneWay => (Options & GrainMethodOptions.OneWay) != 0;

    public override void Reroute()
    {
        try
        {
            Reference!.Target.Push(this);
        }
        catch (Exception exception)
        {
            Reject(exception);
        }
    }

    public override void Reject(Exception reason)
    {
        if (TrySettle())
        {
            Meter.Record(Engine.Clock.Now - started, failed: true);
            PrepareFailure(reason);
            Schedule();
        }
    }

    /// <summary>The caller has waited long enough. What becomes of the call is not known to him.</summary>
    public void Expire() =>
        Reject(
            new TimeoutException(
                $"No answer within {Engine.Clock.ToTimeSpan(Meter.TimeoutTicks)} from {this}; "
                    + (HasStarted ? "its outcome is unknown." : "it has not started.")
            )
        );

    public override string ToString() => $"{Reference?.GrainId ?? Frame!.Activation.GrainId}.{Meter.Method.Name}";

    public void Schedule() => Engine.Schedule(this);

    /// <summary>Gives the answer, apart from the turn that found it.</summary>
    public abstract void Execute();

    protected abstract void PrepareFailure(Exception failure);

    /// <summary>From now on the caller waits: for the answer, for the time limit, or until he cancels.</summary>
    protected void Await(CancellationToken cancellation)
    {
        Engine.Pending.Add(this);
        if (cancellation.CanBeCanceled)
        {
            _cancellation = cancellation.UnsafeRegister(
                static (state, token) => ((Request)state!).Reject(new OperationCanceledException(token)),
                this
            );
        }
    }

    /// <summary>True for the first of those who want to answer.</summary>
    protected bool TrySettle()
    {
        if (Interlocked.Exchange(ref _settled, 1) != 0)
        {
            return false;
        }
        Engine.Pending.Remove(this);
        _cancellation.Unregister();
        return true;
    }

    protected void RecordEnd(Activation activation, Exception? failure)
    {
        var now = Engine.Clock.Now;
        activation.Touch(now);
        Frame!.Finish();
        if (failure is not null)
        {
            activation.NoteFault(failure);
        }
        if (!IsSettled)
        {
            Meter.Record(now - started, failure is not null);
        }
    }
}

internal sealed class Request<TCall, TReturn, TResult, TOutcome>(
    EmbeddedEngine engine,
    MethodMeter meter,
    CallFrame? caller,
    long started
) : Request(engine, meter, caller, started)
    where TCall : struct, IGrainCall<TReturn>
    where TOutcome : struct, IOutcome<TReturn, TResult>
{
    private readonly TaskCompletionSource<TResult> _answer = new();
    private TCall _call;
    private TReturn _returned = default!;
    private TResult _result = default!;
    private Exception? _failure;

    public override Task? Answer => IsOneWay ? null : _answer.Task;

    /// <summary>Sends the call to its activation.</summary>
    public Task<TResult> Send(
        GrainReference reference,
        Activation? target,
        in TCall call,
        CancellationToken cancellation
    )
    {
        Reference = reference;
        Values = RequestContext.Current;
        _call = call;
        if (IsOneWay)
        {
            _answer.SetResult(default!);
        }
        else
        {
            Await(cancellation);
        }
        if (target is not null)
        {
            target.Push(this);
        }
        else
        {
            Reroute();
        }
        return _answer.Task;
    }

    /// <summary>Takes over a call that began on its caller's thread and has to wait. In the turn.</summary>
    public Task<TResult> Adopt(Activation activation, CallFrame frame, TReturn returned, CancellationToken cancellation)
    {
        HasStarted = true;
        Frame = frame;
        frame.Answer = _answer.Task;
        activation.Begin(Options);
        Await(cancellation);
        _returned = returned;
        TOutcome.OnCompleted(returned, OnReturned);
        return _answer.Task;
    }

    public override void Begin(Activation activation)
    {
        Frame = new CallFrame(activation, Meter.Method, Caller) { Answer = Answer };
        SynchronizationContext.SetSynchronizationContext(Frame);
        if (Values is not null)
        {
            RequestContext.Current = Values;
        }
        try
        {
            _returned = activation.IsFiltered
                ? TOutcome.FromTask(InvokeFiltered(activation))
                : _call.Invoke(activation.GrainInstance!);
            if (!TOutcome.IsCompleted(_returned))
            {
                // The frame is the current context, so the continuation comes back to a turn of the activation.
                TOutcome.OnCompleted(_returned, OnReturned);
                return;
            }
        }
        catch (Exception exception)
        {
            _returned = TOutcome.FromTask(Task.FromException<TResult>(exception));
        }
        OnReturned();
    }

    public override void Execute()
    {
        if (_failure is null)
        {
            _answer.TrySetResult(_result);
        }
        else
        {
            _answer.TrySetException(_failure);
        }
    }

    protected override void PrepareFailure(Exception failure) => _failure = failure;

    private void OnReturned()
    {
        var activation = Frame!.Activation;
        Exception? failure = null;
        TResult result = default!;
        try
        {
            result = TOutcome.GetResult(_returned);
        }
        catch (Exception exception)
        {
            failure = exception;
        }
        RecordEnd(activation, failure);
        if (IsOneWay)
        {
            if (failure is not null)
            {
                Engine.Log.OneWayFaulted(failure, activation.GrainId, Meter.Method.Name);
            }
        }
        else if (TrySettle())
        {
            (_result, _failure) = (result, failure);
            Publish();
        }
        activation.End(Options);
    }

    private void Publish()
    {
        if (Caller is null)
        {
            // Whoever waits outside continues where the scheduler says, not inside this turn.
            LastAnswer.AfterTurn(this);
        }
        else
        {
            // The frame is current here, which keeps the awaiter's code out of this turn.
            Execute();
        }
    }

    private async Task<TResult> InvokeFiltered(Activation activation)
    {
        var context = new IncomingCallContext(
            activation,
            Meter.Method,
            Caller?.Activation.GrainId,
            async () => NoResult.Hide(await TOutcome.ToTask(_call.Invoke(activation.GrainInstance!)))
        );
        await context.Invoke();
        return context.ResultAs<TResult>();
    }
}
