using Actors.Journal.Disks;
using Actors.TestKit.Disks;

namespace Actors.Journal.Tests;

/// <summary>A simulated disk on which a test may do something at the moment when a file is to be made.</summary>
internal sealed class HookedDisk(SimulatedDisk disk) : IDisk
{
    public Action<string>? OnCreateFile { get; set; }

    public IDiskFile CreateFile(string path)
    {
        OnCreateFile?.Invoke(path);
        return disk.CreateFile(path);
    }

    public void CreateDirectory(string path) => disk.CreateDirectory(path);

    public bool FileExists(string path) => disk.FileExists(path);

    public IReadOnlyList<string> ListFiles(string directory) => disk.ListFiles(directory);

    public IReadOnlyList<string> ListDirectories(string directory) => disk.ListDirectories(directory);

    public IDiskFile OpenFile(string path, bool writable) => disk.OpenFile(path, writable);

    public void Rename(string from, string to) => disk.Rename(from, to);

    public void DeleteFile(string path) => disk.DeleteFile(path);

    public void SyncDirectory(string path) => disk.SyncDirectory(path);

    public IDisposable Lock(string path) => disk.Lock(path);
}
