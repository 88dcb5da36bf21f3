using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Actors.Journal.Format;

/// <summary>
/// AES-256-GCM under one file's own key. The nonce is the place in the file: a file is written by one life of the journal
/// only, front to back, so no nonce comes twice under a key, whatever was cut off before.
/// </summary>
internal sealed class FileCipher(byte[] key) : IDisposable
{
    public const int TagBytes = 16;
    private const int NonceBytes = 12;

    private readonly AesGcm _sealing = new(key, TagBytes);
    private readonly AesGcm _opening = new(key, TagBytes);
    private readonly Lock _openingGate = new();

    /// <summary>For one caller at a time.</summary>
    public void Seal(long place, ReadOnlySpan<byte> plain, Span<byte> sealedBytes, byte associated = 0)
    {
        Span<byte> nonce = stackalloc byte[NonceBytes];
        nonce.Clear();
        BinaryPrimitives.WriteInt64LittleEndian(nonce, place);
        _sealing.Encrypt(nonce, plain, sealedBytes[..plain.Length], sealedBytes[plain.Length..], [associated]);
    }

    /// <summary>False when the bytes are not what was sealed at this place.</summary>
    public bool TryOpen(long place, ReadOnlySpan<byte> sealedBytes, Span<byte> plain, byte associated = 0)
    {
        Span<byte> nonce = stackalloc byte[NonceBytes];
        nonce.Clear();
        BinaryPrimitives.WriteInt64LittleEndian(nonce, place);
        var length = sealedBytes.Length - TagBytes;
        try
        {
            lock (_openingGate)
            {
                _opening.Decrypt(nonce, sealedBytes[..length], sealedBytes[length..], plain[..length], [associated]);
            }
            return true;
        }
        catch (AuthenticationTagMismatchException)
        {
            return false;
        }
    }

    public void Dispose()
    {
        _sealing.Dispose();
        _opening.Dispose();
    }
}
