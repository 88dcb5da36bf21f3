using System.Buffers;
using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Actors.Grains.Ledger;

/// <summary>
/// Stands for an idempotency key in memory: 8 bytes for up to 255 characters. Whoever finds a fingerprint compares the
/// real key, which is in the event.
/// </summary>
public static class Fingerprint
{
    /// <summary>Persisted in snapshots: it may never change.</summary>
    public static ulong Of(string caller, string key)
    {
        var length = Encoding.UTF8.GetMaxByteCount(caller.Length + 1 + key.Length);
        byte[]? rented = null;
        var bytes = length <= 512 ? stackalloc byte[512] : rented = ArrayPool<byte>.Shared.Rent(length);
        var written = Encoding.UTF8.GetBytes(caller, bytes);
        bytes[written++] = (byte)'\n';
        written += Encoding.UTF8.GetBytes(key, bytes[written..]);
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(bytes[..written], hash);
        if (rented is not null)
        {
            ArrayPool<byte>.Shared.Return(rented);
        }
        return BinaryPrimitives.ReadUInt64LittleEndian(hash);
    }
}
