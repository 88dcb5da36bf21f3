using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Actors.GrainInterfaces.Notifications.Webhooks;

namespace Actors.Grains.Notifications.Webhooks;

/// <summary>
/// Lets an app check who sent a request and when, as Standard Webhooks has it: <c>v1,</c> and the base64 HMAC-SHA256 of
/// "id.timestamp.body"; one for each secret that is good, with a space between.
/// </summary>
public static class WebhookSignature
{
    public static string Timestamp(DateTimeOffset at) => at.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);

    /// <summary>With the secret that is set, and for a while with the one before, so that an app can change over.</summary>
    public static string Of(WebhookSettings settings, DateTimeOffset now, string id, string body)
    {
        var timestamp = Timestamp(now);
        var signature = Compute(settings.Secret, id, timestamp, body);
        return settings.PreviousSecret is { } previous && now < settings.PreviousSecretUntil
            ? $"{signature} {Compute(previous, id, timestamp, body)}"
            : signature;
    }

    public static string Compute(string secret, string id, string timestamp, string body)
    {
        var signed = Encoding.UTF8.GetBytes($"{id}.{timestamp}.{body}");
        return $"v1,{Convert.ToBase64String(HMACSHA256.HashData(WebhookSecret.KeyOf(secret), signed))}";
    }
}
