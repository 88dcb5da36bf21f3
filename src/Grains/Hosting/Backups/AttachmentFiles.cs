using Actors.Grains.Attachments;
using Actors.Journal;
using Actors.Journal.Disks;

namespace Actors.Grains.Hosting.Backups;

/// <summary>Sealed files as they lie on a disk, for tools that have no key for them. Some may be deleted meanwhile.</summary>
internal static class AttachmentFiles
{
    private const int PieceBytes = 1 << 20;

    /// <summary>Durable when it returns.</summary>
    public static (long Files, long Bytes) Copy(IDisk disk, FileAttachmentStore source, string target)
    {
        var (files, bytes) = (0L, 0L);
        foreach (var shard in source.List().GroupBy(static file => file.Id.Hex[..2]))
        {
            var directory = Path.Combine(target, shard.Key);
            disk.CreateDirectory(directory);
            foreach (var (id, path) in shard)
            {
                var copy = Path.Combine(directory, id.Hex);
                if (TryCopy(disk, path, copy) is { } length)
                {
                    (files, bytes) = (files + 1, bytes + length);
                }
            }
            disk.SyncDirectory(directory);
        }
        return (files, bytes);
    }

    /// <summary>That each is as long as such a file can be, and begins like one. What is in it opens with its own key only.</summary>
    /// <exception cref="JournalDamagedException">One is not.</exception>
    public static (long Files, long Bytes) Check(IDisk disk, FileAttachmentStore store)
    {
        var (files, bytes) = (0L, 0L);
        foreach (var (_, path) in store.List())
        {
            var length = 0L;
            var isWhole = TryOpen(disk, path) is { } file && IsWhole(file, out length);
            if (isWhole)
            {
                (files, bytes) = (files + 1, bytes + length);
            }
            else if (disk.FileExists(path))
            {
                throw new JournalDamagedException(path, 0, "it is no sealed file.");
            }
        }
        return (files, bytes);
    }

    public static byte[] Read(IDisk disk, string path)
    {
        using var file = disk.OpenFile(path, writable: false);
        var bytes = new byte[file.Length];
        return bytes[..file.Read(bytes, 0)];
    }

    private static bool IsWhole(IDiskFile file, out long length)
    {
        using (file)
        {
            var head = new byte[SealedFile.HeadBytes];
            length = file.Length;
            return file.Read(head, 0) == head.Length && SealedFile.IsHead(head) && SealedFile.ChunksOf(length) > 0;
        }
    }

    private static long? TryCopy(IDisk disk, string source, string target)
    {
        if (TryOpen(disk, source) is not { } from)
        {
            return null;
        }
        long length = 0;
        using (from)
        using (var to = disk.CreateFile(target))
        {
            var piece = new byte[PieceBytes];
            for (int read; (read = from.Read(piece, length)) > 0; length += read)
            {
                to.Write(piece.AsSpan(0, read), length);
            }
            to.Sync();
        }
        if (disk.FileExists(source))
        {
            return length;
        }
        // Deleted while it was copied: the copy may have lost its head.
        disk.DeleteFile(target);
        return null;
    }

    private static IDiskFile? TryOpen(IDisk disk, string path)
    {
        try
        {
            return disk.OpenFile(path, writable: false);
        }
        catch (FileNotFoundException)
        {
            return null;
        }
    }
}
