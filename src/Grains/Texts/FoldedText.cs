using System.Globalization;
using System.Text;

namespace Actors.Grains.Texts;

/// <summary>
/// A text as it reads aloud: small plain letters, whatever dress they were typed in, and nothing that cannot be seen. Knows
/// where each character stands in the text as typed. Made in one pass.
/// </summary>
internal sealed class FoldedText
{
    private const char Tilde = '\u0303';

    private readonly StringBuilder _read;
    private readonly List<int> _starts;

    private FoldedText(string typed)
    {
        (_read, _starts) = (new StringBuilder(typed.Length), new List<int>(typed.Length + 1));
        for (var at = 0; at < typed.Length; )
        {
            at += typed[at] < 0x80 ? TakeAscii(typed[at], at) : TakeOther(typed, at);
        }
        _starts.Add(typed.Length);
        Read = _read.ToString();
    }

    /// <summary>Small letters a to z and ñ without accents, digits, and all else as it was.</summary>
    public string Read { get; }

    public static FoldedText Of(string typed) => new(typed);

    /// <summary>Where a character of <see cref="Read"/> begins in the text as typed.</summary>
    public int StartOf(int index) => _starts[index];

    /// <summary>Where the character before <paramref name="index"/> ends there, with what cannot be seen after it.</summary>
    public int EndBefore(int index)
    {
        // One typed character may read as several: those begin all at the same place.
        while (index < Read.Length && _starts[index] == _starts[index - 1])
        {
            index++;
        }
        return _starts[index];
    }

    private int TakeAscii(char typed, int at)
    {
        if (!char.IsControl(typed) || char.IsWhiteSpace(typed))
        {
            Add(char.ToLowerInvariant(typed), at);
        }
        return 1;
    }

    private int TakeOther(string typed, int at)
    {
        Rune.DecodeFromUtf16(typed.AsSpan(at), out var rune, out var units);
        if (LetterForms.Find(rune) is { } plain)
        {
            foreach (var letter in plain)
            {
                Add(letter, at);
            }
        }
        else if (rune.Value == Tilde && _read.Length > 0 && _read[^1] == 'n')
        {
            _read[^1] = 'ñ';
        }
        else if (!IsUnseen(rune))
        {
            Span<char> utf16 = stackalloc char[2];
            foreach (var unit in utf16[..Rune.ToLowerInvariant(rune).EncodeToUtf16(utf16)])
            {
                Add(unit, at);
            }
        }
        return units;
    }

    private void Add(char read, int at)
    {
        _read.Append(read);
        _starts.Add(at);
    }

    /// <summary>Accents that stand alone, joiners, marks of direction, and letters that are blank.</summary>
    private static bool IsUnseen(Rune rune) =>
        Rune.GetUnicodeCategory(rune)
            is UnicodeCategory.NonSpacingMark
                or UnicodeCategory.EnclosingMark
                or UnicodeCategory.Format
                or UnicodeCategory.Control
        || rune.Value is 0x115F or 0x1160 or 0x3164 or 0xFFA0;
}
