using Actors.Grains.Durability;
using Actors.Grains.Notifications;

namespace Actors.Grains.Performers;

/// <summary>Who is told in words of what happens to a performer's calendar.</summary>
internal static class PerformerTellings
{
    public static IReadOnlyList<Effect> Of(string performerId, PerformerEvent @event) =>
        @event switch
        {
            CallEnded { Pauses: true } paused =>
            [
                NotificationEffects.Tell(performerId, NotificationKinds.CalendarPaused.Told(paused.At, new())),
                AdminAlerts.Tell(NotificationKinds.AlertCalendarPaused.Told(paused.At, new(Person: performerId))),
            ],
            PerformerReopened reopened =>
            [
                NotificationEffects.Tell(performerId, NotificationKinds.CalendarReopened.Told(reopened.At, new())),
            ],
            _ => [],
        };
}
