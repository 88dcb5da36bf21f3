using Actors.Journal.Disks;

namespace Actors.Simulation.Tests.Planted;

/// <summary>A disk whose syncs do nothing.</summary>
internal sealed class LyingDisk(IDisk inner) : IDisk
{
    public void CreateDirectory(string path) => inner.CreateDirectory(path);

    public bool FileExists(string path) => inner.FileExists(path);

    public IReadOnlyList<string> ListFiles(string directory) => inner.ListFiles(directory);

    public IReadOnlyList<string> ListDirectories(string directory) => inner.ListDirectories(directory);

    public IDiskFile CreateFile(string path) => new LyingFile(inner.CreateFile(path));

    public IDiskFile OpenFile(string path, bool writable) => new LyingFile(inner.OpenFile(path, writable));

    public void Rename(string from, string to) => inner.Rename(from, to);

    public void DeleteFile(string path) => inner.DeleteFile(path);

    public void SyncDirectory(string path) => inner.SyncDirectory(path);

    public IDisposable Lock(string path) => inner.Lock(path);

    private sealed class LyingFile(IDiskFile inner) : IDiskFile
    {
        public long Length => inner.Length;

        public int Read(Span<byte> buffer, long offset) => inner.Read(buffer, offset);

        public void Write(ReadOnlySpan<byte> bytes, long offset) => inner.Write(bytes, offset);

        public void SetLength(long length) => inner.SetLength(length);

        public void Preallocate(long length) => inner.Preallocate(length);

        public void Sync()
        {
            // The bug.
        }

        public void Dispose() => inner.Dispose();
    }
}
