using System.Runtime.CompilerServices;

namespace Actors.Embedded;

/// <summary>
/// Finds requests that can never start because the request that keeps them out waits, over a chain of calls, for them.
/// A request is suspect once it has to wait for an ancestor of its own; it is reported when every link of the chain is
/// awaited. One that merely was sent on the way, and that nobody awaits, will be served in its time.
/// </summary>
internal sealed class CallCycles
{
    private readonly List<(GatedItem Item, Activation Target)> _suspects = [];
    private int _count;

    public void Suspect(GatedItem item, Activation target)
    {
        if (BlockerOf(item, target) is not null)
        {
            lock (_suspects)
            {
                _suspects.Add((item, target));
                Volatile.Write(ref _count, _suspects.Count);
            }
        }
    }

    /// <summary>Called at the end of a turn, when what the turn awaits is known. Costs one read while there is no suspect.</summary>
    public void Examine()
    {
        if (Volatile.Read(ref _count) != 0)
        {
            ExamineSuspects();
        }
    }

    private static CallFrame? BlockerOf(GatedItem item, Activation target)
    {
        var frame = item.Answer is null || item.IsSettled || item.HasStarted ? null : item.Caller;
        while (frame is not null && (frame.Activation != target || frame.IsFinished || frame.NeverBlocks))
        {
            frame = frame.Parent;
        }
        return frame;
    }

    private static bool IsAwaitedUpTo(CallFrame blocker, GatedItem item)
    {
        if (!IsAwaited(item.Answer))
        {
            return false;
        }
        for (var frame = item.Caller; frame != blocker; frame = frame.Parent)
        {
            if (frame is null || !IsAwaited(frame.Answer))
            {
                return false;
            }
        }
        return true;
    }

    // The framework offers no other way to ask a task whether somebody waits for it.
    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "m_continuationObject")]
    private static extern ref object? ContinuationOf(Task task);

    private static bool IsAwaited(Task? answer) =>
        answer is not null && Volatile.Read(ref ContinuationOf(answer)) is not null;

    private void ExamineSuspects()
    {
        List<(GatedItem Item, GrainCallCycleException Report)> cycles = [];
        lock (_suspects)
        {
            for (var i = _suspects.Count - 1; i >= 0; i--)
            {
                var (item, target) = _suspects[i];
                var blocker = BlockerOf(item, target);
                var isProven = blocker is not null && IsAwaitedUpTo(blocker, item);
                if (isProven)
                {
                    cycles.Add((item, new GrainCallCycleException(ChainTo(item, blocker!))));
                }
                if (isProven || blocker is null)
                {
                    _suspects.RemoveAt(i);
                }
            }
            Volatile.Write(ref _count, _suspects.Count);
        }
        foreach (var (item, report) in cycles)
        {
            item.Reject(report);
        }
    }

    private static List<string> ChainTo(GatedItem item, CallFrame blocker)
    {
        List<string> chain = [item.ToString()!];
        for (var frame = item.Caller; frame is not null; frame = frame == blocker ? null : frame.Parent)
        {
            chain.Insert(0, frame.ToString());
        }
        return chain;
    }
}
