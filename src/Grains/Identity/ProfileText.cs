using Actors.GrainInterfaces.Identity;
using Actors.GrainInterfaces.Outcomes;
using Actors.Grains.Texts;

namespace Actors.Grains.Identity;

/// <summary>What a name may be: it is shown beside what people say, so it must read as what it is.</summary>
internal static class ProfileText
{
    public const string DisplayNameRule = "displayName has 1 to 64 printable characters.";

    private const int MaxLength = 64;

    /// <summary>Null when both are usable or not given.</summary>
    public static Refusal? Refuse(string? language, string? timeZone) =>
        language is not null && !Languages.All.Contains(language)
            ? IdentityRefusals.InvalidProfile("language is en or es.")
        : timeZone is not null && !TimeZoneInfo.TryFindSystemTimeZoneById(timeZone, out _)
            ? IdentityRefusals.InvalidProfile("timeZone is an IANA name such as Europe/Madrid.")
        : null;

    /// <summary>Null when the text is no usable name. It is refused and not mended, for it is how others know a person.</summary>
    public static string? DisplayName(string? text)
    {
        var trimmed = text?.Trim();
        var name = PlainText.Read(trimmed, MaxLength);
        return name.IsOneLine && name.Kept == trimmed ? name.Kept : null;
    }
}
