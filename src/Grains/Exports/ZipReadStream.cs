using System.IO.Compression;

namespace Actors.Grains.Exports;

/// <summary>Bytes of a file of an export, good until the next ones are asked for.</summary>
/// <param name="File">Those that follow each other under one name are one file.</param>
/// <param name="IsPacked">Whether they would not become fewer: pictures and voices.</param>
internal readonly record struct ExportPiece(string File, ReadOnlyMemory<byte> Bytes, bool IsPacked = false);

/// <summary>
/// A ZIP that is made while it is read: pieces are asked for when bytes are wanted, so that nothing runs ahead of the one who writes
/// it away, and no more than a piece is in memory.
/// </summary>
internal sealed class ZipReadStream : Stream
{
    private readonly IAsyncEnumerator<ExportPiece> _pieces;
    private readonly DateTimeOffset _at;
    private readonly Made _made = new();
    private readonly ZipArchive _zip;
    private Stream? _file;
    private string? _name;
    private bool _hasEnded;

    public ZipReadStream(IAsyncEnumerable<ExportPiece> pieces, DateTimeOffset at)
    {
        (_pieces, _at) = (pieces.GetAsyncEnumerator(), at);
        _zip = new ZipArchive(_made, ZipArchiveMode.Create, leaveOpen: true);
    }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>Fills the buffer unless the end comes before.</summary>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        while (_made.Count < buffer.Length && !_hasEnded)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (await _pieces.MoveNextAsync())
            {
                Add(_pieces.Current);
            }
            else
            {
                _file?.Dispose();
                _zip.Dispose();
                _hasEnded = true;
            }
        }
        return _made.Take(buffer.Span);
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) =>
        throw new NotSupportedException("It is read asynchronously.");

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void Flush() { }

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override async ValueTask DisposeAsync()
    {
        await _pieces.DisposeAsync();
        if (!_hasEnded)
        {
            await (_file?.DisposeAsync() ?? default);
            _zip.Dispose();
        }
        await _made.DisposeAsync();
        await base.DisposeAsync();
    }

    private void Add(ExportPiece piece)
    {
        if (piece.File != _name)
        {
            _file?.Dispose();
            _name = piece.File;
            var level = piece.IsPacked ? CompressionLevel.NoCompression : CompressionLevel.Fastest;
            var entry = _zip.CreateEntry(piece.File, level);
            entry.LastWriteTime = _at.ToUniversalTime();
            _file = entry.Open();
        }
        _file!.Write(piece.Bytes.Span);
    }

    /// <summary>What was made and not yet read.</summary>
    private sealed class Made : Stream
    {
        private byte[] _bytes = new byte[1 << 17];
        private int _from;

        public int Count { get; private set; }

        public override bool CanRead => false;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public int Take(Span<byte> buffer)
        {
            var count = Math.Min(Count, buffer.Length);
            _bytes.AsSpan(_from, count).CopyTo(buffer);
            (_from, Count) = (_from + count, Count - count);
            return count;
        }

        public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

        public override void Write(ReadOnlySpan<byte> buffer)
        {
            if (_from + Count + buffer.Length > _bytes.Length)
            {
                var bytes = Count + buffer.Length > _bytes.Length ? new byte[2 * (Count + buffer.Length)] : _bytes;
                _bytes.AsSpan(_from, Count).CopyTo(bytes);
                (_bytes, _from) = (bytes, 0);
            }
            buffer.CopyTo(_bytes.AsSpan(_from + Count));
            Count += buffer.Length;
        }

        public override void Flush() { }

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();
    }
}
