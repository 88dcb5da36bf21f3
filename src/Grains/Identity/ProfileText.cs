using Actors.Grains.Texts;

namespace Actors.Grains.Identity;

/// <summary>What a name may be: it is shown beside what people say, so it must read as what it is.</summary>
internal static class ProfileText
{
    public const string DisplayNameRule = "displayName has 1 to 64 printable characters.";

    private const int MaxLength = 64;

    /// <summary>Null when the text is no usable name. It is refused and not mended, for it is how others know a person.</summary>
    public static string? DisplayName(string? text)
    {
        var trimmed = text?.Trim();
        var name = PlainText.Read(trimmed, MaxLength);
        return name.IsOneLine && name.Kept == trimmed ? name.Kept : null;
    }
}
