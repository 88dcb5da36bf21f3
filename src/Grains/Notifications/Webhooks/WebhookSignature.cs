using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Actors.Grains.Notifications.Webhooks;

/// <summary>Lets an app check who sent a request and when: <c>v1=</c> and the hex HMAC-SHA256 of "timestamp.body".</summary>
public static class WebhookSignature
{
    public static string Timestamp(DateTimeOffset at) => at.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);

    public static string Compute(string secret, string timestamp, string body)
    {
        var signed = Encoding.UTF8.GetBytes($"{timestamp}.{body}");
        return $"v1={Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), signed))}";
    }
}
