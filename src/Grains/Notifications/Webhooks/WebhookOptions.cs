namespace Actors.Grains.Notifications.Webhooks;

/// <summary>The section <c>Webhooks</c> of the settings.</summary>
public sealed record WebhookOptions
{
    /// <summary>Also takes http and loopback addresses; for tests and development. Default: false.</summary>
    public bool AllowInsecure { get; init; }

    /// <summary>How long an app may take to answer, in seconds, 1–20. Default: 10.</summary>
    public double TimeoutSeconds { get; init; } = 10;

    internal TimeSpan Timeout =>
        TimeoutSeconds is >= 1 and <= 20
            ? TimeSpan.FromSeconds(TimeoutSeconds)
            : throw new InvalidOperationException("Webhooks:TimeoutSeconds is a number from 1 to 20.");
}
