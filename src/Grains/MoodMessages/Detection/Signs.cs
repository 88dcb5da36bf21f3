using System.Text;
using Actors.Grains.Texts;

namespace Actors.Grains.MoodMessages.Detection;

internal enum SignKind
{
    Word,

    /// <summary>A face or another picture.</summary>
    Emoji,

    /// <summary>Ends a thought: what was denied before it is no longer denied after it.</summary>
    Break,
}

/// <param name="Text">Small plain letters, with no letter more than twice in a row; or the picture.</param>
/// <param name="IsStretched">A letter stood there three times or more.</param>
internal readonly record struct Sign(SignKind Kind, string Text, bool IsStretched = false);

/// <summary>A text taken apart, in one pass.</summary>
internal sealed record Signs(IReadOnlyList<Sign> All, int Exclamations, bool IsLoud)
{
    private const int LeastLoudLetters = 6;

    private static readonly string[] Faces =
    [
        ">:(",
        ":'(",
        ":-)",
        ":-(",
        ":-d",
        ":)",
        ":(",
        ":d",
        "=)",
        "=(",
        "xd",
        "<3",
        ":p",
        ";)",
        ":/",
        "^^",
    ];

    public static Signs Of(string typed)
    {
        var text = MoodText.Excerpt(typed);
        var read = FoldedText.Of(text).Read;
        List<Sign> all = [];
        var exclamations = 0;
        for (var at = 0; at < read.Length; )
        {
            var from = at;
            if (FaceAt(read, at) is { } face)
            {
                all.Add(new Sign(SignKind.Emoji, face));
                at += face.Length;
            }
            else if (char.IsLetter(read[at]))
            {
                at = EndOfWord(read, at);
                all.Add(WordOf(read.AsSpan(from, at - from)));
            }
            else if (char.IsAscii(read[at]))
            {
                exclamations += read[at] == '!' ? 1 : 0;
                if (read[at] is '.' or ',' or ';' or ':' or '!' or '?' or '\n')
                {
                    all.Add(new Sign(SignKind.Break, ""));
                }
                at++;
            }
            else
            {
                Rune.DecodeFromUtf16(read.AsSpan(at), out _, out var units);
                all.Add(new Sign(SignKind.Emoji, read.Substring(at, units)));
                at += units;
            }
        }
        return new Signs(all, exclamations, SoundsLoud(text));
    }

    private static string? FaceAt(string read, int at) =>
        (at > 0 && char.IsLetterOrDigit(read[at - 1]))
            ? null
            : Array.Find(
                Faces,
                face =>
                    string.CompareOrdinal(read, at, face, 0, face.Length) == 0
                    && !(at + face.Length < read.Length && char.IsLetterOrDigit(read[at + face.Length]))
            );

    private static int EndOfWord(string read, int at)
    {
        while (
            at < read.Length
            && (
                char.IsLetter(read[at])
                || (read[at] is '\'' or '’' && at + 1 < read.Length && char.IsLetter(read[at + 1]))
            )
        )
        {
            at++;
        }
        return at;
    }

    /// <summary>"Yesss" is "yes", and "don't" is "dont".</summary>
    private static Sign WordOf(ReadOnlySpan<char> word)
    {
        var letters = new StringBuilder(word.Length);
        var isStretched = false;
        for (var at = 0; at < word.Length; )
        {
            var row = 1;
            while (at + row < word.Length && word[at + row] == word[at])
            {
                row++;
            }
            isStretched |= row > 2;
            if (char.IsLetter(word[at]))
            {
                letters.Append(word[at], row > 2 ? 1 : row);
            }
            at += row;
        }
        return new Sign(SignKind.Word, letters.ToString(), isStretched);
    }

    /// <summary>More than half of it is in capitals.</summary>
    private static bool SoundsLoud(string typed)
    {
        var (capitals, letters) = (0, 0);
        foreach (var one in typed)
        {
            letters += char.IsLetter(one) ? 1 : 0;
            capitals += char.IsUpper(one) ? 1 : 0;
        }
        return letters >= LeastLoudLetters && capitals * 2 > letters;
    }
}
