namespace Actors.Grains.Durability;

/// <summary>
/// Those who wait for a grain's next durable event. They share one task, so that an event costs nothing while nobody
/// follows, and the same however many do.
/// </summary>
/// <remarks>Runs on the scheduler of its grain: no locks, and nothing here is ever on two threads at once.</remarks>
internal sealed class Followers(TimeProvider time)
{
    /// <summary>Shorter than a call may take, so that the caller gets an answer and asks again.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private TaskCompletionSource? _next;

    /// <summary>Completes at the next <see cref="Tell"/>, at the latest after <see cref="Patience"/>.</summary>
    public async Task WaitAsync()
    {
        _next ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        try
        {
            await _next.Task.WaitAsync(Patience, time);
        }
        catch (TimeoutException)
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
