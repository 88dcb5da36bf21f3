using Actors.GrainInterfaces.MoodMessages;

namespace Actors.Grains.MoodMessages.Detection;

/// <summary>What a word or picture says of a mood. One clear word weighs 1.</summary>
/// <param name="Denied">What it says after "not": little of its opposite, or nothing.</param>
internal sealed record Meaning(MoodKind Mood, double Weight, (MoodKind Mood, double Weight) Denied)
{
    public static Meaning Of(MoodKind mood, double weight) =>
        new(
            mood,
            weight,
            mood switch
            {
                MoodKind.Happy => (MoodKind.Sad, weight * 0.9),
                MoodKind.Excited => (MoodKind.Sad, weight * 0.4),
                MoodKind.Sad => (MoodKind.Happy, weight * 0.8),
                _ => (mood, 0),
            }
        );

    /// <summary>Who is calm shows little; who is not calm is anxious.</summary>
    public static readonly Meaning Calm = new(MoodKind.Happy, 0.5, (MoodKind.Anxious, 1));
}
