using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Actors.Journal.Disks;

internal sealed partial class PhysicalFile(FileStream stream) : IDiskFile
{
    private readonly SafeFileHandle _handle = stream.SafeFileHandle;

    public long Length => RandomAccess.GetLength(_handle);

    public int Read(Span<byte> buffer, long offset)
    {
        var total = 0;
        while (total < buffer.Length)
        {
            var read = RandomAccess.Read(_handle, buffer[total..], offset + total);
            if (read == 0)
            {
                break;
            }
            total += read;
        }
        return total;
    }

    public void Write(ReadOnlySpan<byte> bytes, long offset) => RandomAccess.Write(_handle, bytes, offset);

    public void SetLength(long length) => RandomAccess.SetLength(_handle, length);

    public void Preallocate(long length)
    {
        const int noSpace = 28;
        // Without real allocation a sync has to write file system metadata each time. A file system that cannot
        // allocate ahead still works, only slower.
        var error = OperatingSystem.IsLinux() ? NativeAllocate(_handle, 0, length) : 0;
        if (error == noSpace)
        {
            throw new IOException($"The disk has no room for {length} more bytes.");
        }
        RandomAccess.SetLength(_handle, length);
    }

    public void Sync()
    {
        // .NET's flush also writes time stamps, which costs a journal commit of the file system per call.
        if (!OperatingSystem.IsLinux())
        {
            RandomAccess.FlushToDisk(_handle);
        }
        else if (NativeDataSync(_handle) != 0)
        {
            throw new IOException($"Sync failed (error {Marshal.GetLastPInvokeError()}).");
        }
    }

    public void Dispose() => stream.Dispose();

    [LibraryImport("libc", EntryPoint = "fdatasync", SetLastError = true)]
    private static partial int NativeDataSync(SafeFileHandle handle);

    [LibraryImport("libc", EntryPoint = "posix_fallocate")]
    private static partial int NativeAllocate(SafeFileHandle handle, long offset, long length);
}
