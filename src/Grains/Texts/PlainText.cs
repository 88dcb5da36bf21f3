using System.Buffers;
using System.Net;
using System.Text;
using System.Text.RegularExpressions;

namespace Actors.Grains.Texts;

/// <summary>
/// Text that a person typed, made inert: no tag survives, and the characters that HTML gives a meaning to are replaced by
/// look-alikes without one. It is stored so, and stays harmless wherever an app puts it.
/// </summary>
public static partial class PlainText
{
    private const int DecodeAtMost = 5;

    private static readonly SearchValues<char> Harmless = SearchValues.Create(
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789 .,:;!?()+-*/=_%@#"
    );

    /// <summary>Null when nothing readable is left.</summary>
    public static string? From(string? typed)
    {
        if (string.IsNullOrWhiteSpace(typed))
        {
            return null;
        }
        // Most texts are letters and spaces, and inert as they are.
        if (!typed.AsSpan().ContainsAnyExcept(Harmless))
        {
            return typed.Trim();
        }
        var text = WithoutTags(Decoded(typed));
        var inert = new StringBuilder(text.Length);
        Span<char> characters = stackalloc char[2];
        foreach (var rune in text.EnumerateRunes())
        {
            if (!IsInvisibleControl(rune))
            {
                inert.Append(characters[..Inert(rune).EncodeToUtf16(characters)]);
            }
        }
        var trimmed = inert.ToString().Trim();
        return trimmed.Length == 0 ? null : trimmed;
    }

    /// <summary>Entities could hide a tag, also twice encoded.</summary>
    private static string Decoded(string text)
    {
        for (var round = 0; round < DecodeAtMost; round++)
        {
            var decoded = WebUtility.HtmlDecode(text);
            if (decoded == text)
            {
                break;
            }
            text = decoded;
        }
        return text;
    }

    /// <summary>Until nothing changes: removing one tag can make another.</summary>
    private static string WithoutTags(string text)
    {
        while (true)
        {
            var stripped = Tag().Replace(text, "");
            if (stripped.Length == text.Length)
            {
                return text;
            }
            text = stripped;
        }
    }

    private static Rune Inert(Rune rune) =>
        rune.Value switch
        {
            '<' => new Rune('‹'),
            '>' => new Rune('›'),
            '"' => new Rune('”'),
            '\'' => new Rune('’'),
            '`' => new Rune('ˋ'),
            _ => rune,
        };

    private static bool IsInvisibleControl(Rune rune) =>
        Rune.IsControl(rune) && rune.Value != '\n'
        // Direction overrides can make a text read as another one.
        || rune.Value is (>= 0x202A and <= 0x202E) or (>= 0x2066 and <= 0x2069) or 0xFFFD;

    [GeneratedRegex(@"<!--.*?-->|</?[A-Za-z!?][^<>]*>", RegexOptions.Singleline, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Tag();
}
