using Actors.GrainInterfaces.Identity;
using Actors.GrainInterfaces.MoodAnalytics;
using Actors.GrainInterfaces.Moods;
using Actors.GrainInterfaces.Notifications;
using Actors.Grains.Notifications;

namespace Actors.Grains.Moods;

/// <summary>How mood events read: as entries of the audit, and as what the model is told.</summary>
public static class MoodAudit
{
    public static MoodTransition Entry(long version, MoodEvent @event)
    {
        var (message, actor, reason) = @event switch
        {
            MoodSet set => (set.CustomMessage, set.Actor, null),
            MoodOverridden overridden => (overridden.CustomMessage, overridden.Actor, overridden.Reason),
            _ => (null, Actor.System, null),
        };
        return new MoodTransition(version, @event.PreviousState, @event.State, message, @event.At, actor, reason);
    }

    public static MoodChange ChangeOf(string modelId, MoodEvent @event, long version) =>
        new(modelId, version, @event.PreviousState, @event.State, @event.At, @event is MoodSet);

    public static Notification? NotificationFor(MoodEvent @event) =>
        @event switch
        {
            MoodExpired expired => NotificationKinds.MoodReset.Told(
                expired.At,
                new(State: Name(expired.PreviousState))
            ),
            MoodOverridden overridden => NotificationKinds.MoodOverridden.Told(
                overridden.At,
                new(State: Name(overridden.State), Until: overridden.ExpiresAt, Reason: overridden.Reason)
            ),
            _ => null,
        };

    private static string Name(MoodState state) =>
        state switch
        {
            MoodState.Positive => "positive",
            MoodState.Negative => "negative",
            _ => "neutral",
        };
}
