namespace Actors.Journal.Disks;

/// <summary>
/// The few things that the journal asks of a file system, so that tests can put a simulated one in its place and fail
/// any of them. Every failure is an <see cref="IOException"/>.
/// </summary>
public interface IDisk
{
    /// <summary>Makes the directory and its parents, durably.</summary>
    void CreateDirectory(string path);

    bool FileExists(string path);

    /// <summary>Names (not paths) of the files in a directory; none when there is no such directory.</summary>
    IReadOnlyList<string> ListFiles(string directory);

    /// <summary>Names (not paths) of the directories in a directory; none when there is no such directory.</summary>
    IReadOnlyList<string> ListDirectories(string directory);

    /// <summary>Makes a new file that only its owner may read; fails when it exists.</summary>
    IDiskFile CreateFile(string path);

    IDiskFile OpenFile(string path, bool writable);

    /// <summary>Replaces the target, if there is one, at once.</summary>
    void Rename(string from, string to);

    void DeleteFile(string path);

    /// <summary>Makes creations, renames and deletions in a directory survive a power failure.</summary>
    void SyncDirectory(string path);

    /// <summary>Holds an operating-system lock until disposed or until the process is gone.</summary>
    /// <exception cref="JournalLockedException">Somebody else holds it.</exception>
    IDisposable Lock(string path);
}

/// <summary>An open file; reads and writes name their offset and may run at the same time.</summary>
public interface IDiskFile : IDisposable
{
    long Length { get; }

    /// <summary>Reads until the buffer is full or the file ends.</summary>
    int Read(Span<byte> buffer, long offset);

    void Write(ReadOnlySpan<byte> bytes, long offset);

    void SetLength(long length);

    /// <summary>Reserves space that reads as zeros, so that later writes need no new blocks.</summary>
    void Preallocate(long length);

    /// <summary>Returns when everything written to the file survives a power failure.</summary>
    void Sync();
}
