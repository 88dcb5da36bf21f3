namespace Actors.Grains.Attachments.Formats;

/// <summary>The two checksums of the formats here; both with the polynomial of Ethernet, in one bit order or the other.</summary>
internal static class Crc32
{
    private static readonly uint[] PngTable =
    [
        .. Enumerable.Range(0, 256).Select(static value => PngEntry((uint)value)),
    ];
    private static readonly uint[] OggTable =
    [
        .. Enumerable.Range(0, 256).Select(static value => OggEntry((uint)value)),
    ];

    public static uint OfPng(ReadOnlySpan<byte> bytes)
    {
        var crc = uint.MaxValue;
        foreach (var value in bytes)
        {
            crc = (crc >> 8) ^ PngTable[(byte)(crc ^ value)];
        }
        return ~crc;
    }

    /// <param name="before">Of the bytes before these.</param>
    /// <param name="bytes">To be added.</param>
    public static uint OfOgg(uint before, ReadOnlySpan<byte> bytes)
    {
        var crc = before;
        foreach (var value in bytes)
        {
            crc = (crc << 8) ^ OggTable[(byte)((crc >> 24) ^ value)];
        }
        return crc;
    }

    private static uint PngEntry(uint value)
    {
        for (var bit = 0; bit < 8; bit++)
        {
            value = (value & 1) != 0 ? (value >> 1) ^ 0xEDB88320 : value >> 1;
        }
        return value;
    }

    private static uint OggEntry(uint value)
    {
        value <<= 24;
        for (var bit = 0; bit < 8; bit++)
        {
            value = (value & 0x80000000) != 0 ? (value << 1) ^ 0x04C11DB7 : value << 1;
        }
        return value;
    }
}
