using System.Text.Json.Nodes;
using Actors.Grains.Identity;
using Actors.Grains.Sealing;

namespace Actors.Grains.Notifications.Webhooks;

/// <summary>
/// Words in what apps are told lie sealed with the key of the user whom the message is about, and are opened for each try: once the
/// user is erased they are left out.
/// </summary>
internal static class WebhookWords
{
    public static async ValueTask<string> OpenAsync(string body, IErasableKeys keys)
    {
        // What is sealed begins like this; most bodies have nothing that does.
        if (
            !body.Contains(SealingKey.Beginning, StringComparison.Ordinal)
            || JsonNode.Parse(body) is not JsonObject json
            || json["userId"]?.GetValue<string>() is not { } user
        )
        {
            return body;
        }
        var isChanged = false;
        foreach (var (name, words) in json.Where(static one => WordsIn(one.Value) is not null).ToList())
        {
            isChanged = true;
            if (await keys.OpenWordsOfAsync(user, WordsIn(words)) is { } opened)
            {
                json[name] = opened;
            }
            else
            {
                json.Remove(name);
            }
        }
        return isChanged ? json.ToJsonString() : body;
    }

    private static string? WordsIn(JsonNode? value) =>
        value is JsonValue text && text.TryGetValue<string>(out var words) && SealingKey.IsSealed(words) ? words : null;
}
