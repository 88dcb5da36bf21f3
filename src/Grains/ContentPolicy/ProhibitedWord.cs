using Actors.Grains.Texts;

namespace Actors.Grains.ContentPolicy;

/// <summary>
/// One way to read a word: its letters, and how often each stands in a row. Whoever stretches a word writes a letter three
/// times or more; once and twice are told apart, for good is no god.
/// </summary>
internal sealed class ProhibitedWord
{
    /// <summary>More letters in a row than any word of these languages has.</summary>
    private const int Stretched = 3;

    private readonly int[] _rows;

    private ProhibitedWord(string entry, Reading reading) =>
        (Entry, Letters, _rows) = (entry, reading.Letters.ToString(), reading.Rows.ToArray());

    /// <summary>As the policy has it.</summary>
    public string Entry { get; }

    /// <summary>Each letter once, however often it stands in a row.</summary>
    public string Letters { get; }

    /// <summary>All ways to read an entry; none when it is not one word.</summary>
    public static IReadOnlyList<ProhibitedWord> Of(string entry)
    {
        var read = FoldedText.Of(entry).Read.AsSpan();
        if (read.IsEmpty || Lookalikes.EndOfWord(read, 0) < read.Length || !Lookalikes.HasLetterOrDigit(read))
        {
            return [];
        }
        List<ProhibitedWord> words = [];
        var reading = new Reading(stackalloc char[Reading.Most], stackalloc int[Reading.Most]);
        foreach (var one in Lookalikes.ReadingsOfOne)
        {
            if (reading.TryRead(read, one))
            {
                words.Add(new ProhibitedWord(entry, reading));
            }
        }
        return words;
    }

    public bool IsRead(ReadOnlySpan<int> rows)
    {
        for (var index = 0; index < _rows.Length; index++)
        {
            if (rows[index] != _rows[index] && (rows[index] < Stretched || rows[index] < _rows[index]))
            {
                return false;
            }
        }
        return true;
    }
}
