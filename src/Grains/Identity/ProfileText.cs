namespace Actors.Grains.Identity;

/// <summary>What a name may be: it is shown as it is, so it must read as what it is.</summary>
internal static class ProfileText
{
    public const string DisplayNameRule = "displayName has 1 to 64 printable characters.";

    private const int MaxLength = 64;

    /// <summary>Null when the text is no usable name.</summary>
    public static string? DisplayName(string? text)
    {
        var trimmed = text?.Trim();
        return
            trimmed is { Length: > 0 and <= MaxLength }
            && !trimmed.Any(static c => char.IsControl(c) || c is '<' or '>')
            ? trimmed
            : null;
    }
}
