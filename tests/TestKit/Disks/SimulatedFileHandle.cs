using Actors.Journal.Disks;

namespace Actors.TestKit.Disks;

internal sealed class SimulatedFileHandle(SimulatedDisk disk, SimulatedFile file, bool isWritable) : IDiskFile
{
    private readonly int _life = disk.Life;
    private bool _disposed;

    public long Length
    {
        get
        {
            RequireAlive(writes: false);
            return file.Length;
        }
    }

    public int Read(Span<byte> buffer, long offset)
    {
        RequireAlive(writes: false);
        var bytes = new byte[buffer.Length];
        var read = disk.Do("read", () => file.Read(bytes, offset));
        disk.BytesRead += read;
        bytes.AsSpan(0, read).CopyTo(buffer);
        return read;
    }

    public void Write(ReadOnlySpan<byte> bytes, long offset)
    {
        RequireAlive(writes: true);
        var copy = bytes.ToArray();
        RequireRoom(offset + bytes.Length);
        disk.Do("write", () => file.Write(copy, offset), () => disk.WritePartially(file, copy, offset));
    }

    public void SetLength(long length)
    {
        RequireAlive(writes: true);
        disk.Do("set length", () => file.SetLength(length));
    }

    public void Preallocate(long length)
    {
        RequireAlive(writes: true);
        RequireRoom(length);
        disk.Do("preallocate", () => file.SetLength(Math.Max(file.Length, length)));
    }

    public void Sync()
    {
        RequireAlive(writes: true);
        disk.Do("sync", () => disk.SyncFile(file), failed: file.FailSync);
    }

    public void Dispose() => _disposed = true;

    private void RequireRoom(long length)
    {
        if (disk.Faults.IsFull && length > file.Length)
        {
            throw new IOException("No space left on device.");
        }
    }

    private void RequireAlive(bool writes)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        if (_life != disk.Life)
        {
            throw new SimulatedCrashException();
        }
        if (writes && !isWritable)
        {
            throw new IOException("The file is open for reading only.");
        }
    }
}

internal sealed class SimulatedLock(SimulatedDisk disk, string path) : IDisposable
{
    private readonly int _life = disk.Life;

    public void Dispose() => disk.Unlock(path, _life);
}
