using System.Buffers.Text;
using System.Text;

namespace Actors.Contract.Tests.Erasure;

/// <summary>Looks for texts in bytes, in every form in which they may lie there.</summary>
internal static class StoredTexts
{
    public static List<(string Text, string Place)> Find(
        IEnumerable<(string Place, byte[] Bytes)> read,
        IReadOnlyList<string> texts
    )
    {
        var forms = texts.Select(static text => (Text: text, Forms: FormsOf(text).ToList())).ToList();
        return
        [
            .. from one in read
            from text in forms
            where text.Forms.Exists(form => one.Bytes.AsSpan().IndexOf(form) >= 0)
            select (text.Text, one.Place),
        ];
    }

    /// <summary>Each text with the kinds of streams in which it is.</summary>
    public static IEnumerable<(string, string)> Kinds(
        IEnumerable<(string Place, byte[] Bytes)> read,
        IReadOnlyList<string> texts
    ) =>
        Find(read, texts)
            .Select(static one =>
                (one.Text, one.Place.Replace(StoredData.SnapshotOf, "", StringComparison.Ordinal).Split('/')[0])
            )
            .Distinct()
            .Order();

    /// <summary>As it is, in UTF-16, and in base64 wherever in it the text begins.</summary>
    private static IEnumerable<byte[]> FormsOf(string text)
    {
        yield return Encoding.UTF8.GetBytes(text);
        yield return Encoding.Unicode.GetBytes(text);
        yield return Encoding.BigEndianUnicode.GetBytes(text);
        for (var before = 0; before < 3; before++)
        {
            // Whole groups of three bytes, all of them the text's own.
            var bytes = Encoding.UTF8.GetBytes(text)[before..];
            var whole = bytes[..(bytes.Length / 3 * 3)];
            yield return Encoding.ASCII.GetBytes(Convert.ToBase64String(whole));
            yield return Encoding.ASCII.GetBytes(Base64Url.EncodeToString(whole));
        }
    }
}
