using Actors.Grains.Sealing;
using Actors.Journal;

namespace Actors.Grains.Attachments;

/// <summary>Bytes of a sealed file, wherever they are.</summary>
internal interface ISealedBytes : IDisposable
{
    /// <summary>Named when it is damaged.</summary>
    string Place { get; }

    long Length { get; }

    /// <summary>How many chunks are read at once.</summary>
    int ChunksAtOnce { get; }

    /// <summary>Reads until the buffer is full or the file ends.</summary>
    ValueTask<int> ReadAsync(Memory<byte> buffer, long offset, CancellationToken cancellation);
}

/// <summary>A sealed file as what was sealed, from any place on. Its end is proven before anything is given out.</summary>
internal sealed class SealedReadStream : Stream
{
    private readonly ISealedBytes _bytes;
    private readonly SealedFile _file;
    private readonly long _chunks;
    private readonly byte[] _sealed;
    private readonly byte[] _plain = new byte[SealedFile.ChunkBytes];
    private long _firstSealed = -1;
    private int _sealedLength;
    private long _opened = -1;
    private int _openedLength;
    private long _position;

    private SealedReadStream(ISealedBytes bytes, SealedFile file)
    {
        (_bytes, _file, _chunks) = (bytes, file, SealedFile.ChunksOf(bytes.Length));
        _sealed = new byte[bytes.ChunksAtOnce * SealedFile.SealedChunkBytes];
        Length = SealedFile.LengthOf(bytes.Length);
    }

    public override bool CanRead => true;

    public override bool CanSeek => true;

    public override bool CanWrite => false;

    public override long Length { get; }

    public override long Position
    {
        get => _position;
        set => Seek(value, SeekOrigin.Begin);
    }

    /// <exception cref="JournalDamagedException">It is not what was sealed with this key under this name.</exception>
    public static async Task<SealedReadStream> OpenAsync(
        ISealedBytes bytes,
        SealingKey key,
        KeyId name,
        CancellationToken cancellation
    )
    {
        var head = new byte[SealedFile.HeadBytes];
        var read = await bytes.ReadAsync(head, 0, cancellation);
        if (SealedFile.ChunksOf(bytes.Length) == 0 || SealedFile.Of(key, name, head.AsSpan(0, read)) is not { } file)
        {
            throw new JournalDamagedException(bytes.Place, 0, "it is no sealed file.");
        }
        var stream = new SealedReadStream(bytes, file);
        await stream.LoadAsync(stream._chunks - 1, cancellation);
        return stream;
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (_position >= Length || buffer.IsEmpty)
        {
            return 0;
        }
        var (chunk, within) = Math.DivRem(_position, SealedFile.ChunkBytes);
        await LoadAsync(chunk, cancellationToken);
        var count = Math.Min(buffer.Length, _openedLength - (int)within);
        _plain.AsMemory((int)within, count).CopyTo(buffer);
        _position += count;
        return count;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) =>
        throw new NotSupportedException("It is read asynchronously.");

    public override long Seek(long offset, SeekOrigin origin)
    {
        var target = origin switch
        {
            SeekOrigin.Begin => offset,
            SeekOrigin.Current => _position + offset,
            _ => Length + offset,
        };
        ArgumentOutOfRangeException.ThrowIfNegative(target, nameof(offset));
        return _position = target;
    }

    public override void Flush() { }

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _file.Dispose();
            _bytes.Dispose();
        }
        base.Dispose(disposing);
    }

    private async ValueTask LoadAsync(long chunk, CancellationToken cancellation)
    {
        if (chunk == _opened)
        {
            return;
        }
        var within = _firstSealed < 0 ? -1 : (chunk - _firstSealed) * SealedFile.SealedChunkBytes;
        if (within < 0 || within >= _sealedLength)
        {
            (_firstSealed, _sealedLength, within) = (-1, 0, 0);
            _sealedLength = await _bytes.ReadAsync(_sealed, SealedFile.PlaceOf(chunk), cancellation);
            _firstSealed = chunk;
        }
        var length = Math.Min(SealedFile.SealedChunkBytes, _sealedLength - (int)within);
        _opened = -1;
        if (!_file.TryOpen(chunk, chunk == _chunks - 1, _sealed.AsSpan((int)within, length), _plain))
        {
            throw new JournalDamagedException(
                _bytes.Place,
                SealedFile.PlaceOf(chunk),
                "it is not what was sealed with this key under this name."
            );
        }
        (_opened, _openedLength) = (chunk, (int)SealedFile.LengthOf(length + SealedFile.HeadBytes));
    }
}
