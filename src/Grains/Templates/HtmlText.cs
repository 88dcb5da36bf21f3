using System.Buffers;
using System.Text;

namespace Actors.Grains.Templates;

/// <summary>Plain text written as HTML text, so that showing it as HTML shows exactly the plain text.</summary>
public static class HtmlText
{
    private static readonly SearchValues<char> Markup = SearchValues.Create("&<>");

    /// <summary>Encodes what an author wrote. Quotes stay as they are: the text is no attribute.</summary>
    public static string OfLiteral(string text) =>
        text.AsSpan().ContainsAny(Markup)
            ? text.Replace("&", "&amp;", StringComparison.Ordinal)
                .Replace("<", "&lt;", StringComparison.Ordinal)
                .Replace(">", "&gt;", StringComparison.Ordinal)
            : text;

    /// <summary>Encodes what anybody may have typed, for attributes too, and drops what is not there to be seen.</summary>
    public static string OfValue(string value)
    {
        if (value.All(char.IsAsciiLetterOrDigit))
        {
            return value;
        }
        var html = new StringBuilder(value.Length + 16);
        Span<char> utf16 = stackalloc char[2];
        foreach (var rune in value.EnumerateRunes())
        {
            if (Entity(rune) is { } entity)
            {
                html.Append(entity);
            }
            else
            {
                html.Append(utf16[..rune.EncodeToUtf16(utf16)]);
            }
        }
        return html.ToString();
    }

    private static string? Entity(Rune rune) =>
        rune.Value switch
        {
            '&' => "&amp;",
            '<' => "&lt;",
            '>' => "&gt;",
            '"' => "&quot;",
            '\'' => "&#39;",
            '`' => "&#96;",
            '\n' => null,
            // Direction overrides can make a message read as another one.
            (>= 0x202A and <= 0x202E) or (>= 0x2066 and <= 0x2069) => "",
            _ => Rune.IsControl(rune) ? "" : null,
        };
}
