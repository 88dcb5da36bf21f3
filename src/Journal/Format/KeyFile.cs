using System.Text;
using Actors.Journal.Disks;

namespace Actors.Journal.Format;

/// <summary>Keys in base64, one a line, newest first. Replaced as a whole, and readable by its owner only.</summary>
internal static class KeyFile
{
    // Some ninety keys: a year of rotations every four days.
    private const int MaxBytes = 4096;

    public static IReadOnlyList<byte[]> Read(IDisk disk, string path)
    {
        using var file = disk.OpenFile(path, writable: false);
        var text = new byte[MaxBytes];
        var length = file.Read(text, 0);
        var lines = Encoding.ASCII.GetString(text, 0, length).Split('\n', StringSplitOptions.TrimEntries);
        var keys = lines.Where(static line => line.Length > 0).Select(line => Parse(line, path)).ToList();
        return keys.Count > 0 ? keys : throw NoKey(path);
    }

    public static IReadOnlyList<byte[]> Create(JournalOptions options, IDisk disk)
    {
        disk.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(options.KeyFile))!);
        return Write(options, disk, []);
    }

    /// <summary>Puts a new key before those of the file.</summary>
    public static IReadOnlyList<byte[]> Rotate(JournalOptions options, IDisk disk) =>
        Write(options, disk, Read(disk, options.KeyFile));

    private static List<byte[]> Write(JournalOptions options, IDisk disk, IReadOnlyList<byte[]> older)
    {
        var key = new byte[JournalKey.Bytes];
        options.RandomBytes(key);
        List<byte[]> keys = [key, .. older];
        var text = Encoding.ASCII.GetBytes(string.Join('\n', keys.Select(Convert.ToBase64String)));
        if (text.Length > MaxBytes)
        {
            throw new JournalKeyException($"{options.KeyFile} holds as many keys as it can.");
        }
        DurableFile.Replace(disk, options.KeyFile, file => file.Write(text, 0));
        return keys;
    }

    private static byte[] Parse(string line, string path)
    {
        var key = new byte[JournalKey.Bytes];
        return Convert.TryFromBase64String(line, key, out var bytes) && bytes == key.Length ? key : throw NoKey(path);
    }

    private static JournalKeyException NoKey(string path) =>
        new($"{path} does not hold a key of {JournalKey.Bytes} bytes in base64.");
}
