using System.Buffers.Binary;

namespace Actors.Journal.Format;

/// <summary>Writes little-endian numbers, variable-length numbers and length-prefixed bytes.</summary>
internal ref struct PayloadWriter(Span<byte> buffer)
{
    public const int MaxVariableBytes = 10;

    private readonly Span<byte> _buffer = buffer;

    public int Length { get; private set; }

    public readonly ReadOnlySpan<byte> Written => _buffer[..Length];

    public void Byte(byte value) => _buffer[Length++] = value;

    public void Int64(long value)
    {
        BinaryPrimitives.WriteInt64LittleEndian(_buffer[Length..], value);
        Length += sizeof(long);
    }

    public void Variable(long value)
    {
        var rest = (ulong)value;
        for (; rest >= 0x80; rest >>= 7)
        {
            Byte((byte)(rest | 0x80));
        }
        Byte((byte)rest);
    }

    public void Raw(scoped ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(_buffer[Length..]);
        Length += bytes.Length;
    }

    public void Prefixed(scoped ReadOnlySpan<byte> bytes)
    {
        Variable(bytes.Length);
        Raw(bytes);
    }
}

/// <summary>Reads what <see cref="PayloadWriter"/> wrote. Its input was authenticated before, so it may trust lengths.</summary>
internal ref struct PayloadReader(ReadOnlySpan<byte> buffer)
{
    private readonly ReadOnlySpan<byte> _buffer = buffer;

    public int Offset { get; private set; }

    public readonly int Remaining => _buffer.Length - Offset;

    public byte Byte() => _buffer[Offset++];

    public long Int64()
    {
        var value = BinaryPrimitives.ReadInt64LittleEndian(_buffer[Offset..]);
        Offset += sizeof(long);
        return value;
    }

    public long Variable()
    {
        ulong value = 0;
        for (var shift = 0; ; shift += 7)
        {
            var next = Byte();
            value |= (ulong)(next & 0x7F) << shift;
            if (next < 0x80)
            {
                return (long)value;
            }
        }
    }

    public ReadOnlySpan<byte> Raw(int length)
    {
        var bytes = _buffer.Slice(Offset, length);
        Offset += length;
        return bytes;
    }

    public ReadOnlySpan<byte> Prefixed() => Raw((int)Variable());
}
