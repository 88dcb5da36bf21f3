using Actors.Journal.Disks;
using Actors.Journal.Format;

namespace Actors.Journal.Logs;

/// <summary>Reads a file front to back in large pieces.</summary>
internal sealed class SegmentWindow(IDiskFile file)
{
    private const int WindowBytes = 1 << 20;

    private byte[] _buffer = new byte[Math.Min(WindowBytes, Math.Max(file.Length, Sector.Bytes))];
    private long _start;
    private int _count;

    public long FileLength { get; } = file.Length;

    /// <summary>The bytes at an offset, fewer where the file ends. Good until the next call.</summary>
    public ReadOnlySpan<byte> At(long offset, int length)
    {
        length = (int)Math.Clamp(FileLength - offset, 0, length);
        if (offset < _start || offset + length > _start + _count)
        {
            Fill(offset, length);
        }
        return _buffer.AsSpan((int)(offset - _start), length);
    }

    /// <summary>The first sector at or after an offset that is not all zeros; the file's length when there is none.</summary>
    public long NextWritten(long offset)
    {
        while (offset < FileLength)
        {
            var piece = At(offset, WindowBytes);
            var index = piece.IndexOfAnyExcept((byte)0);
            if (index >= 0)
            {
                return offset + (index & ~(Sector.Bytes - 1));
            }
            offset += piece.Length;
        }
        return FileLength;
    }

    private void Fill(long offset, int length)
    {
        if (length > _buffer.Length)
        {
            _buffer = new byte[length];
        }
        _start = offset;
        _count = file.Read(_buffer.AsSpan(0, (int)Math.Min(_buffer.Length, FileLength - offset)), offset);
        if (_count < length)
        {
            throw new IOException($"The file ended at {offset + _count}, its length was {FileLength}.");
        }
    }
}
