using Actors.ApiHost.Operations;

namespace Actors.ApiHost.Hosting;

/// <summary>
/// Keeps serving for a while after <c>/readyz</c> says that no more requests should come, because load balancers take that
/// long to notice.
/// </summary>
internal sealed class DrainDelay(StopOptions options, Readiness readiness, TimeProvider time) : IHostedLifecycleService
{
    private readonly TimeSpan _delay = TimeSpan.FromSeconds(options.DrainSeconds);

    public Task StoppingAsync(CancellationToken cancellationToken)
    {
        readiness.Drain();
        return _delay == TimeSpan.Zero ? Task.CompletedTask : Task.Delay(_delay, time, cancellationToken);
    }

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
