using Actors.Grains.Texts;

namespace Actors.Grains.Menus;

/// <summary>Which texts people may type into a menu.</summary>
internal static class MenuText
{
    /// <summary>Whether something readable is left of it, on one line.</summary>
    public static bool IsLine(string typed, int most) =>
        typed.Length <= most && PlainText.From(typed) is { } text && !text.Contains('\n');

    public static bool IsLineOrNothing(string? typed, int most) =>
        typed is null || (typed.Length <= most && PlainText.From(typed)?.Contains('\n') is not true);

    /// <summary>Null when it is none: https, with a host, and nothing that a page could take for its own markup.</summary>
    public static string? WebAddress(string typed, int most)
    {
        if (
            typed.Length > most
            || !Uri.TryCreate(typed, UriKind.Absolute, out var address)
            || address.Scheme != Uri.UriSchemeHttps
            || address.Host.Length == 0
            || address.UserInfo.Length > 0
        )
        {
            return null;
        }
        var encoded = address.AbsoluteUri.Replace("'", "%27", StringComparison.Ordinal);
        return encoded.Length <= most ? encoded : null;
    }
}
