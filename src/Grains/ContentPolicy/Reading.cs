namespace Actors.Grains.ContentPolicy;

/// <summary>A word letter by letter: each once, with how often it stands in a row.</summary>
internal ref struct Reading(Span<char> letters, Span<int> rows)
{
    /// <summary>A longer one is no word of the policy.</summary>
    public const int Most = 64;

    private readonly Span<char> _letters = letters;
    private readonly Span<int> _rows = rows;
    private int _count;

    public readonly ReadOnlySpan<char> Letters => _letters[.._count];

    public readonly ReadOnlySpan<int> Rows => _rows[.._count];

    /// <summary>A number stays one; where there is a letter, digits and signs are taken for letters.</summary>
    /// <param name="one">What 1 is taken for.</param>
    /// <returns>False when there is nothing to read, or too much.</returns>
    public bool TryRead(ReadOnlySpan<char> word, char one)
    {
        _count = 0;
        var isNumber = !Lookalikes.HasLetter(word);
        foreach (var typed in word)
        {
            var letter = isNumber ? typed : Lookalikes.LetterFor(typed, one);
            if (!isNumber && _count > 0 && _letters[_count - 1] == letter)
            {
                _rows[_count - 1]++;
                continue;
            }
            if (_count == Most)
            {
                return false;
            }
            (_letters[_count], _rows[_count]) = (letter, 1);
            _count++;
        }
        return _count > 0;
    }
}
