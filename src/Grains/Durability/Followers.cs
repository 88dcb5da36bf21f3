namespace Actors.Grains.Durability;

/// <summary>
/// Those who wait for a grain's next durable event. They share one task, so that an event costs nothing while nobody
/// follows, and the same however many do.
/// </summary>
/// <remarks>Runs on the scheduler of its grain: no locks, and nothing here is ever on two threads at once.</remarks>
internal sealed class Followers(TimeProvider time, CancellationToken stopping)
{
    /// <summary>Shorter than a call may take, so that the caller gets an answer and asks again.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    /// <summary>So that those who ask again while the process drains do not ask in a circle.</summary>
    private static readonly TimeSpan PatienceWhileStopping = TimeSpan.FromSeconds(1);

    private TaskCompletionSource? _next;

    /// <summary>
    /// Completes at the next <see cref="Tell"/>, at the latest after <see cref="Patience"/>. A process that is asked to stop
    /// lets everybody go: it could not end while they wait.
    /// </summary>
    public async Task WaitAsync()
    {
        // A plain one: completed asynchronously it would hand those who wait for a time to another thread.
        _next ??= new TaskCompletionSource();
        try
        {
            await (
                stopping.IsCancellationRequested
                    ? _next.Task.WaitAsync(PatienceWhileStopping, time, CancellationToken.None)
                    : _next.Task.WaitAsync(Patience, time, stopping)
            );
        }
        catch (Exception exception) when (exception is TimeoutException or OperationCanceledException)
        {
            // Nothing happened, and that is the answer.
        }
    }

    public void Tell()
    {
        var next = _next;
        _next = null;
        next?.SetResult();
    }
}
