using Actors.Embedded.Generated;

namespace Actors.Embedded;

/// <summary>
/// The way of one call. If its activation is idle, the call takes the turn on the caller's own thread: no queue, no
/// hop, nothing allocated but the frame; if it does not complete at once, or could not start, it becomes a request.
/// </summary>
internal static class CallPath<TCall, TReturn, TResult, TOutcome>
    where TCall : struct, IGrainCall<TReturn>
    where TOutcome : struct, IOutcome<TReturn, TResult>
{
    public static TReturn Send(
        GrainReference reference,
        GrainMethod method,
        in TCall call,
        CancellationToken cancellation
    )
    {
        var engine = reference.Engine;
        if (cancellation.IsCancellationRequested)
        {
            return TOutcome.FromTask(Task.FromCanceled<TResult>(cancellation));
        }
        var meter = reference.Binding.Meters[method.Index];
        Activation? target = null;
        if (engine.TakesShortcuts && meter.MayRunInline && TurnScope.HasRoom)
        {
            target = reference.Target;
            if (target.TryEnter(method.Options))
            {
                return RunInline(target, meter, call, cancellation);
            }
        }
        return TOutcome.FromTask(
            engine.OutgoingFilters.Length == 0
                ? Enqueue(reference, target, meter, call, cancellation)
                : SendFiltered(reference, meter, call, cancellation)
        );
    }

    private static TReturn RunInline(
        Activation target,
        MethodMeter meter,
        in TCall call,
        CancellationToken cancellation
    )
    {
        var engine = target.Engine;
        var started = engine.Clock.Now;
        var caller = CallFrame.Current;
        // Nothing can wait for a request of a reentrant grain to make way, so one from outside needs no name.
        var isShared = caller is null && target.Class.IsReentrant;
        var frame = isShared ? target.RootFrame : new CallFrame(target, meter.Method, caller);
        var scope = TurnScope.EnterInline(frame);
        TReturn returned;
        try
        {
            returned = call.Invoke(target.GrainInstance!);
            if (!TOutcome.IsCompleted(returned))
            {
                meter.NoteSlice(engine.Clock.Now - started);
                var request = new Request<TCall, TReturn, TResult, TOutcome>(engine, meter, caller, started);
                returned = TOutcome.FromTask(request.Adopt(target, frame, returned, cancellation));
            }
            else
            {
                if (!TOutcome.IsSuccess(returned))
                {
                    // Throws what the call failed with.
                    TOutcome.GetResult(returned);
                }
                var now = engine.Clock.Now;
                meter.NoteSlice(now - started);
                meter.Record(now - started, failed: false);
                target.Touch(now);
                frame.Finish();
            }
        }
        catch (Exception exception)
        {
            var now = engine.Clock.Now;
            meter.Record(now - started, failed: true);
            target.Touch(now);
            target.NoteFault(exception);
            frame.Finish();
            returned = TOutcome.FromTask(Task.FromException<TResult>(exception));
        }
        scope.Exit();
        target.Leave();
        engine.Cycles.Examine();
        return returned;
    }

    private static Task<TResult> Enqueue(
        GrainReference reference,
        Activation? target,
        MethodMeter meter,
        in TCall call,
        CancellationToken cancellation
    )
    {
        var engine = reference.Engine;
        var caller = CallFrame.Current;
        if (engine.Refuses(caller) is { } refusal)
        {
            return Task.FromException<TResult>(refusal);
        }
        var request = new Request<TCall, TReturn, TResult, TOutcome>(engine, meter, caller, engine.Clock.Now);
        return request.Send(reference, target, call, cancellation);
    }

    private static async Task<TResult> SendFiltered(
        GrainReference reference,
        MethodMeter meter,
        TCall call,
        CancellationToken cancellation
    )
    {
        var context = new OutgoingCallContext(
            reference,
            meter.Method,
            CallFrame.Current?.Activation,
            async () => NoResult.Hide(await Enqueue(reference, null, meter, call, cancellation))
        );
        await context.Invoke();
        return context.ResultAs<TResult>();
    }
}
