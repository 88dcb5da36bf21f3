using System.Globalization;
using System.Text.RegularExpressions;
using Actors.GrainInterfaces.ContentPolicy;
using Actors.GrainInterfaces.Outcomes;
using Actors.Grains.Texts;

namespace Actors.Grains.ContentPolicy;

/// <summary>
/// A regular expression that takes linear time. Linear is not cheap yet: each repetition is written out as often as it counts
/// to, and a character may cost as much as the whole is long. So the counts are bounded as well.
/// </summary>
internal sealed partial class ProhibitedPattern
{
    public const int MostRepeated = 100;

    /// <summary>Where nothing but an everyday text stands.</summary>
    private static readonly string[] Harmless = ["", "a b\nc"];

    private readonly Regex _expression;

    public ProhibitedPattern(string pattern) => (Pattern, _expression) = (pattern, Compile(pattern));

    public string Pattern { get; }

    /// <summary>Null when the pattern may be used.</summary>
    public static Refusal? Refuse(int index, string pattern)
    {
        if (CountsOf(pattern) > MostRepeated)
        {
            return ContentPolicyRefusals.PatternTooCostly(index, MostRepeated);
        }
        try
        {
            var expression = Compile(pattern);
            return Harmless.Any(text => MatchesNothing(expression, text))
                ? ContentPolicyRefusals.PatternOfNothing(index)
                : null;
        }
        catch (Exception fault) when (fault is ArgumentException or NotSupportedException)
        {
            return ContentPolicyRefusals.PatternUnreadable(index, fault.Message);
        }
    }

    /// <summary>Looks at a text as typed, and at how it reads.</summary>
    public bool IsIn(string typed, FoldedText folded) => _expression.IsMatch(typed) || _expression.IsMatch(folded.Read);

    /// <summary>The places of the text as typed that match either way, in order.</summary>
    public IEnumerable<ContentMatch> Find(string typed, FoldedText folded, int most)
    {
        SortedSet<(int Start, int Length)> places = [];
        foreach (var match in _expression.EnumerateMatches(typed))
        {
            places.Add((match.Index, match.Length));
            if (places.Count == most)
            {
                break;
            }
        }
        foreach (var match in _expression.EnumerateMatches(folded.Read))
        {
            var start = folded.StartOf(match.Index);
            places.Add((start, match.Length == 0 ? 0 : folded.EndBefore(match.Index + match.Length) - start));
            if (places.Count >= most)
            {
                break;
            }
        }
        return places.Select(place => new ContentMatch(ContentEntryKind.Pattern, Pattern, place.Start, place.Length));
    }

    private static Regex Compile(string pattern) =>
        new(pattern, RegexOptions.NonBacktracking | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);

    private static bool MatchesNothing(Regex expression, string text)
    {
        foreach (var match in expression.EnumerateMatches(text))
        {
            if (match.Length == 0)
            {
                return true;
            }
        }
        return false;
    }

    /// <summary>All counts multiplied, as if each stood within the one before: no pattern repeats more than that.</summary>
    private static long CountsOf(string pattern)
    {
        var counts = 1L;
        foreach (Match repetition in Repetition().Matches(pattern))
        {
            var most = repetition.Groups["most"].Success ? repetition.Groups["most"] : repetition.Groups["least"];
            counts *= Math.Max(
                1,
                int.TryParse(most.ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out var count)
                    ? count
                    : MostRepeated + 1
            );
            if (counts > MostRepeated)
            {
                break;
            }
        }
        return counts;
    }

    [GeneratedRegex(@"\{(?<least>[0-9]+)(,(?<most>[0-9]+)?)?\}", RegexOptions.ExplicitCapture)]
    private static partial Regex Repetition();
}
