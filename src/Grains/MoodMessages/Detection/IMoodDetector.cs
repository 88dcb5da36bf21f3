using Actors.GrainInterfaces.MoodMessages;

namespace Actors.Grains.MoodMessages.Detection;

/// <summary>
/// Hears the mood of a text. It may ask a service, so a grain asks it before it decides, never within a decision: whoever
/// awaits this decides anew on what is there afterwards.
/// </summary>
public interface IMoodDetector
{
    /// <summary>
    /// Unknown when nobody is sure, and when the answer does not come in its time. Throws only when
    /// <paramref name="cancellation"/> is what ends it. What is beyond <see cref="Longest"/> is not looked at.
    /// </summary>
    ValueTask<DetectedMood> DetectAsync(string text, CancellationToken cancellation = default);

    /// <summary>The same where nobody has to be asked: at once, and without a failure. Null when it takes a service.</summary>
    DetectedMood? DetectAtOnce(string text);

    /// <summary>UTF-16 units of a text that count.</summary>
    const int Longest = 2_000;
}
