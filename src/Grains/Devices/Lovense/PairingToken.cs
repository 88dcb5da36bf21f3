using System.Security.Cryptography;
using System.Text;

namespace Actors.Grains.Devices.Lovense;

/// <summary>What the service is given for a model and says again in its callback. Derived, so nothing has to be stored.</summary>
internal static class PairingToken
{
    public static string Of(string modelId, string secret)
    {
        var name = Encoding.UTF8.GetBytes($"device-pairing/{modelId}");
        return Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), name));
    }

    /// <summary>In constant time, so that it cannot be guessed letter by letter.</summary>
    public static bool IsOf(string modelId, string secret, string token) =>
        CryptographicOperations.FixedTimeEquals(
            Encoding.UTF8.GetBytes(Of(modelId, secret)),
            Encoding.UTF8.GetBytes(token)
        );
}
