using Actors.GrainInterfaces.Notifications;
using Actors.Journal;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Actors.ApiHost.Operations.Health;

/// <summary>Whether messages arrive: an inbox answers, and nobody who has to be woken has been waiting for long.</summary>
internal sealed class MessageServiceCheck(IGrainFactory grains, IServiceProvider services, TimeProvider time)
    : IHealthCheck
{
    private const string ProbeInbox = "health-check";

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    public async Task<HealthCheckResult> CheckHealthAsync(
        HealthCheckContext context,
        CancellationToken cancellationToken
    )
    {
        await grains.GetGrain<INotificationInboxGrain>(ProbeInbox).List(1, 0).WaitAsync(cancellationToken);
        // Only the embedded journal knows all streams with unfinished work; a cluster shows it in each silo's metrics.
        var pending = services.GetService<IWakeIndex>()?.ListPending() ?? [];
        var longAgo = time.GetUtcNow() - Patience;
        var overdue = pending.Count(one => one.WakeAt < longAgo);
        return overdue == 0
            ? HealthCheckResult.Healthy("Inboxes answer and nothing waits for delivery.")
            : HealthCheckResult.Degraded($"{overdue} senders have been waiting for over a minute.");
    }
}
