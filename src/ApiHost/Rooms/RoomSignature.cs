using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Actors.ApiHost.Rooms;

/// <summary>Whether a webhook is of whom it says, over the bytes that came, and no older or newer than five minutes.</summary>
internal static class RoomSignature
{
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(300);

    /// <summary>As Daily signs: base64 of the HMAC over time and body.</summary>
    public static bool IsOfDaily(HttpRequest request, ReadOnlyMemory<byte> body, byte[]? key, DateTimeOffset now)
    {
        var timestamp = request.Headers["X-Webhook-Timestamp"].ToString();
        return key is not null
            && IsRecent(timestamp, now)
            && IsSame(Sign(key, $"{timestamp}.", body), request.Headers["X-Webhook-Signature"].ToString());
    }

    /// <summary>As Standard Webhooks has it; one of the signatures that are given has to fit.</summary>
    public static bool IsOfServer(HttpRequest request, ReadOnlyMemory<byte> body, byte[]? key, DateTimeOffset now)
    {
        var timestamp = request.Headers["webhook-timestamp"].ToString();
        var id = request.Headers["webhook-id"].ToString();
        if (key is null || id.Length == 0 || !IsRecent(timestamp, now))
        {
            return false;
        }
        var expected = "v1," + Sign(key, $"{id}.{timestamp}.", body);
        return request.Headers["webhook-signature"].ToString().Split(' ').Any(given => IsSame(expected, given));
    }

    private static bool IsRecent(string timestamp, DateTimeOffset now)
    {
        // A number so large counts milliseconds: what is documented does not say which.
        if (!long.TryParse(timestamp, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            return false;
        }
        var seconds = number > 100_000_000_000 ? number / 1_000 : number;
        return Math.Abs(now.ToUnixTimeSeconds() - seconds) <= Window.TotalSeconds;
    }

    private static string Sign(byte[] key, string prefix, ReadOnlyMemory<byte> body)
    {
        using var hash = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, key);
        hash.AppendData(Encoding.UTF8.GetBytes(prefix));
        hash.AppendData(body.Span);
        return Convert.ToBase64String(hash.GetHashAndReset());
    }

    private static bool IsSame(string expected, string given) =>
        CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(expected), Encoding.UTF8.GetBytes(given));
}
