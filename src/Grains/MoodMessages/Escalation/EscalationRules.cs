using System.Collections.Immutable;
using Actors.GrainInterfaces.MoodMessages;

namespace Actors.Grains.MoodMessages.Escalation;

/// <summary>When the system acts on how a user sounds. Pure: knows no grain, no clock, no storage.</summary>
public static class EscalationRules
{
    public static EscalationState Evolve(EscalationState state, EscalationEvent @event) =>
        @event switch
        {
            MessageToHear message => state with
            {
                ToHear = Newest(state.ToHear.Add(message.Number)),
                Since = state.Since ?? message.At,
            },
            MessagesHeard heard => Hear(state, heard),
            Escalated escalated => state with { Day = escalated.Day },
            _ => throw new InvalidOperationException($"Unknown event {@event.GetType().Name}."),
        };

    /// <summary>The last messages all sound distressed, and the system has not acted on this day; null when that is not so.</summary>
    public static Escalated? Decide(EscalationState state, EscalationOptions options, DateTimeOffset now)
    {
        var day = DayOf(now);
        if (!options.IsOn || state.Day >= day || state.Heard.Length < options.Messages)
        {
            return null;
        }
        var last = state.Heard[^options.Messages..];
        return last.All(heard => IsDistressed(heard.Mood) && heard.Confidence >= options.Confidence)
            ? new Escalated(now, last[^1].Number, last[^1].Mood, last[^1].Confidence, day)
            : null;
    }

    /// <summary>The same for a message that was listened to as it was sent, and is one too many.</summary>
    public static Escalated? Decide(EscalationState state, UserWrote message, DetectedMood alarm, DateTimeOffset now)
    {
        var day = DayOf(message.At);
        return state.Day >= day ? null : new Escalated(now, message.Number, alarm.Mood, alarm.Confidence, day);
    }

    /// <summary>How a message goes on from those before it; null when it does not sound distressed, so that the row ends.</summary>
    /// <param name="before">How many in a row sounded so.</param>
    public static Distress? Continue(int before, DetectedMood mood, EscalationOptions options) =>
        IsDistressed(mood.Mood) && mood.Confidence >= options.Confidence
            ? new Distress(before + 1, before + 1 >= options.Messages ? mood : null)
            : null;

    private static int DayOf(DateTimeOffset at) => DateOnly.FromDateTime(at.UtcDateTime).DayNumber;

    private static bool IsDistressed(MoodKind mood) => mood is MoodKind.Angry or MoodKind.Sad or MoodKind.Anxious;

    private static EscalationState Hear(EscalationState state, MessagesHeard heard)
    {
        var rest = state.ToHear.RemoveAll(number => heard.Messages.Any(message => message.Number == number));
        return state with
        {
            ToHear = rest,
            Since = rest.IsEmpty ? null : heard.At,
            Heard = Newest(state.Heard.AddRange(heard.Messages)),
        };
    }

    private static ImmutableArray<T> Newest<T>(ImmutableArray<T> all) =>
        all.Length > EscalationOptions.MostMessages ? all[^EscalationOptions.MostMessages..] : all;
}
