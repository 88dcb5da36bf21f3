namespace Actors.Journal.Disks;

/// <summary>Files that are never half there.</summary>
public static class DurableFile
{
    public const string TemporaryEnding = ".tmp";

    /// <summary>Puts a whole new file in place: after a crash there is the old one or the new one, never a part.</summary>
    public static void Replace(IDisk disk, string path, Action<IDiskFile> write)
    {
        var temporary = path + TemporaryEnding;
        if (disk.FileExists(temporary))
        {
            disk.DeleteFile(temporary);
        }
        using (var file = disk.CreateFile(temporary))
        {
            write(file);
            file.Sync();
        }
        disk.Rename(temporary, path);
        disk.SyncDirectory(Path.GetDirectoryName(path)!);
    }
}
