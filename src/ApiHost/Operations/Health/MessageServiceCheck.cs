using Actors.GrainInterfaces.Notifications;
using Actors.Hosting.Health;
using Actors.Journal;

namespace Actors.ApiHost.Operations.Health;

/// <summary>Whether messages arrive: an inbox answers, and no effect has been waiting in an outbox for long.</summary>
internal sealed class MessageServiceCheck(IGrainFactory grains, IServiceProvider services, TimeProvider time)
    : IHealthCheck
{
    private const string ProbeInbox = "health-check";

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    public string Name => "messageService";

    public async ValueTask<HealthFinding> Check()
    {
        await grains.GetGrain<INotificationInboxGrain>(ProbeInbox).List(1, 0);
        // Only the embedded journal knows all streams with unfinished work; a cluster shows it in each silo's metrics.
        var pending = services.GetService<IWakeIndex>()?.ListPending() ?? [];
        var longAgo = time.GetUtcNow() - Patience;
        var overdue = pending.Count(one => one.WakeAt < longAgo);
        return overdue == 0
            ? new HealthFinding(HealthStatus.Healthy, "Inboxes answer and nothing waits for delivery.")
            : new HealthFinding(HealthStatus.Degraded, $"{overdue} senders have been waiting for over a minute.");
    }
}
