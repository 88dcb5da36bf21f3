using System.Buffers.Binary;

namespace Actors.Grains.Attachments.Formats;

/// <summary>Walks over the chunks of a RIFF file, as far as the file says that it goes.</summary>
internal ref struct RiffChunks
{
    public const int FileHeadBytes = 12;
    public const int HeadBytes = 8;

    private readonly ReadOnlySpan<byte> _file;
    private readonly int _end;
    private int _next;

    public RiffChunks(ReadOnlySpan<byte> file)
        : this(file, FileHeadBytes, file.Length >= HeadBytes ? HeadBytes + (long)SizeAt(file, 4) : long.MaxValue) { }

    /// <summary>Chunks within a chunk.</summary>
    public RiffChunks(ReadOnlySpan<byte> file, int start, long end)
    {
        _file = file;
        _next = start;
        IsWhole = end <= file.Length && start <= end;
        _end = IsWhole ? (int)end : 0;
    }

    /// <summary>False once a chunk was met that does not fit.</summary>
    public bool IsWhole { get; private set; }

    /// <summary>Where the chunk begins with its head.</summary>
    public int Start { get; private set; }

    public int Length { get; private set; }

    public readonly ReadOnlySpan<byte> Type => _file.Slice(Start, 4);

    public readonly ReadOnlySpan<byte> Body => _file.Slice(Start + HeadBytes, Length);

    public static bool IsStartOf(ReadOnlySpan<byte> file, ReadOnlySpan<byte> form) =>
        file.Length >= FileHeadBytes && file.StartsWith("RIFF"u8) && file[8..].StartsWith(form);

    public bool MoveNext()
    {
        if (!IsWhole || _next == _end)
        {
            return false;
        }
        Start = _next;
        var size = _end - _next >= HeadBytes ? SizeAt(_file, _next + 4) : uint.MaxValue;
        IsWhole = size <= _end - (long)Start - HeadBytes;
        if (!IsWhole)
        {
            return false;
        }
        Length = (int)size;
        // Chunks have an even length; many writers leave the last byte away.
        _next = Math.Min(Start + HeadBytes + Length + (Length & 1), _end);
        return true;
    }

    /// <summary>Keeps the chunk, of an even length.</summary>
    public readonly void Keep(KeptPieces kept)
    {
        kept.Keep(Start, HeadBytes + Length);
        if ((Length & 1) != 0)
        {
            kept.Add(new byte[1]);
        }
    }

    /// <summary>Bytes that the chunk takes when it is kept.</summary>
    public readonly int KeptBytes => HeadBytes + Length + (Length & 1);

    /// <summary>The head of a file of this form.</summary>
    public static byte[] FileHead(ReadOnlySpan<byte> form, int contentBytes)
    {
        var head = new byte[FileHeadBytes];
        "RIFF"u8.CopyTo(head);
        BinaryPrimitives.WriteUInt32LittleEndian(head.AsSpan(4), (uint)(contentBytes + form.Length));
        form.CopyTo(head.AsSpan(HeadBytes));
        return head;
    }

    private static uint SizeAt(ReadOnlySpan<byte> file, int at) => BinaryPrimitives.ReadUInt32LittleEndian(file[at..]);
}
