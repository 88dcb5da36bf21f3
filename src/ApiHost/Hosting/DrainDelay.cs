using Actors.ApiHost.Operations;
using Actors.Hosting;

namespace Actors.ApiHost.Hosting;

/// <summary>
/// Keeps serving for a while after <c>/readyz</c> says that no more requests should come, because load balancers take that
/// long to notice. <c>Host:DrainSeconds</c>: 0 unless set, 0 to 20.
/// </summary>
internal sealed class DrainDelay(TimeSpan delay, Readiness readiness, TimeProvider time) : IHostedLifecycleService
{
    public static TimeSpan Read(IConfiguration settings) =>
        TimeSpan.FromSeconds(settings.WholeNumber("Host:DrainSeconds", 0, 0, 20));

    public Task StoppingAsync(CancellationToken cancellationToken)
    {
        readiness.Drain();
        return delay == TimeSpan.Zero ? Task.CompletedTask : Task.Delay(delay, time, cancellationToken);
    }

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
