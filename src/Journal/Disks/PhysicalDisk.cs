using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Actors.Journal.Disks;

/// <summary>The machine's own file system.</summary>
public sealed partial class PhysicalDisk : IDisk
{
    public void CreateDirectory(string path)
    {
        var full = Path.GetFullPath(path);
        if (Directory.Exists(full))
        {
            return;
        }
        var parent = Path.GetDirectoryName(full);
        if (parent is not null)
        {
            CreateDirectory(parent);
        }
        Directory.CreateDirectory(full);
        if (parent is not null)
        {
            SyncDirectory(parent);
        }
    }

    public bool FileExists(string path) => File.Exists(path);

    public IReadOnlyList<string> ListFiles(string directory) =>
        Directory.Exists(directory) ? [.. Directory.EnumerateFiles(directory).Select(Path.GetFileName)!] : [];

    public IReadOnlyList<string> ListDirectories(string directory) =>
        Directory.Exists(directory) ? [.. Directory.EnumerateDirectories(directory).Select(Path.GetFileName)!] : [];

    public IDiskFile CreateFile(string path) => new PhysicalFile(OpenStream(path, FileMode.CreateNew, writable: true));

    public IDiskFile OpenFile(string path, bool writable) =>
        new PhysicalFile(OpenStream(path, FileMode.Open, writable));

    public void Rename(string from, string to) => File.Move(from, to, overwrite: true);

    public void DeleteFile(string path) => File.Delete(path);

    public void SyncDirectory(string path)
    {
        // Windows keeps directory entries in its own log and cannot sync a directory.
        if (OperatingSystem.IsWindows())
        {
            return;
        }
        const int readOnly = 0;
        using var handle = NativeOpen(path, readOnly);
        if (handle.IsInvalid || NativeSync(handle) != 0)
        {
            throw new IOException($"Directory {path} could not be synced (error {Marshal.GetLastPInvokeError()}).");
        }
    }

    public IDisposable Lock(string path)
    {
        try
        {
            return Open(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException error) when (File.Exists(path))
        {
            throw new JournalLockedException(path, error);
        }
    }

    private static FileStream OpenStream(string path, FileMode mode, bool writable) =>
        // Readers and the journal may hold a segment at once; the lock file keeps other processes out.
        Open(path, mode, writable ? FileAccess.ReadWrite : FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);

    private static FileStream Open(string path, FileMode mode, FileAccess access, FileShare share)
    {
        var options = new FileStreamOptions
        {
            Mode = mode,
            Access = access,
            Share = share,
            BufferSize = 0,
        };
        if (!OperatingSystem.IsWindows() && mode is FileMode.CreateNew or FileMode.OpenOrCreate)
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }
        return new FileStream(path, options);
    }

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial SafeFileHandle NativeOpen(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static partial int NativeSync(SafeFileHandle handle);
}
