using Actors.GrainInterfaces.MoodMessages;

namespace Actors.Grains.MoodMessages.Detection;

/// <summary>
/// The one that is built in: word lists, English and Spanish, mixed as they come. The same text sounds the same every time.
/// </summary>
internal sealed class WordMoodDetector : IMoodDetector
{
    public ValueTask<DetectedMood> DetectAsync(string text, CancellationToken cancellation = default) =>
        new(MoodDetectionRules.Detect(text));

    public DetectedMood? DetectAtOnce(string text) => MoodDetectionRules.Detect(text);
}
