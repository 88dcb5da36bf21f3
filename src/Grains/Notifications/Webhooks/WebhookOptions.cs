using System.ComponentModel.DataAnnotations;
using Actors.Grains.Hosting;

namespace Actors.Grains.Notifications.Webhooks;

[Settings("Webhooks")]
public sealed record WebhookOptions
{
    [Setting("Also takes http and loopback addresses; for tests and development.")]
    public bool AllowInsecure { get; init; }

    [Setting("Seconds that an app may take to answer."), Range(0.1, 20.0)]
    public double TimeoutSeconds { get; init; } = 10;

    internal TimeSpan Timeout => TimeSpan.FromSeconds(TimeoutSeconds);
}
