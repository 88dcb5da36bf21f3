namespace Actors.Embedded;

/// <summary>
/// Keeps the caller's ambient values out of a turn, and the turn's out of the caller: what crosses a call is the request
/// context alone.
/// </summary>
internal readonly struct TurnScope
{
    // A call may begin within a call within a call on one stack; deeper ones go through the queue.
    private const int MaxDepth = 16;

    [ThreadStatic]
    private static int _depth;

    private static readonly ExecutionContext Empty = CaptureEmpty();

    private readonly SynchronizationContext? _synchronization;
    private readonly ExecutionContext? _execution;

    private TurnScope(SynchronizationContext? synchronization, ExecutionContext? execution)
    {
        _synchronization = synchronization;
        _execution = execution;
    }

    public static TurnScope Enter()
    {
        _depth++;
        var scope = new TurnScope(SynchronizationContext.Current, ExecutionContext.Capture());
        Clean();
        return scope;
    }

    /// <summary>Whether a turn can be taken on this stack.</summary>
    public static bool HasRoom => _depth < MaxDepth && !ExecutionContext.IsFlowSuppressed();

    /// <summary>A turn on the caller's own thread, which inherits the request context.</summary>
    public static TurnScope EnterInline(CallFrame frame)
    {
        var values = RequestContext.Current;
        var scope = Enter();
        SynchronizationContext.SetSynchronizationContext(frame);
        if (values is not null)
        {
            RequestContext.Current = values;
        }
        return scope;
    }

    /// <summary>Between two items of a turn.</summary>
    public static void Clean()
    {
        ExecutionContext.Restore(Empty);
        SynchronizationContext.SetSynchronizationContext(null);
    }

    public void Exit()
    {
        _depth--;
        ExecutionContext.Restore(_execution ?? Empty);
        SynchronizationContext.SetSynchronizationContext(_synchronization);
    }

    private static ExecutionContext CaptureEmpty()
    {
        // Only a thread started without flow is sure to have no ambient values.
        ExecutionContext? empty = null;
        var thread = new Thread(() => empty = ExecutionContext.Capture());
        thread.UnsafeStart();
        thread.Join();
        return empty!;
    }
}
