namespace Actors.GrainInterfaces.Notifications.Webhooks;

/// <summary>The names that apps subscribe to.</summary>
public static class WebhookEventTypes
{
    /// <summary>A model's mood has become another one.</summary>
    public const string MoodChanged = "mood_changed";

    /// <summary>Sent on request to every subscription, so that an app can be tried out; nobody subscribes to it.</summary>
    public const string Test = "test";

    public static readonly IReadOnlyList<string> All = [MoodChanged];
}
