using Actors.Grains.Sealing;
using Actors.Journal;

namespace Actors.Grains.Attachments;

/// <summary>Seals a stream chunk by chunk, as it is read. One chunk is read ahead, to know which is the last.</summary>
internal sealed class SealingReader(SealingKey key, KeyId name, Stream content, RandomBytes random) : IDisposable
{
    private readonly byte[] _sealed = new byte[SealedFile.SealedChunkBytes];
    private byte[] _plain = new byte[SealedFile.ChunkBytes];
    private byte[] _next = new byte[SealedFile.ChunkBytes];
    private SealedFile? _file;
    private int _ahead;
    private long _chunk;
    private bool _hasEnded;

    /// <summary>Bytes that were read and sealed.</summary>
    public long Length { get; private set; }

    /// <summary>The head first, then chunk by chunk; good until the next call. Empty after the end.</summary>
    public async ValueTask<ReadOnlyMemory<byte>> ReadAsync(CancellationToken cancellation)
    {
        if (_file is null)
        {
            var head = SealedFile.NewHead(random);
            _file = SealedFile.Of(key, name, head);
            _ahead = await FillAsync(cancellation);
            return head;
        }
        if (_hasEnded)
        {
            return default;
        }
        var length = _ahead;
        (_plain, _next) = (_next, _plain);
        _ahead = length == SealedFile.ChunkBytes ? await FillAsync(cancellation) : 0;
        _hasEnded = _ahead == 0;
        Length += length;
        return _sealed.AsMemory(0, _file.Seal(_chunk++, _hasEnded, _plain.AsSpan(0, length), _sealed));
    }

    public void Dispose() => _file?.Dispose();

    /// <summary>The framework's own loop would leave the scheduler of a grain that makes the content while it is read.</summary>
    private async ValueTask<int> FillAsync(CancellationToken cancellation)
    {
        var filled = 0;
        while (
            filled < _next.Length && await content.ReadAsync(_next.AsMemory(filled), cancellation) is > 0 and var read
        )
        {
            filled += read;
        }
        return filled;
    }
}
