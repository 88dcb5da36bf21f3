using Actors.GrainInterfaces.Identity;
using Actors.GrainInterfaces.Outcomes;

namespace Actors.Grains.Identity;

/// <summary>What a name may be: it is shown as it is, so it must read as what it is.</summary>
internal static class ProfileText
{
    public const string DisplayNameRule = "displayName has 1 to 64 printable characters.";

    private const int MaxLength = 64;

    private static readonly string[] Languages = ["en", "es"];

    /// <summary>Null when both are usable or not given.</summary>
    public static Refusal? Refuse(string? language, string? timeZone) =>
        language is not null && !Languages.Contains(language) ? IdentityRefusals.InvalidProfile("language is en or es.")
        : timeZone is not null && !TimeZoneInfo.TryFindSystemTimeZoneById(timeZone, out _)
            ? IdentityRefusals.InvalidProfile("timeZone is an IANA name such as Europe/Madrid.")
        : null;

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
