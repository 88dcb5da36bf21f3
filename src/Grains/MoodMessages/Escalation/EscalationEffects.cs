using System.Globalization;
using Actors.GrainInterfaces.Conversations;
using Actors.GrainInterfaces.Identity;
using Actors.GrainInterfaces.MoodMessages;
using Actors.GrainInterfaces.Notifications;
using Actors.Grains.Durability;
using Actors.Grains.Notifications;

namespace Actors.Grains.MoodMessages.Escalation;

/// <summary>What the system does: a word to the user, one to the model, and one to the admins.</summary>
internal static class EscalationEffects
{
    public static IReadOnlyList<Effect> Of(ConversationId id, EscalationEvent @event) =>
        @event is Escalated escalated ? [ToUser(id, escalated), ToModel(id, escalated), ToAdmins(id, escalated)] : [];

    /// <summary>One a day: its id follows from the day.</summary>
    private static Effect ToUser(ConversationId id, Escalated escalated)
    {
        var command = new SendMoodMessage(
            MoodMessageSender.System,
            MoodMessageType.EscalationAuto,
            ModelId.Parse(id.PeerId),
            UserId.Parse(id.UserId),
            Content: null,
            Heard: new DetectedMood(escalated.Mood, escalated.Confidence)
        );
        var day = escalated.Day.ToString(CultureInfo.InvariantCulture);
        return Effect.To<IMoodMessageGrain>(
            MoodMessageIds.Of(MoodMessageSender.System, id.ToString(), day),
            (message, _) => message.Send(command)
        );
    }

    private static Effect ToModel(ConversationId id, Escalated escalated) =>
        NotificationEffects.Tell(
            id.PeerId,
            NotificationKinds.Escalation.Told(
                escalated.At,
                new NotificationFacts(Person: id.UserId, State: NameOf(escalated.Mood))
            )
        );

    private static Effect ToAdmins(ConversationId id, Escalated escalated)
    {
        var report = new ConversationReport(id, 0, Side.User, escalated.Number, "", escalated.At, escalated.Mood);
        return Effect.To<IConversationReportsGrain>(
            IConversationReportsGrain.OnlyKey,
            (reports, delivery) => reports.Receive(delivery, report)
        );
    }

    private static string NameOf(MoodKind mood) =>
        mood switch
        {
            MoodKind.Angry => "angry",
            MoodKind.Sad => "sad",
            _ => "anxious",
        };
}
