using System.Security.Cryptography;
using System.Text;
using Actors.GrainInterfaces.Ledger;

namespace Actors.GrainInterfaces.Bookings;

/// <summary>A booking's id follows from who asks and the key of the request, so that a repeat reaches the same booking.</summary>
public static class BookingIds
{
    private const string Prefix = "bk_";
    private const int Digits = 32;

    /// <summary>Persisted by where the booking lies: it may never change.</summary>
    public static string Of(string userId, IdempotencyKey key)
    {
        var named = Encoding.UTF8.GetBytes($"booking\n{userId}\n{key}");
        return Prefix + Convert.ToHexStringLower(SHA256.HashData(named))[..Digits];
    }

    public static bool IsValid(string? id) =>
        id is { Length: 35 }
        && id.StartsWith(Prefix, StringComparison.Ordinal)
        && id.Skip(Prefix.Length).All(char.IsAsciiHexDigitLower);
}
