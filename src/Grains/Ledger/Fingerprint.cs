using System.Numerics;

namespace Actors.Grains.Ledger;

/// <summary>
/// Stands for a text in memory, such as an idempotency key: 8 bytes for up to 255 characters. Whoever finds the fingerprint
/// of a key compares the real one, which is in the event; ids that the server itself has made need no second look.
/// </summary>
/// <remarks>
/// The steps of XXH64, one a character: 0.1 µs where SHA-256 through OpenSSL takes 0.9, twice a purchase. It need not
/// withstand anybody: who makes two keys with one fingerprint has them in an account of their own, and is told that the key
/// was used already.
/// </remarks>
public static class Fingerprint
{
    private const ulong Prime1 = 0x9E37_79B1_85EB_CA87;
    private const ulong Prime2 = 0xC2B2_AE3D_27D4_EB4F;
    private const ulong Prime3 = 0x1656_67B1_9E37_79F9;
    private const ulong Prime5 = 0x27D4_EB2F_1656_67C5;

    /// <summary>Persisted in snapshots: it may never change.</summary>
    public static ulong Of(string caller, string key)
    {
        var hash = With(With(With(Prime5, caller), "\n"), key);
        hash = (hash ^ (hash >> 33)) * Prime2;
        hash = (hash ^ (hash >> 29)) * Prime3;
        return hash ^ (hash >> 32);
    }

    private static ulong With(ulong hash, ReadOnlySpan<char> text)
    {
        foreach (var character in text)
        {
            hash = BitOperations.RotateLeft(hash ^ (character * Prime5), 11) * Prime1;
        }
        return hash;
    }
}
