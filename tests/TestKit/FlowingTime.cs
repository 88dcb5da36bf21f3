namespace Actors.TestKit;

/// <summary>
/// Lets an engine's time pass at its natural pace between the jumps of a test, so that timeouts and retries which a jump
/// has set off come to their end.
/// </summary>
public sealed class FlowingTime : IAsyncDisposable
{
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(10);

    private readonly PeriodicTimer _timer = new(Tick);
    private readonly Task _flow;

    public FlowingTime(IGrainEngine engine) => _flow = FlowAsync(engine);

    public async ValueTask DisposeAsync()
    {
        _timer.Dispose();
        await _flow;
    }

    private async Task FlowAsync(IGrainEngine engine)
    {
        while (await _timer.WaitForNextTickAsync())
        {
            await engine.AdvanceAsync(Tick);
        }
    }
}
