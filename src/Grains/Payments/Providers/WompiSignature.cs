using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Actors.Grains.Payments.Providers;

internal static class WompiSignature
{
    private static readonly TimeSpan Tolerance = TimeSpan.FromSeconds(300);

    /// <summary>
    /// Repeats come up to a day later with the time of the first: an event is only a hint to ask, so an old one that is signed
    /// does no harm, and one from the future is none of Wompi's.
    /// </summary>
    private static readonly TimeSpan LastRepeatAfter = TimeSpan.FromHours(28);

    public static bool IsFresh(long seconds, DateTimeOffset now)
    {
        // Wompi has stamped in seconds and in milliseconds.
        var at = seconds > 100_000_000_000 ? seconds / 1_000 : seconds;
        var age = now.ToUnixTimeSeconds() - at;
        return age >= -Tolerance.TotalSeconds && age <= LastRepeatAfter.TotalSeconds;
    }

    public static string Of(string signed) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(signed)));

    /// <summary>The value at a path such as <c>transaction.id</c>, as it is written; null when there is none.</summary>
    public static string? ValueAt(JsonElement data, JsonElement path)
    {
        if (path.ValueKind != JsonValueKind.String)
        {
            return null;
        }
        var at = data;
        foreach (var name in path.GetString()!.Split('.'))
        {
            if (at.ValueKind != JsonValueKind.Object || !at.TryGetProperty(name, out at))
            {
                return null;
            }
        }
        return at.ValueKind switch
        {
            JsonValueKind.String => at.GetString(),
            JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False => at.GetRawText(),
            _ => null,
        };
    }
}
