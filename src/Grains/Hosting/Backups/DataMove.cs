using Actors.Grains.Sealing;
using Actors.Journal;
using Actors.Journal.Disks;

namespace Actors.Grains.Hosting.Backups;

/// <summary>The cluster's storage holds something else in its place; nothing of that is ever written over.</summary>
public sealed class DataMoveException(string message) : Exception(message);

/// <summary>Brings what lies beside a journal into a cluster's storage. Made again after it was cut off, it goes on.</summary>
public static class DataMove
{
    private static readonly ParallelOptions AtOnce = new() { MaxDegreeOfParallelism = 16 };

    /// <summary>Attachments, as they were sealed.</summary>
    /// <returns>How many there are.</returns>
    /// <exception cref="DataMoveException">The cluster has another file of the same name.</exception>
    public static async Task<long> MoveAttachmentsAsync(JournalOptions journal, IDisk disk, ClusterSettings target)
    {
        var store = SealingHosting.AttachmentsOf(target);
        long files = 0;
        await Parallel.ForEachAsync(
            SealingHosting.AttachmentsOf(journal, disk).List(),
            // Each is in memory meanwhile.
            new ParallelOptions { MaxDegreeOfParallelism = 4 },
            async (file, cancellation) =>
            {
                using var content = new MemoryStream(AttachmentFiles.Read(disk, file.Path));
                if (!await store.TryImportAsync(file.Id, content, cancellation))
                {
                    throw new DataMoveException($"The storage holds another file at {store.PlaceOf(file.Id)}.");
                }
                Interlocked.Increment(ref files);
            }
        );
        return files;
    }

    /// <summary>Keys, wrapped anew with the cluster's key, and tombstones. What the cluster has destroyed stays so.</summary>
    /// <returns>How many there are.</returns>
    /// <exception cref="DataMoveException">The cluster has another key of the same name.</exception>
    public static async Task<long> MoveKeysAsync(JournalOptions journal, IDisk disk, ClusterSettings target)
    {
        var source = SealingHosting.StoreOf(journal, disk);
        var store = SealingHosting.StoreOf(target);
        var (before, after) = (SealingHosting.WrapOf(journal, disk), SealingHosting.WrapOf(target));
        long keys = 0;
        await Parallel.ForEachAsync(
            source.List(),
            AtOnce,
            async (stored, _) =>
            {
                await MoveAsync(stored.Id, before.Unwrap(stored.Id, stored.Record, source.PlaceOf(stored.Id)));
                Interlocked.Increment(ref keys);
            }
        );
        return keys;

        async Task MoveAsync(KeyId id, byte[]? key)
        {
            if (key is null)
            {
                await store.DestroyAsync(id);
                return;
            }
            var record = await store.FindOrAddAsync(id, () => after.Wrap(id, key));
            if (after.Unwrap(id, record, store.PlaceOf(id)) is { } there && !there.AsSpan().SequenceEqual(key))
            {
                throw new DataMoveException($"The storage holds another key at {store.PlaceOf(id)}.");
            }
        }
    }
}
