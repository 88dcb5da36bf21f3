using System.Globalization;
using System.Net;
using System.Text;
using Actors.Grains.Sealing;
using Actors.Journal;
using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;

namespace Actors.Grains.Attachments;

/// <summary>A blob for each attachment. It is staged block by block, and takes its place at once.</summary>
internal sealed class BlobAttachmentStore(BlobContainerClient container, RandomBytes random) : IAttachmentStore
{
    /// <summary>A mebibyte of chunks: fewer requests, and still little memory for each reader.</summary>
    private const int ChunksAtOnce = 16;

    private const int BlockBytes = ChunksAtOnce * SealedFile.SealedChunkBytes;

    public async Task<long> WriteAsync(
        string name,
        SealingKey key,
        Stream content,
        CancellationToken cancellation = default
    )
    {
        var id = KeyId.Of(name);
        using var reader = new SealingReader(key, id, content, random);
        using var block = new MemoryStream(BlockBytes + SealedFile.HeadBytes);
        var (blob, blocks) = (BlobOf(id), new List<string>());
        var prefix = NewPrefix();
        for (var hasMore = true; hasMore; )
        {
            var piece = await reader.ReadAsync(cancellation);
            hasMore = !piece.IsEmpty;
            block.Write(piece.Span);
            if (block.Length >= BlockBytes || !hasMore)
            {
                var number = blocks.Count.ToString("D8", CultureInfo.InvariantCulture);
                blocks.Add(Convert.ToBase64String(Encoding.ASCII.GetBytes(prefix + number)));
                await StageAsync(blob, blocks[^1], block, cancellation);
                block.SetLength(0);
            }
        }
        try
        {
            await blob.CommitBlockListAsync(blocks, cancellationToken: cancellation);
        }
        catch (RequestFailedException fault) when (fault.ErrorCode == BlobErrorCode.InvalidBlockList)
        {
            // A file that was written under this name meanwhile has thrown the blocks away: it counts as the one that came after.
        }
        return reader.Length;
    }

    public async Task<Stream?> OpenAsync(string name, SealingKey key, CancellationToken cancellation = default)
    {
        var id = KeyId.Of(name);
        var blob = BlobOf(id);
        try
        {
            var properties = (await blob.GetPropertiesAsync(cancellationToken: cancellation)).Value;
            var bytes = new BlobBytes(blob, properties.ContentLength, properties.ETag);
            return await SealedReadStream.OpenAsync(bytes, key, id, cancellation);
        }
        catch (RequestFailedException fault) when (fault.Status == (int)HttpStatusCode.NotFound)
        {
            return null;
        }
    }

    public async Task DeleteAsync(string name, CancellationToken cancellation = default)
    {
        try
        {
            await BlobOf(KeyId.Of(name))
                .DeleteIfExistsAsync(DeleteSnapshotsOption.IncludeSnapshots, null, cancellation);
        }
        catch (RequestFailedException fault) when (fault.Status == (int)HttpStatusCode.NotFound)
        {
            // There is no container yet.
        }
    }

    /// <summary>Brings a file here as it was sealed; nothing of another content is written over.</summary>
    /// <returns>False when there is another one.</returns>
    public async Task<bool> TryImportAsync(KeyId id, Stream sealedBytes, CancellationToken cancellation)
    {
        await container.CreateIfNotExistsAsync(cancellationToken: cancellation);
        var blob = container.GetBlobClient(id.Hex);
        try
        {
            var onlyIfNew = new BlobUploadOptions { Conditions = new() { IfNoneMatch = ETag.All } };
            await blob.UploadAsync(sealedBytes, onlyIfNew, cancellation);
            return true;
        }
        catch (RequestFailedException fault)
            when (fault.Status is (int)HttpStatusCode.Conflict or (int)HttpStatusCode.PreconditionFailed)
        {
            sealedBytes.Position = 0;
            var there = await blob.DownloadContentAsync(cancellation);
            var here = await BinaryData.FromStreamAsync(sealedBytes, cancellation);
            return there.Value.Content.ToMemory().Span.SequenceEqual(here.ToMemory().Span);
        }
    }

    public string PlaceOf(KeyId id) => BlobOf(id).Uri.AbsolutePath;

    private BlockBlobClient BlobOf(KeyId id) => container.GetBlockBlobClient(id.Hex);

    /// <summary>Two that write under one name stage blocks of their own.</summary>
    private string NewPrefix()
    {
        var bytes = new byte[16];
        random(bytes);
        return Convert.ToHexStringLower(bytes);
    }

    private async Task StageAsync(BlockBlobClient blob, string id, MemoryStream block, CancellationToken cancellation)
    {
        block.Position = 0;
        try
        {
            await blob.StageBlockAsync(id, block, cancellationToken: cancellation);
        }
        catch (RequestFailedException fault) when (fault.Status == (int)HttpStatusCode.NotFound)
        {
            await container.CreateIfNotExistsAsync(cancellationToken: cancellation);
            block.Position = 0;
            await blob.StageBlockAsync(id, block, cancellationToken: cancellation);
        }
    }

    /// <summary>As it was when it was opened: what has taken its place since is another file.</summary>
    private sealed class BlobBytes(BlockBlobClient blob, long length, ETag tag) : ISealedBytes
    {
        public string Place => blob.Uri.AbsolutePath;

        public long Length => length;

        public int ChunksAtOnce => BlobAttachmentStore.ChunksAtOnce;

        public async ValueTask<int> ReadAsync(Memory<byte> buffer, long offset, CancellationToken cancellation)
        {
            var count = (int)Math.Min(buffer.Length, length - offset);
            if (count <= 0)
            {
                return 0;
            }
            var range = new BlobDownloadOptions
            {
                Range = new HttpRange(offset, count),
                Conditions = new() { IfMatch = tag },
            };
            using var part = (await blob.DownloadStreamingAsync(range, cancellation)).Value;
            return await part.Content.ReadAtLeastAsync(buffer[..count], count, throwOnEndOfStream: false, cancellation);
        }

        public void Dispose() { }
    }
}
