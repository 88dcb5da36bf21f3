using Actors.GrainInterfaces.Menus;
using Actors.Grains.Texts;

namespace Actors.Grains.Menus;

/// <summary>Which texts people may type into a menu.</summary>
internal static class MenuText
{
    /// <summary>Null when it is too long, has nothing to read or more than one line.</summary>
    public static string? Name(string? typed)
    {
        var name = PlainText.Read(typed, MenuLimits.NameLength);
        return name.IsOneLine ? name.Kept : null;
    }

    public static PlainText Description(string? typed) => PlainText.Read(typed, MenuLimits.DescriptionLength);

    public static bool IsLineOrNothing(string? typed, int most)
    {
        var text = PlainText.Read(typed, most);
        return !text.IsTooLong && (text.Kept is null || text.IsOneLine);
    }

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
