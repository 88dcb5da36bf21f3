using System.Text.Json;

namespace Actors.ApiHost.Menus;

/// <summary>A theme as apps send and get it: a name, or an object of their own settings. Grains keep an object as its JSON.</summary>
internal static class ThemeJson
{
    private const string NoTheme = "{";

    public static JsonElement? Of(string? theme) =>
        theme is null ? null
        : theme.StartsWith('{') ? JsonElement.Parse(theme)
        : JsonSerializer.SerializeToElement(theme, MenuJson.Default.String);

    /// <summary>What is neither a text nor an object becomes one that is refused.</summary>
    public static string? TextOf(JsonElement? theme) =>
        theme?.ValueKind switch
        {
            null or JsonValueKind.Null => null,
            JsonValueKind.String => theme.Value.GetString(),
            JsonValueKind.Object => theme.Value.GetRawText(),
            _ => NoTheme,
        };
}
