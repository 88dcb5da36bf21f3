using System.Globalization;
using System.Text;

namespace Actors.Grains.Texts;

/// <summary>
/// How long a text is for whoever reads it: an emoji is one character, and so is a letter with its accents. Memory is
/// bounded as well, for nobody sees how much one character may carry.
/// </summary>
public static class TextLength
{
    /// <summary>The largest emoji in use take 15 UTF-16 units; what takes more than this is no character.</summary>
    public const int UnitsPerCharacter = 32;

    private const int UsualUnitsPerCharacter = 16;
    private const int UnitsOfLongTexts = 4_000;

    /// <summary>Stops at the first character too many, so that no text costs more than one that is taken.</summary>
    public static bool IsWithin(ReadOnlySpan<char> text, int most)
    {
        if (text.Length <= most && Ascii.IsValid(text))
        {
            return true;
        }
        if (text.Length > UnitsOf(most))
        {
            return false;
        }
        for (var count = 0; !text.IsEmpty; count++)
        {
            // Two more than are allowed: where the excerpt ends, a pair may be cut.
            var excerpt = text[..Math.Min(text.Length, UnitsPerCharacter + 2)];
            var units = StringInfo.GetNextTextElementLength(excerpt);
            if (units > UnitsPerCharacter || count == most)
            {
                return false;
            }
            text = text[units..];
        }
        return true;
    }

    /// <summary>What a text of so many characters may take in all: short ones may consist of emoji, long ones in part.</summary>
    private static int UnitsOf(int most) =>
        Math.Min(most * UsualUnitsPerCharacter, Math.Max(UnitsOfLongTexts, most * 2));
}
