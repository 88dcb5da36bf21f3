using Actors.Grains.Notifications.Webhooks;

namespace Actors.Simulation.Tests.Worlds;

/// <summary>An app outside. It outlives every process, so what reached it is written down outside.</summary>
internal sealed class SimulatedApp(ICollection<WebhookRequest> reached, FaultPlan faults, TimeProvider time)
    : IWebhookSender
{
    public async Task<WebhookAnswer> SendAsync(WebhookRequest request)
    {
        reached.Add(request);
        var answer = faults.NextForApp();
        await Task.Delay(faults.DelayOfDevice(), time);
        return answer;
    }
}
