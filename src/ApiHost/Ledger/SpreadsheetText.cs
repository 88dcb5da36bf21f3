using System.Buffers;
using System.Text;

namespace Actors.ApiHost.Ledger;

/// <summary>
/// A text that no spreadsheet takes for a formula. Where one could begin, at the start or after what some program takes for
/// the end of a cell, an apostrophe says that it is a text.
/// </summary>
internal static class SpreadsheetText
{
    // The wide ones are the same keys on East Asian keyboards, and programs there read them alike.
    private static readonly SearchValues<char> Formula = SearchValues.Create("=+-@＝＋－＠");

    // Quotes hold only where the program agrees on the separator: others cut the line at theirs.
    private static readonly SearchValues<char> EndOfCell = SearchValues.Create(",;|\t\r\n\u2028\u2029\u0085\"");

    public static string? Of(string? text)
    {
        if (text is null || !text.AsSpan().ContainsAny(Formula))
        {
            return text;
        }
        var marked = new StringBuilder(text.Length + 4);
        var mayBegin = true;
        foreach (var letter in text)
        {
            if (mayBegin && Formula.Contains(letter))
            {
                marked.Append('\'');
            }
            // What is skipped before a formula does not end the beginning.
            mayBegin =
                EndOfCell.Contains(letter) || (mayBegin && (char.IsWhiteSpace(letter) || char.IsControl(letter)));
            marked.Append(letter);
        }
        return marked.ToString();
    }
}
