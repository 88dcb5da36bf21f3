namespace Actors.TestKit;

/// <summary>Lets a clock go at its natural pace until it is disposed of.</summary>
internal sealed class FlowingTime : IAsyncDisposable
{
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(10);

    private readonly PeriodicTimer _timer = new(Tick);
    private readonly Task _flow;

    public FlowingTime(ManualTime time) => _flow = FlowAsync(time);

    public async ValueTask DisposeAsync()
    {
        _timer.Dispose();
        await _flow;
    }

    private async Task FlowAsync(ManualTime time)
    {
        while (await _timer.WaitForNextTickAsync())
        {
            time.Advance(Tick);
        }
    }
}
