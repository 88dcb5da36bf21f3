using Actors.Journal.Disks;
using Actors.Journal.Format;

namespace Actors.Journal.Index;

/// <summary>
/// Writes an encrypted file in pieces, so that a large index needs little memory. A piece is length, ciphertext, tag; its
/// number is its nonce, and the last one is marked, so that pieces can be neither swapped nor left out.
/// </summary>
internal sealed class SealedFileWriter : IDisposable
{
    public const ulong Magic = 0x31_58_44_49_54_43_41_2E; // ".ACTIDX1": the last character is the format's version
    public const int HeaderBytes = sizeof(ulong) + JournalKey.SaltBytes;
    public const int PrefixBytes = sizeof(int);
    public const byte LastPiece = 1;
    public const byte InnerPiece = 0;
    private const int PieceBytes = 256 << 10;

    private readonly IDiskFile _file;
    private readonly FileCipher _cipher;
    private readonly byte[] _plain = new byte[PieceBytes];
    private readonly byte[] _sealed = new byte[PrefixBytes + PieceBytes + FileCipher.TagBytes];
    private int _filled;
    private long _pieces;

    public SealedFileWriter(IDiskFile file, JournalKey key, ReadOnlySpan<byte> salt)
    {
        _file = file;
        _cipher = key.CipherFor(salt);
        Span<byte> header = stackalloc byte[HeaderBytes];
        BitConverter.TryWriteBytes(header, Magic);
        salt.CopyTo(header[sizeof(ulong)..]);
        file.Write(header, 0);
        Length = HeaderBytes;
    }

    public long Length { get; private set; }

    /// <summary>Room for one item, which will not be split between pieces; tell <see cref="Advance"/> how much was used.</summary>
    public Span<byte> Room(int length)
    {
        if (length > PieceBytes - _filled)
        {
            Flush(InnerPiece);
        }
        return _plain.AsSpan(_filled, length);
    }

    public void Advance(int length) => _filled += length;

    public void Complete() => Flush(LastPiece);

    public void Dispose() => _cipher.Dispose();

    private void Flush(byte mark)
    {
        var length = PrefixBytes + _filled + FileCipher.TagBytes;
        BitConverter.TryWriteBytes(_sealed, _filled);
        _cipher.Seal(_pieces, _plain.AsSpan(0, _filled), _sealed.AsSpan(PrefixBytes, length - PrefixBytes), mark);
        _file.Write(_sealed.AsSpan(0, length), Length);
        Length += length;
        _pieces++;
        _filled = 0;
    }
}
