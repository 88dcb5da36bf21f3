using System.Globalization;
using Actors.Grains.Sealing;
using Actors.Journal;
using Actors.Journal.Disks;

namespace Actors.Grains.Attachments;

/// <summary>
/// A file for each attachment, in 256 directories. It is written elsewhere, synced, and takes its place at once; what a crash has left is
/// deleted at the next start.
/// </summary>
internal sealed class FileAttachmentStore(IDisk disk, string directory, JournalDrive drive, RandomBytes random)
    : IAttachmentStore
{
    private const string WritingDirectory = "writing";

    private long _writes;

    private string Writing => Path.Combine(directory, WritingDirectory);

    /// <summary>What writers have left that did not live to finish. For the one who writes here, before he does.</summary>
    public void DeleteLeftovers()
    {
        foreach (var name in disk.ListFiles(Writing))
        {
            disk.DeleteFile(Path.Combine(Writing, name));
        }
    }

    public async Task<long> WriteAsync(
        string name,
        SealingKey key,
        Stream content,
        CancellationToken cancellation = default
    )
    {
        var id = KeyId.Of(name);
        var number = Interlocked.Increment(ref _writes).ToString(CultureInfo.InvariantCulture);
        var temporary = Path.Combine(Writing, $"{id.Hex}.{number}");
        using var reader = new SealingReader(key, id, content, random);
        await RunAsync(() => disk.CreateDirectory(Writing));
        try
        {
            using (var file = await CreateAsync(temporary))
            {
                await CopyAsync(reader, file, cancellation);
                await RunAsync(file.Sync);
            }
            await RunAsync(() => PutInPlace(temporary, id));
        }
        catch
        {
            await RunAsync(() => DeleteIfThere(temporary));
            throw;
        }
        return reader.Length;
    }

    public async Task<Stream?> OpenAsync(string name, SealingKey key, CancellationToken cancellation = default)
    {
        var id = KeyId.Of(name);
        if (await FindAsync(PathOf(id)) is not { } file)
        {
            return null;
        }
        try
        {
            return await SealedReadStream.OpenAsync(new DiskBytes(file, PathOf(id), drive), key, id, cancellation);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    public async Task DeleteAsync(string name, CancellationToken cancellation = default)
    {
        var id = KeyId.Of(name);
        await RunAsync(() => Delete(id));
    }

    /// <summary>Paths of all that are there, for tools.</summary>
    public IEnumerable<(KeyId Id, string Path)> List()
    {
        foreach (var shard in disk.ListDirectories(directory))
        {
            foreach (var name in disk.ListFiles(Path.Combine(directory, shard)))
            {
                if (shard != WritingDirectory && KeyId.TryParse(name, out var id))
                {
                    yield return (id, PathOf(id));
                }
            }
        }
    }

    private string PathOf(KeyId id) => Path.Combine(ShardOf(id), id.Hex);

    private string ShardOf(KeyId id) => Path.Combine(directory, id.Hex[..2]);

    private async Task CopyAsync(SealingReader reader, IDiskFile file, CancellationToken cancellation)
    {
        for (long at = 0; await reader.ReadAsync(cancellation) is { IsEmpty: false } piece; at += piece.Length)
        {
            var offset = at;
            await RunAsync(() => file.Write(piece.Span, offset));
        }
    }

    private void PutInPlace(string temporary, KeyId id)
    {
        var shard = ShardOf(id);
        disk.CreateDirectory(shard);
        disk.Rename(temporary, PathOf(id));
        disk.SyncDirectory(shard);
        disk.SyncDirectory(directory);
    }

    private void Delete(KeyId id)
    {
        var path = PathOf(id);
        if (disk.FileExists(path))
        {
            // Without its salt the key that can be destroyed opens nothing of what the disk may keep of it.
            using (var file = disk.OpenFile(path, writable: true))
            {
                file.Write(new byte[SealedFile.HeadBytes], 0);
                file.Sync();
            }
            disk.DeleteFile(path);
        }
        // Also when it is not there: a deletion may not be durable yet.
        disk.CreateDirectory(ShardOf(id));
        disk.SyncDirectory(ShardOf(id));
    }

    private void DeleteIfThere(string path)
    {
        try
        {
            if (disk.FileExists(path))
            {
                disk.DeleteFile(path);
            }
        }
        catch (IOException)
        {
            // What has failed before counts; the next start deletes it.
        }
    }

    private async ValueTask<IDiskFile> CreateAsync(string path) =>
        await DiskWork.RunAsync(drive, () => disk.CreateFile(path));

    private ValueTask<IDiskFile?> FindAsync(string path) =>
        DiskWork.RunAsync(drive, () => disk.FileExists(path) ? disk.OpenFile(path, writable: false) : null);

    private async ValueTask RunAsync(Action work) =>
        await DiskWork.RunAsync(
            drive,
            () =>
            {
                work();
                return true;
            }
        );

    private sealed class DiskBytes(IDiskFile file, string place, JournalDrive drive) : ISealedBytes
    {
        public string Place => place;

        public long Length { get; } = file.Length;

        public int ChunksAtOnce => 1;

        public ValueTask<int> ReadAsync(Memory<byte> buffer, long offset, CancellationToken cancellation) =>
            DiskWork.RunAsync(drive, () => file.Read(buffer.Span, offset));

        public void Dispose() => file.Dispose();
    }
}
