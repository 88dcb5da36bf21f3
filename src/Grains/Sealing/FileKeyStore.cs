using Actors.Journal;
using Actors.Journal.Disks;

namespace Actors.Grains.Sealing;

/// <summary>
/// A small file for each key, in 256 directories. A key is destroyed by writing over it where it lies, and what is written stays as its
/// tombstone: there is no second copy that would have to be found.
/// </summary>
/// <param name="erased">Hears of each key before it is destroyed.</param>
/// <remarks>For one process at a time, which the journal's lock sees to; tools read beside it.</remarks>
internal sealed class FileKeyStore(IDisk disk, string directory, JournalDrive drive, ErasedList? erased = null)
    : IKeyStore
{
    private const int Shards = 256;

    private readonly Shard[] _shards = [.. Enumerable.Range(0, Shards).Select(static _ => new Shard())];

    public ValueTask<byte[]> FindOrAddAsync(KeyId id, Func<byte[]> make) => RunAsync(() => FindOrAdd(id, make));

    public async Task DestroyAsync(KeyId id) => await RunAsync(() => Destroy(id));

    public IAsyncEnumerable<StoredKey> ListAsync() => List().ToAsyncEnumerable();

    public IEnumerable<StoredKey> List()
    {
        foreach (var shard in disk.ListDirectories(directory))
        {
            foreach (var name in disk.ListFiles(Path.Combine(directory, shard)))
            {
                if (KeyId.TryParse(name, out var id))
                {
                    yield return new(id, Read(PlaceOf(id)));
                }
            }
        }
    }

    public string PlaceOf(KeyId id) => Path.Combine(ShardOf(id), id.Hex);

    private byte[] FindOrAdd(KeyId id, Func<byte[]> make)
    {
        var shard = _shards[Number(id)];
        lock (shard)
        {
            Settle(shard, id);
            var path = PlaceOf(id);
            return disk.FileExists(path) ? Read(path) : Put(shard, path, make());
        }
    }

    private bool Destroy(KeyId id)
    {
        erased?.Add(id);
        var shard = _shards[Number(id)];
        lock (shard)
        {
            Settle(shard, id);
            var path = PlaceOf(id);
            if (!disk.FileExists(path))
            {
                Put(shard, path, KeyRecord.Tombstone);
                return true;
            }
            // A tombstone too: whoever wrote it may not have lived to sync it.
            using var file = disk.OpenFile(path, writable: true);
            file.Write(KeyRecord.Tombstone, 0);
            file.Sync();
            return true;
        }
    }

    private byte[] Put(Shard shard, string path, byte[] record)
    {
        // Until its name is known to be durable nobody may take the file for one that is.
        shard.IsSettled = false;
        DurableFile.Replace(disk, path, file => file.Write(record, 0));
        shard.IsSettled = true;
        return record;
    }

    /// <summary>
    /// Makes durable what is found: a process that ended, or a sync that failed, may have left names that only memory knows.
    /// </summary>
    private void Settle(Shard shard, KeyId id)
    {
        if (shard.IsSettled)
        {
            return;
        }
        var own = ShardOf(id);
        disk.CreateDirectory(own);
        if (Path.GetDirectoryName(directory) is { Length: > 0 } parent)
        {
            disk.SyncDirectory(parent);
        }
        disk.SyncDirectory(directory);
        disk.SyncDirectory(own);
        shard.IsSettled = true;
    }

    private byte[] Read(string path)
    {
        using var file = disk.OpenFile(path, writable: false);
        // A byte more than there should be shows when there is more.
        var record = new byte[KeyRecord.Bytes + 1];
        return record[..file.Read(record, 0)];
    }

    private ValueTask<T> RunAsync<T>(Func<T> work) => DiskWork.RunAsync(drive, work);

    private string ShardOf(KeyId id) => Path.Combine(directory, id.Hex[..2]);

    private static int Number(KeyId id) => Convert.ToInt32(id.Hex[..2], 16);

    /// <summary>One writer at a time.</summary>
    private sealed class Shard
    {
        /// <summary>Whether every name that is seen in it is durable.</summary>
        public bool IsSettled { get; set; }
    }
}
