namespace Actors.Grains.Notifications.Webhooks;

/// <summary>An event that apps can be told of.</summary>
public abstract record TellableEvent
{
    /// <summary>
    /// True when somebody may have listened as it was decided: what follows from an event follows from it alone. Never
    /// false, so that it takes no room where nobody listens.
    /// </summary>
    public bool? Told { get; init; }
}
