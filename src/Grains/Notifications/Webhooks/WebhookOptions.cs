namespace Actors.Grains.Notifications.Webhooks;

/// <summary>The section <c>Webhooks</c> of the settings.</summary>
public sealed class WebhookOptions
{
    public const string Section = "Webhooks";

    /// <summary>Also takes http and loopback addresses; for tests and development. Default: false.</summary>
    public bool AllowInsecure { get; set; }

    /// <summary>How long an app may take to answer, in seconds, 0.1 to 20. Default: 10.</summary>
    public double TimeoutSeconds { get; set; } = 10;

    internal bool IsValid => TimeoutSeconds is >= 0.1 and <= 20;

    internal TimeSpan Timeout => TimeSpan.FromSeconds(TimeoutSeconds);
}
