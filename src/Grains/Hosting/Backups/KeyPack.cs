using Actors.Grains.Sealing;
using Actors.Journal;
using Actors.Journal.Disks;

namespace Actors.Grains.Hosting.Backups;

/// <summary>
/// All keys of a machine in one file of a backup, destroyed ones too, as they were stored: still wrapped with the journal's key,
/// which is not in a backup. Each is its id and its record; the count comes first.
/// </summary>
internal static class KeyPack
{
    public const string FileName = "erasable-keys";

    private const int HeadBytes = 16;
    private const int EntryBytes = KeyId.Bytes + KeyRecord.Bytes;

    private static ReadOnlySpan<byte> Mark => "AKEYS\x01"u8;

    public static long Write(IDisk disk, string path, IEnumerable<StoredKey> keys)
    {
        long count = 0;
        DurableFile.Replace(
            disk,
            path,
            file =>
            {
                foreach (var key in keys)
                {
                    KeyRecord.Read(key.Record, key.Id.Hex);
                    byte[] entry = [.. key.Id.ToBytes(), .. key.Record];
                    file.Write(entry, PlaceOf(count++));
                }
                file.Write(Head(count), 0);
            }
        );
        return count;
    }

    /// <exception cref="JournalDamagedException">It is not as it was written.</exception>
    public static IEnumerable<StoredKey> Read(IDisk disk, string path)
    {
        using var file = disk.OpenFile(path, writable: false);
        var head = new byte[HeadBytes];
        file.Read(head, 0);
        var count = (file.Length - HeadBytes) / EntryBytes;
        if (file.Length != PlaceOf(count) || !head.AsSpan().SequenceEqual(Head(count)))
        {
            throw new JournalDamagedException(path, 0, "it is not as long as it was.");
        }
        for (long number = 0; number < count; number++)
        {
            var entry = new byte[EntryBytes];
            file.Read(entry, PlaceOf(number));
            yield return new(KeyId.FromBytes(entry.AsSpan(0, KeyId.Bytes)), entry[KeyId.Bytes..]);
        }
    }

    private static byte[] Head(long count) =>
        [.. Mark, .. new byte[HeadBytes - sizeof(long) - Mark.Length], .. BitConverter.GetBytes(count)];

    private static long PlaceOf(long number) => HeadBytes + (number * EntryBytes);
}
