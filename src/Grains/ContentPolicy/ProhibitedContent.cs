using Actors.GrainInterfaces.ContentPolicy;
using Actors.GrainInterfaces.Outcomes;
using Actors.Grains.Texts;

namespace Actors.Grains.ContentPolicy;

/// <summary>
/// The policy made ready for looking at texts. Pure, and linear in the text. The one way for a feature: its grain asks
/// <see cref="PolicyInForce"/> for this before it decides, and <see cref="Screen"/>s what was decided.
/// </summary>
public sealed class ProhibitedContent
{
    public static readonly ProhibitedContent Nothing = new([], []);

    private readonly Dictionary<string, ProhibitedWord[]> _words;
    private readonly ProhibitedPattern[] _patterns;

    private ProhibitedContent(IReadOnlyList<string> words, IReadOnlyList<string> patterns)
    {
        _words = words
            .SelectMany(ProhibitedWord.Of)
            .GroupBy(static word => word.Letters, StringComparer.Ordinal)
            .ToDictionary(static group => group.Key, static group => group.ToArray(), StringComparer.Ordinal);
        _patterns = [.. patterns.Select(static pattern => new ProhibitedPattern(pattern))];
    }

    private bool IsEmpty => _words.Count == 0 && _patterns.Length == 0;

    public static ProhibitedContent Of(ContentPolicyView policy) => new(policy.Words, policy.Patterns);

    /// <summary>
    /// What was decided, unless it would save a text that is not allowed. Events carry what is new, so a text that stays as it
    /// was is not looked at again.
    /// </summary>
    /// <param name="refuse">Names the texts of an event that others read, and how each is refused.</param>
    public Outcome<T> Screen<T>(Outcome<T> decision, Func<T, ProhibitedContent, Refusal?> refuse) =>
        !IsEmpty && decision.Refusal is null && refuse(decision.Value!, this) is { } refusal ? refusal : decision;

    public bool IsIn(string? text)
    {
        if (IsEmpty || string.IsNullOrEmpty(text))
        {
            return false;
        }
        var folded = FoldedText.Of(text);
        return FindWords(folded, most: 1).Count > 0 || _patterns.Any(pattern => pattern.IsIn(text, folded));
    }

    /// <summary>Words first, then patterns, each in the order of the text; at most <see cref="ContentMatch.Most"/>.</summary>
    public IReadOnlyList<ContentMatch> Find(string text)
    {
        if (IsEmpty || text.Length == 0)
        {
            return [];
        }
        var folded = FoldedText.Of(text);
        var found = FindWords(folded, ContentMatch.Most);
        foreach (var pattern in _patterns)
        {
            found.AddRange(pattern.Find(text, folded, ContentMatch.Most).Take(ContentMatch.Most - found.Count));
        }
        return found;
    }

    private List<ContentMatch> FindWords(FoldedText folded, int most)
    {
        List<ContentMatch> found = [];
        var read = folded.Read.AsSpan();
        for (var at = 0; at < read.Length && found.Count < most && _words.Count > 0; )
        {
            var end = Lookalikes.EndOfWord(read, at);
            if (end > at && Find(read, at, end) is { } match)
            {
                var start = folded.StartOf(match.From);
                var length = folded.EndBefore(match.To) - start;
                found.Add(new ContentMatch(ContentEntryKind.Word, match.Word.Entry, start, length));
            }
            at = Math.Max(end, at + 1);
        }
        return found;
    }

    /// <summary>The word as it stands, and without the signs, or without the signs and digits, that it begins or ends with.</summary>
    private (ProhibitedWord Word, int From, int To)? Find(ReadOnlySpan<char> read, int from, int to)
    {
        ReadOnlySpan<int> begins = [from, AfterSigns(read, from, to), AfterSignsAndDigits(read, from, to)];
        ReadOnlySpan<int> ends = [to, BeforeSigns(read, from, to), BeforeSignsAndDigits(read, from, to)];
        for (var first = 0; first < begins.Length; first++)
        {
            for (var last = 0; last < ends.Length; last++)
            {
                var isNew =
                    (first == 0 || begins[first] != begins[first - 1]) && (last == 0 || ends[last] != ends[last - 1]);
                if (isNew && begins[first] < ends[last] && Find(read[begins[first]..ends[last]]) is { } word)
                {
                    return (word, begins[first], ends[last]);
                }
            }
        }
        return null;
    }

    private ProhibitedWord? Find(ReadOnlySpan<char> word)
    {
        var words = _words.GetAlternateLookup<ReadOnlySpan<char>>();
        var reading = new Reading(stackalloc char[Reading.Most], stackalloc int[Reading.Most]);
        foreach (var one in Lookalikes.ReadingsOfOne)
        {
            if (!reading.TryRead(word, one))
            {
                return null;
            }
            if (words.TryGetValue(reading.Letters, out var candidates))
            {
                foreach (var candidate in candidates)
                {
                    if (candidate.IsRead(reading.Rows))
                    {
                        return candidate;
                    }
                }
            }
            if (!word.ContainsAny('1', '|'))
            {
                return null;
            }
        }
        return null;
    }

    private static int AfterSigns(ReadOnlySpan<char> read, int from, int to)
    {
        while (from < to && Lookalikes.IsSign(read[from]))
        {
            from++;
        }
        return from;
    }

    private static int AfterSignsAndDigits(ReadOnlySpan<char> read, int from, int to)
    {
        while (from < to && !char.IsLetter(read[from]))
        {
            from++;
        }
        return from;
    }

    private static int BeforeSigns(ReadOnlySpan<char> read, int from, int to)
    {
        while (to > from && Lookalikes.IsSign(read[to - 1]))
        {
            to--;
        }
        return to;
    }

    private static int BeforeSignsAndDigits(ReadOnlySpan<char> read, int from, int to)
    {
        while (to > from && !char.IsLetter(read[to - 1]))
        {
            to--;
        }
        return to;
    }
}
