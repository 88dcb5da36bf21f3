using Actors.GrainInterfaces.MoodMessages;

namespace Actors.Grains.MoodMessages.Detection;

/// <summary>How a text sounds, by its words. Pure and linear.</summary>
public static class MoodDetectionRules
{
    private const double ExclamationWeighs = 0.25;
    private const int MostExclamations = 4;

    /// <summary>A pleasant text with so many exclamation marks, or loud, is more than pleasant.</summary>
    private const int ExclamationsOfExcitement = 2;

    public static DetectedMood Detect(string text)
    {
        var signs = Signs.Of(text);
        var scores = new MoodScores();
        new MoodListener(scores).Hear(signs.All);
        if (scores.IsEmpty)
        {
            return signs.Exclamations > 1 || signs.IsLoud ? DetectedMood.Unknown : Neutral(signs.All);
        }
        Raise(signs, scores);
        return scores.Strongest();
    }

    private static void Raise(Signs signs, MoodScores scores)
    {
        var marks = Math.Min(signs.Exclamations, MostExclamations) + (signs.IsLoud ? ExclamationsOfExcitement : 0);
        if (marks == 0)
        {
            return;
        }
        var pleasant = scores[MoodKind.Happy] + scores[MoodKind.Excited];
        if (pleasant > 0 && marks >= ExclamationsOfExcitement)
        {
            scores.Add(MoodKind.Excited, marks * ExclamationWeighs);
        }
        if (scores[MoodKind.Angry] > 0)
        {
            scores.Add(MoodKind.Angry, marks * ExclamationWeighs);
        }
    }

    /// <summary>Who says much that is known, and nothing of a mood, has none to show.</summary>
    private static DetectedMood Neutral(IReadOnlyList<Sign> signs)
    {
        string[] words = [.. signs.Where(static sign => sign.Kind == SignKind.Word).Select(static sign => sign.Text)];
        var known = words.Distinct(StringComparer.Ordinal).Count(MoodWords.Plain.Contains);
        var share = words.Length == 0 ? 0 : (double)words.Count(MoodWords.Plain.Contains) / words.Length;
        return share < 0.4
            ? DetectedMood.Unknown
            : MoodScores.Sure(MoodKind.Neutral, MoodScores.SureBy(known * 0.5) * Math.Min(1, share + 0.3));
    }
}
