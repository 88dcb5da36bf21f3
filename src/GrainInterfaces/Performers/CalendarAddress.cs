using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Actors.GrainInterfaces.Identity;

namespace Actors.GrainInterfaces.Performers;

/// <summary>
/// <c>person.number.signature</c>: calendar programs send no tokens, so the address itself says whose calendar it opens, and
/// that we made it.
/// </summary>
public static class CalendarAddress
{
    public const int SecretBytes = 32;

    private const int MaxLength = 160;

    public static string Of(string personId, long number, byte[] secret)
    {
        var signed = string.Create(CultureInfo.InvariantCulture, $"{personId}.{number}");
        return $"{signed}.{Base64Url.EncodeToString(HMACSHA256.HashData(secret, Encoding.UTF8.GetBytes(signed)))}";
    }

    /// <summary>Whom an address names; it may lie. Null for what is none.</summary>
    public static string? PersonIn(string? address) =>
        address is { Length: <= MaxLength } && address.Split('.') is [var person, _, _] && Identifier.IsValid(person)
            ? person
            : null;

    /// <summary>Takes as long for a wrong one as for the right one.</summary>
    public static bool AreSame(string one, string other) =>
        CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(one), Encoding.UTF8.GetBytes(other));
}
