using System.Text;
using Actors.Journal.Disks;

namespace Actors.Grains.Sealing;

/// <summary>
/// The ids of destroyed keys, one a line, in a file that is kept away from the data: a backup that is brought back brings back the keys
/// that were destroyed since, and this list destroys them again.
/// </summary>
internal sealed class ErasedList(IDisk disk, string path)
{
    private const int LineBytes = KeyId.Digits + 1;

    private readonly Lock _gate = new();

    /// <summary>Durable when it returns.</summary>
    public void Add(KeyId id)
    {
        lock (_gate)
        {
            var isNew = !disk.FileExists(path);
            using var file = isNew ? disk.CreateFile(path) : disk.OpenFile(path, writable: true);
            // Over what a crash has left of a line.
            var end = file.Length / LineBytes * LineBytes;
            file.Write(Encoding.ASCII.GetBytes(id.Hex + '\n'), end);
            file.Sync();
            if (isNew)
            {
                disk.SyncDirectory(Path.GetDirectoryName(path)!);
            }
        }
    }

    public IReadOnlySet<KeyId> Read()
    {
        var ids = new HashSet<KeyId>();
        using var file = disk.OpenFile(path, writable: false);
        var line = new byte[LineBytes];
        for (long at = 0; file.Read(line, at) == line.Length; at += line.Length)
        {
            if (KeyId.TryParse(Encoding.ASCII.GetString(line, 0, KeyId.Digits), out var id))
            {
                ids.Add(id);
            }
        }
        return ids;
    }
}
