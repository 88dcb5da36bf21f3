namespace Actors.Grains.ContentPolicy;

/// <summary>Digits and signs that people write for letters, such as 4 for a and $ for s.</summary>
internal static class Lookalikes
{
    /// <summary>What 1 and | are taken for, one after the other: both look like either letter.</summary>
    public static readonly char[] ReadingsOfOne = ['i', 'l'];

    public static char LetterFor(char read, char one) =>
        read switch
        {
            '0' => 'o',
            '1' or '|' => one,
            '!' => 'i',
            '3' or '€' => 'e',
            '4' or '@' => 'a',
            '5' or '$' => 's',
            '7' => 't',
            '8' => 'b',
            _ => read,
        };

    public static bool IsSign(char read) => read is '@' or '$' or '!' or '|' or '€';

    /// <summary>Where the word ends that begins at <paramref name="from"/>; nothing is a word of no characters.</summary>
    public static int EndOfWord(ReadOnlySpan<char> read, int from)
    {
        while (from < read.Length && (char.IsLetterOrDigit(read[from]) || IsSign(read[from])))
        {
            from++;
        }
        return from;
    }

    public static bool HasLetterOrDigit(ReadOnlySpan<char> read)
    {
        foreach (var one in read)
        {
            if (char.IsLetterOrDigit(one))
            {
                return true;
            }
        }
        return false;
    }

    public static bool HasLetter(ReadOnlySpan<char> read)
    {
        foreach (var one in read)
        {
            if (char.IsLetter(one))
            {
                return true;
            }
        }
        return false;
    }
}
