using System.Collections.Frozen;

namespace Actors.Grains.MoodMessages.Detection;

/// <summary>Which words and phrases say what. Written as people write, without accents; see <see cref="MoodWords"/>.</summary>
internal sealed class Lexicon
{
    /// <summary>Words of the longest phrase.</summary>
    private const int LongestPhrase = 4;

    private const int ShortestStem = 4;
    private const int LongestStem = 12;

    private static readonly string[] Endings = ["o", "a", "os", "as"];

    private readonly FrozenDictionary<string, Meaning> _meanings;
    private readonly FrozenDictionary<string, Meaning> _stems;
    private readonly FrozenDictionary<string, double> _degrees;
    private readonly FrozenSet<string> _skipped;

    public Lexicon(
        IEnumerable<(Meaning Meaning, string Words)> meanings,
        IEnumerable<(double Degree, string Words)> degrees,
        string skipped
    )
    {
        var all = meanings
            .SelectMany(static one => Entries(one.Words).Select(word => (Word: word, one.Meaning)))
            .ToArray();
        _meanings = all.Where(static one => one.Word[^1] != '*')
            .DistinctBy(static one => one.Word)
            .ToFrozenDictionary(static one => one.Word, static one => one.Meaning);
        _stems = all.Where(static one => one.Word[^1] == '*')
            .DistinctBy(static one => one.Word)
            .ToFrozenDictionary(static one => one.Word[..^1], static one => one.Meaning);
        _degrees = degrees
            .SelectMany(static one => Entries(one.Words).Select(word => (Word: word, one.Degree)))
            .ToFrozenDictionary(static one => one.Word, static one => one.Degree);
        _skipped = Entries(skipped).ToFrozenSet();
    }

    /// <summary>What the longest phrase says that begins here.</summary>
    public Phrase PhraseAt(IReadOnlyList<Sign> signs, int at)
    {
        Span<string> words = [signs[at].Text, "", "", ""];
        var count = 1;
        while (count < LongestPhrase && at + count < signs.Count && signs[at + count].Kind == SignKind.Word)
        {
            words[count] = signs[at + count].Text;
            count++;
        }
        for (; count > 0; count--)
        {
            var phrase = count == 1 ? words[0] : string.Join(' ', words[..count]!);
            var meaning = _meanings.GetValueOrDefault(phrase) ?? (count == 1 ? ByStem(phrase) : null);
            var degree = _degrees.GetValueOrDefault(phrase, 1);
            if (meaning is not null || degree != 1 || _skipped.Contains(phrase))
            {
                return new Phrase(count, meaning, degree);
            }
        }
        return new Phrase(1, null, 1);
    }

    /// <summary>Words separated by commas; <c>@</c> stands for the endings o, a, os and as, and <c>*</c> for any.</summary>
    public static IEnumerable<string> Entries(string words) =>
        words
            .Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .SelectMany(static word =>
                word.Contains('@', StringComparison.Ordinal)
                    ? Endings.Select(ending => word.Replace("@", ending, StringComparison.Ordinal))
                    : [word]
            );

    private Meaning? ByStem(string word)
    {
        var stems = _stems.GetAlternateLookup<ReadOnlySpan<char>>();
        for (var length = Math.Min(LongestStem, word.Length); length >= ShortestStem; length--)
        {
            if (stems.TryGetValue(word.AsSpan(0, length), out var meaning))
            {
                return meaning;
            }
        }
        return null;
    }
}

/// <param name="Words">How many words it takes.</param>
/// <param name="Meaning">Null when it says nothing of a mood.</param>
/// <param name="Degree">How much more or less it makes of what follows; 1 for what is no degree.</param>
internal readonly record struct Phrase(int Words, Meaning? Meaning, double Degree);
