using Actors.GrainInterfaces.MoodMessages;

namespace Actors.Grains.MoodMessages.Detection;

/// <summary>What speaks for each mood so far. One clear word weighs 1.</summary>
internal sealed class MoodScores
{
    private const double LeastConfidence = 40;

    /// <summary>Two moods of one side contradict each other only in part: who is afraid may well be sad.</summary>
    private const double OfOneSide = 0.4;

    /// <summary>Nobody is surer than this from words alone.</summary>
    private const double MostConfidence = 98;

    private static readonly MoodKind[] Felt =
    [
        MoodKind.Happy,
        MoodKind.Excited,
        MoodKind.Sad,
        MoodKind.Angry,
        MoodKind.Anxious,
    ];

    private readonly double[] _weights = new double[Enum.GetValues<MoodKind>().Length];

    public bool IsEmpty => Array.TrueForAll(_weights, static weight => weight == 0);

    public double this[MoodKind mood] => _weights[(int)mood];

    public void Add(MoodKind mood, double weight) => _weights[(int)mood] += weight;

    /// <summary>Confidence grows with what speaks for the strongest mood, and shrinks with what speaks for another.</summary>
    public DetectedMood Strongest()
    {
        var first = Felt.MaxBy(mood => this[mood]);
        var against = Felt.Where(mood => mood != first)
            .Max(mood => IsPleasant(mood) == IsPleasant(first) ? this[mood] * OfOneSide : this[mood]);
        return Sure(first, SureBy(this[first]) * (this[first] - against) / this[first]);
    }

    /// <summary>A mood, unless it is not sure enough.</summary>
    public static DetectedMood Sure(MoodKind mood, double confidence) =>
        confidence < LeastConfidence
            ? DetectedMood.Unknown
            : new DetectedMood(mood, (int)Math.Round(Math.Min(confidence, MostConfidence)));

    /// <summary>Each further word takes away the same part of the doubt.</summary>
    public static double SureBy(double weight) => 100 * (1 - Math.Pow(0.4, weight));

    private static bool IsPleasant(MoodKind mood) => mood is MoodKind.Happy or MoodKind.Excited;
}
