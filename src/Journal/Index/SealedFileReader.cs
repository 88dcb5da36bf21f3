using Actors.Journal.Disks;
using Actors.Journal.Format;

namespace Actors.Journal.Index;

/// <summary>Reads the pieces of a <see cref="SealedFileWriter"/>; throws <see cref="InvalidDataException"/> on any change.</summary>
internal sealed class SealedFileReader : IDisposable
{
    private readonly IDiskFile _file;
    private readonly FileCipher _cipher;
    private byte[] _sealed = [];
    private byte[] _plain = [];
    private long _offset = SealedFileWriter.HeaderBytes;
    private long _pieces;

    public SealedFileReader(IDiskFile file, JournalKey key)
    {
        _file = file;
        Span<byte> header = stackalloc byte[SealedFileWriter.HeaderBytes];
        if (file.Read(header, 0) != header.Length || BitConverter.ToUInt64(header) != SealedFileWriter.Magic)
        {
            throw new InvalidDataException("not an index");
        }
        _cipher = key.CipherFor(header[sizeof(ulong)..]);
    }

    public bool IsLast { get; private set; }

    /// <summary>The next piece, good until the next call.</summary>
    public ReadOnlySpan<byte> Next()
    {
        Span<byte> prefix = stackalloc byte[SealedFileWriter.PrefixBytes];
        _file.Read(prefix, _offset);
        var length = BitConverter.ToInt32(prefix);
        var sealedLength = length + FileCipher.TagBytes;
        _offset += prefix.Length;
        if (length < 0 || IsLast || _offset + sealedLength > _file.Length)
        {
            throw new InvalidDataException("incomplete");
        }
        EnsureRoom(sealedLength);
        _file.Read(_sealed.AsSpan(0, sealedLength), _offset);
        _offset += sealedLength;
        IsLast = _offset == _file.Length;
        var mark = IsLast ? SealedFileWriter.LastPiece : SealedFileWriter.InnerPiece;
        if (!_cipher.TryOpen(_pieces++, _sealed.AsSpan(0, sealedLength), _plain, mark))
        {
            throw new InvalidDataException("changed, or of another key");
        }
        return _plain.AsSpan(0, length);
    }

    public void Dispose() => _cipher.Dispose();

    private void EnsureRoom(int length)
    {
        if (length > _sealed.Length)
        {
            _sealed = new byte[length];
            _plain = new byte[length];
        }
    }
}
