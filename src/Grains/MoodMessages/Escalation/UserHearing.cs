using Actors.GrainInterfaces.MoodMessages;
using Actors.Grains.MoodMessages.Detection;

namespace Actors.Grains.MoodMessages.Escalation;

/// <summary>Listens to what users write as they send it, as far as nobody else has to be asked for that.</summary>
public sealed class UserHearing(IMoodDetector detector, EscalationOptions options)
{
    /// <param name="text">What the user sends.</param>
    /// <param name="before">How many messages before it, in a row, sounded distressed.</param>
    public HeardText Hear(string text, int before) =>
        !options.IsOn ? HeardText.Nothing
        : detector.DetectAtOnce(text) is not { } mood ? HeardText.Later
        : new HeardText(EscalationRules.Continue(before, mood, options), IsToHear: false);
}

/// <param name="Distress">Null for what does not sound distressed.</param>
/// <param name="IsToHear">It takes a service to tell, which is asked after the message was sent.</param>
public readonly record struct HeardText(Distress? Distress, bool IsToHear)
{
    public static readonly HeardText Nothing = new(null, IsToHear: false);
    public static readonly HeardText Later = new(null, IsToHear: true);
}

/// <param name="InARow">So many messages of the user sound so, with this one.</param>
/// <param name="Alarm">How this one sounds, when these are so many that the system acts.</param>
public sealed record Distress(int InARow, DetectedMood? Alarm = null);
