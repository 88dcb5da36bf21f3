using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Actors.Grains.Rooms;

/// <summary>
/// What opens a room of ours: booking, guest and end, with the HMAC-SHA256 over them. A room server of the platform's that has
/// the key can check it without asking.
/// </summary>
/// <param name="Signed">All before the signature.</param>
public sealed record RoomLink(string BookingId, string Guest, DateTimeOffset ExpiresAt, string Signed, string Signature)
{
    private const int LongestToken = 300;

    public static string Make(string bookingId, string guest, DateTimeOffset expiresAt, string key)
    {
        var until = expiresAt.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var signed = $"{bookingId}.{guest}.{until}";
        return $"{signed}.{Sign(signed, key)}";
    }

    /// <summary>Null for what cannot be one; whether it is good is another question.</summary>
    public static RoomLink? Read(string token) =>
        token.Length <= LongestToken
        && token.Split('.') is [var booking, var guest, var until, var signature]
        && long.TryParse(until, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
        && seconds <= DateTimeOffset.MaxValue.ToUnixTimeSeconds()
            ? new RoomLink(
                booking,
                guest,
                DateTimeOffset.FromUnixTimeSeconds(seconds),
                token[..^(signature.Length + 1)],
                signature
            )
            : null;

    /// <summary>In constant time, so that it cannot be guessed letter by letter.</summary>
    public bool IsSignedWith(string key) =>
        CryptographicOperations.FixedTimeEquals(
            Encoding.UTF8.GetBytes(Sign(Signed, key)),
            Encoding.UTF8.GetBytes(Signature)
        );

    /// <summary>Leaves the signature out, so that logging cannot leak it.</summary>
    public override string ToString() => Signed;

    private static string Sign(string signed, string key) =>
        Base64Url.EncodeToString(
            HMACSHA256.HashData(Encoding.UTF8.GetBytes(key), Encoding.UTF8.GetBytes($"room/{signed}"))
        );
}
