namespace Actors.Journal.Logs;

/// <summary>
/// Those who wait for a batch. With a thread they share one task, which is the cheapest per append. By hand each has one of
/// its own: of several continuations of one task the runtime sends all but one to the thread pool.
/// </summary>
internal sealed class BatchWaiters(bool areShared)
{
    private readonly TaskCompletionSource? _shared = areShared
        ? new(TaskCreationOptions.RunContinuationsAsynchronously)
        : null;
    private readonly List<TaskCompletionSource> _single = [];

    // One task for all who come later: an exception that is put into a new task each time grows by the way of each who was told.
    private Task? _failed;

    /// <summary>A task that completes when the batch is durable. For callers that hold the log's lock.</summary>
    public Task Join()
    {
        if (_shared is not null)
        {
            return _shared.Task;
        }
        if (_failed is not null)
        {
            return _failed;
        }
        var waiter = new TaskCompletionSource();
        _single.Add(waiter);
        return waiter.Task;
    }

    public void Complete()
    {
        _shared?.SetResult();
        foreach (var waiter in _single)
        {
            waiter.SetResult();
        }
    }

    public void Fail(Exception failure)
    {
        _failed = Task.FromException(failure);
        _ = _failed.Exception;
        Fail(_shared, failure);
        foreach (var waiter in _single)
        {
            Fail(waiter, failure);
        }
    }

    private static void Fail(TaskCompletionSource? waiter, Exception failure)
    {
        waiter?.TrySetException(failure);
        // Whoever waited may be gone; the failure is not unobserved for that.
        _ = waiter?.Task.Exception;
    }
}
