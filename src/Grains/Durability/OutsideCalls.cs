namespace Actors.Grains.Durability;

/// <summary>
/// What one activation has asked of others outside of the platform. It is nobody's turn: the grain serves others while they
/// take their time. What is lost here with the activation is asked again when its time has come.
/// </summary>
/// <remarks>Runs on the scheduler of its grain: no locks, and nothing here is ever on two threads at once.</remarks>
internal sealed class OutsideCalls(TimeProvider time)
{
    private static readonly TimeSpan WaitAtMost = TimeSpan.FromSeconds(5);

    private readonly HashSet<Task> _running = [];
    private bool _ended;

    /// <param name="ask">Answers, whatever happens.</param>
    /// <param name="settle">A turn of the grain.</param>
    public void Begin<TAnswer>(Func<Task<TAnswer>> ask, Func<TAnswer, Task> settle)
    {
        var running = RunAsync(ask, settle);
        if (!running.IsCompleted)
        {
            _running.Add(running);
            _ = ForgetAsync(running);
        }
    }

    /// <summary>Lets what is under way come to an answer, within reason.</summary>
    public async Task EndAsync()
    {
        try
        {
            await Task.WhenAll(_running).WaitAsync(WaitAtMost, time);
        }
        catch (TimeoutException)
        {
            // What is still under way is tried again by the next activation.
        }
        _ended = true;
    }

    private async Task RunAsync<TAnswer>(Func<Task<TAnswer>> ask, Func<TAnswer, Task> settle)
    {
        try
        {
            var answer = await ask();
            if (!_ended)
            {
                await settle(answer);
            }
        }
        catch (Exception fault) when (StorageFaults.IsFailedCommit(fault))
        {
            // The activation is dropped because storage failed; the next one tries again.
        }
    }

    private async Task ForgetAsync(Task running)
    {
        await running.ConfigureAwait(
            ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext
        );
        _running.Remove(running);
    }
}
