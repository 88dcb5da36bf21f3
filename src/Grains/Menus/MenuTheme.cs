using System.Text.Json;
using System.Text.Json.Nodes;
using Actors.GrainInterfaces.Menus;
using Actors.Grains.Texts;

namespace Actors.Grains.Menus;

/// <summary>
/// How a model wants a menu to look: a name, or an object of settings that apps know. What begins with a brace is an object,
/// flat and small; it is kept as JSON, because nothing here reads it.
/// </summary>
internal static class MenuTheme
{
    private const int MostMembers = 20;
    private const int NameLength = 40;

    private static readonly JsonDocumentOptions Flat = new() { MaxDepth = 2, AllowDuplicateProperties = false };

    /// <summary>False when it will not do.</summary>
    public static bool TryRead(string? typed, out string? kept)
    {
        kept = null;
        if (typed is null)
        {
            return true;
        }
        if (typed.StartsWith('{'))
        {
            kept = typed.Length <= MenuLimits.ThemeObjectLength ? ObjectIn(typed)?.ToJsonString() : null;
            return kept is not null;
        }
        kept = PlainText.Read(typed, MenuLimits.ThemeLength).Kept;
        return MenuText.IsLineOrNothing(typed, MenuLimits.ThemeLength);
    }

    private static JsonObject? ObjectIn(string typed)
    {
        try
        {
            return
                JsonNode.Parse(typed, documentOptions: Flat) is JsonObject { Count: <= MostMembers } found
                && found.All(static member => IsName(member.Key) && IsValue(member.Value))
                ? found
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static bool IsName(string name) =>
        name.Length is > 0 and <= NameLength && name.All(static c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-');

    private static bool IsValue(JsonNode? value) =>
        value?.GetValueKind() switch
        {
            JsonValueKind.String => MenuText.IsLineOrNothing(value.GetValue<string>(), MenuLimits.ThemeValueLength),
            JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False => true,
            _ => false,
        };
}
