using System.Text;
using System.Text.Json;

namespace Actors.Grains.Texts;

/// <summary>An object of an app's own, kept as its JSON: bounded in size and depth, and otherwise nobody's business.</summary>
public static class JsonObjectText
{
    public const int MaxBytes = 4_096;
    public const int MaxDepth = 6;

    private static readonly JsonDocumentOptions Strict = new()
    {
        MaxDepth = MaxDepth,
        AllowDuplicateProperties = false,
    };

    /// <summary>False for none and for one that can be kept.</summary>
    public static bool IsBroken(string? json)
    {
        if (json is null)
        {
            return false;
        }
        if (Encoding.UTF8.GetByteCount(json) > MaxBytes)
        {
            return true;
        }
        try
        {
            using var parsed = JsonDocument.Parse(json, Strict);
            return parsed.RootElement.ValueKind != JsonValueKind.Object || !IsText(parsed.RootElement);
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException)
        {
            // Half a surrogate pair is no JSON error; it is noticed when somebody reads it.
            return true;
        }
    }

    /// <summary>Reads every text in it, as whoever writes it again will.</summary>
    private static bool IsText(JsonElement element) =>
        element.ValueKind switch
        {
            JsonValueKind.Object => element
                .EnumerateObject()
                .All(static member => member.Name is not null && IsText(member.Value)),
            JsonValueKind.Array => element.EnumerateArray().All(IsText),
            JsonValueKind.String => element.GetString() is not null,
            _ => true,
        };
}
