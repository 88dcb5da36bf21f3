using System.Runtime.ExceptionServices;
using System.Threading.Tasks.Sources;

namespace Actors.Grains.Durability;

/// <summary>
/// Lets turns of one grain wait for another of its turns. They continue inside the turn that completes it, one after the
/// other, each in the context that it waited in: no task, no trip through the mailbox.
/// </summary>
/// <remarks>Runs on the scheduler of its grain: it is never waited for or completed from two threads at once.</remarks>
internal abstract class TurnSignal : IValueTaskSource
{
    private ValueTaskSourceStatus _status = ValueTaskSourceStatus.Pending;
    private ExceptionDispatchInfo? _failure;
    private Waiter _first;
    private List<Waiter>? _others;

    /// <summary>For one await; ask again for another.</summary>
    protected ValueTask Completion => new(this, token: 0);

    /// <summary>The last thing to do in a step: whoever waited runs at once, and may go far.</summary>
    protected void Complete(Exception? failure = null)
    {
        _failure = failure is null ? null : ExceptionDispatchInfo.Capture(failure);
        _status = failure is null ? ValueTaskSourceStatus.Succeeded : ValueTaskSourceStatus.Faulted;
        var current = SynchronizationContext.Current;
        _first.Continue();
        for (var index = 0; index < (_others?.Count ?? 0); index++)
        {
            _others![index].Continue();
        }
        SynchronizationContext.SetSynchronizationContext(current);
        (_first, _others) = (default, null);
    }

    ValueTaskSourceStatus IValueTaskSource.GetStatus(short token) => _status;

    void IValueTaskSource.GetResult(short token)
    {
        if (_status == ValueTaskSourceStatus.Pending)
        {
            throw new InvalidOperationException("A turn cannot block until another one is over.");
        }
        _failure?.Throw();
    }

    /// <summary>An awaiting method brings its execution context along; only where it is to continue is kept here.</summary>
    void IValueTaskSource.OnCompleted(
        Action<object?> continuation,
        object? state,
        short token,
        ValueTaskSourceOnCompletedFlags flags
    )
    {
        var wantsContext = (flags & ValueTaskSourceOnCompletedFlags.UseSchedulingContext) != 0;
        var waiter = new Waiter(continuation, state, wantsContext ? SynchronizationContext.Current : null);
        if (_first.Continuation is null)
        {
            _first = waiter;
        }
        else
        {
            (_others ??= []).Add(waiter);
        }
    }

    private readonly record struct Waiter(Action<object?>? Continuation, object? State, SynchronizationContext? Context)
    {
        public void Continue()
        {
            SynchronizationContext.SetSynchronizationContext(Context);
            Continuation?.Invoke(State);
        }
    }
}
