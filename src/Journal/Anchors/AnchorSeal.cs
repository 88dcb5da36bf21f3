using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Actors.Journal.Format;

namespace Actors.Journal.Anchors;

/// <summary>
/// Signs anchors with HMAC-SHA256: one line of JSON that holds the anchor and its signature. Whoever can read the key can sign, so
/// the key belongs where those who can change the directory are not.
/// </summary>
internal sealed class AnchorSeal(IReadOnlyList<byte[]> keys)
{
    /// <summary>With the anchor key of the options, else with one that follows from the journal's own, old or new.</summary>
    public static AnchorSeal Of(JournalOptions options, JournalKey key) =>
        new(options.AnchorKey is { } own ? [own] : [.. key.All.Select(static one => one.DeriveAnchorKey())]);

    public string Seal(JournalAnchor anchor)
    {
        var json = JsonSerializer.Serialize(anchor, AnchorJson.Default.JournalAnchor);
        return $$"""{"anchor":{{json}},"signature":"{{Convert.ToHexStringLower(Sign(keys[0], json))}}"}""" + "\n";
    }

    /// <exception cref="JournalBehindAnchorException">It is no anchor, or not signed with these keys.</exception>
    public JournalAnchor Open(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            var json = document.RootElement.GetProperty("anchor").GetRawText();
            var signature = Convert.FromHexString(document.RootElement.GetProperty("signature").GetString() ?? "");
            if (keys.Any(key => CryptographicOperations.FixedTimeEquals(Sign(key, json), signature)))
            {
                return JsonSerializer.Deserialize(json, AnchorJson.Default.JournalAnchor)!;
            }
        }
        catch (Exception error)
            when (error is JsonException or FormatException or KeyNotFoundException or InvalidOperationException)
        {
            throw new JournalBehindAnchorException($"This is no anchor: {error.Message}");
        }
        throw new JournalBehindAnchorException(
            "The anchor is not signed with this journal's key: it was changed, is of another journal, or Journal:AnchorKey is another one."
        );
    }

    private static byte[] Sign(byte[] key, string json) => HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(json));
}
