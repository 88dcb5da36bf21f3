using System.Globalization;
using System.Text;

namespace Actors.Grains.Texts;

/// <summary>
/// Text that a person typed, kept as typed: where it is shown it is encoded for that place. Only what cannot be seen, or
/// makes a text read as another one, is left out.
/// </summary>
/// <param name="Kept">Null when the text is too long, or when nothing that can be seen is left of it.</param>
public readonly record struct PlainText(string? Kept, bool IsTooLong)
{
    /// <summary>The length comes first: nothing is spent on a text that is refused anyway.</summary>
    /// <param name="most">So many characters, as <see cref="TextLength"/> counts them.</param>
    public static PlainText Read(string? typed, int most) =>
        typed is null ? default
        : TextLength.IsWithin(typed, most) ? new PlainText(Seen(typed), IsTooLong: false)
        : new PlainText(null, IsTooLong: true);

    /// <summary>Whether there is something to read, all on one line.</summary>
    public bool IsOneLine => Kept is not null && !Kept.AsSpan().ContainsAny('\n', '\u2028', '\u2029');

    private static bool IsHidden(Rune rune) =>
        (Rune.IsControl(rune) && rune.Value != '\n')
        // Direction overrides can make a text read as another one. A half surrogate pair is read as the last one.
        || rune.Value is (>= 0x202A and <= 0x202E) or (>= 0x2066 and <= 0x2069) or 0xFFFD;

    private static string? Seen(string typed)
    {
        var text = HasHidden(typed) ? WithoutHidden(typed) : typed;
        var trimmed = text.Trim();
        return HasSomethingToSee(trimmed) ? trimmed : null;
    }

    private static bool HasHidden(string text)
    {
        // Most texts are ASCII that can be seen.
        if (!text.AsSpan().ContainsAnyExceptInRange(' ', '~'))
        {
            return false;
        }
        foreach (var rune in text.EnumerateRunes())
        {
            if (IsHidden(rune))
            {
                return true;
            }
        }
        return false;
    }

    private static string WithoutHidden(string text)
    {
        var seen = new StringBuilder(text.Length);
        Span<char> utf16 = stackalloc char[2];
        foreach (var rune in text.EnumerateRunes())
        {
            if (!IsHidden(rune))
            {
                seen.Append(utf16[..rune.EncodeToUtf16(utf16)]);
            }
        }
        return seen.ToString();
    }

    private static bool HasSomethingToSee(string text)
    {
        foreach (var rune in text.EnumerateRunes())
        {
            if (!Rune.IsWhiteSpace(rune) && Rune.GetUnicodeCategory(rune) != UnicodeCategory.Format)
            {
                return true;
            }
        }
        return false;
    }
}
