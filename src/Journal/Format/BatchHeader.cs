using System.Buffers.Binary;

namespace Actors.Journal.Format;

/// <summary>
/// What one write and one sync carry. Batch n is written only after batch n - 1 was synced, so any trace of a batch
/// proves everything before it. Header and body have checksums of their own: with the header's, an absent body, a half
/// one and a changed one can be told apart.
/// </summary>
internal readonly record struct BatchHeader(
    long Number,
    Position Position,
    int Length,
    int RecordBytes,
    int Records,
    long NewestTicks
)
{
    public const int Bytes = 56;
    private const uint Magic = 0x48_43_54_42; // "BTCH"
    private const int CheckedFrom = 8;

    /// <summary>Fills in the header of a complete batch, body checksum included.</summary>
    public void Encode(Span<byte> batch, Guid logId)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(batch, Magic);
        BinaryPrimitives.WriteInt64LittleEndian(batch[8..], Number);
        BinaryPrimitives.WriteInt64LittleEndian(batch[16..], Position.Value);
        BinaryPrimitives.WriteInt32LittleEndian(batch[24..], Length);
        BinaryPrimitives.WriteInt32LittleEndian(batch[28..], RecordBytes);
        BinaryPrimitives.WriteInt32LittleEndian(batch[32..], Records);
        BinaryPrimitives.WriteUInt32LittleEndian(batch[36..], 0);
        BinaryPrimitives.WriteInt64LittleEndian(batch[40..], NewestTicks);
        BinaryPrimitives.WriteInt32LittleEndian(batch[48..], 0);
        BinaryPrimitives.WriteUInt32LittleEndian(batch[52..], BodyCrc(batch[Bytes..]));
        BinaryPrimitives.WriteUInt32LittleEndian(batch[4..], HeaderCrc(batch, logId));
    }

    public static bool TryDecode(ReadOnlySpan<byte> sector, Guid logId, out BatchHeader header)
    {
        header = default;
        if (
            sector.Length < Bytes
            || BinaryPrimitives.ReadUInt32LittleEndian(sector) != Magic
            || BinaryPrimitives.ReadUInt32LittleEndian(sector[4..]) != HeaderCrc(sector, logId)
        )
        {
            return false;
        }
        header = new(
            BinaryPrimitives.ReadInt64LittleEndian(sector[8..]),
            new(BinaryPrimitives.ReadInt64LittleEndian(sector[16..])),
            BinaryPrimitives.ReadInt32LittleEndian(sector[24..]),
            BinaryPrimitives.ReadInt32LittleEndian(sector[28..]),
            BinaryPrimitives.ReadInt32LittleEndian(sector[32..]),
            BinaryPrimitives.ReadInt64LittleEndian(sector[40..])
        );
        return true;
    }

    public static bool BodyIsWhole(ReadOnlySpan<byte> batch) =>
        BinaryPrimitives.ReadUInt32LittleEndian(batch[52..]) == BodyCrc(batch[Bytes..]);

    private static uint BodyCrc(ReadOnlySpan<byte> body) => Crc32C.Compute(body);

    // The log's id makes a batch of another log, left behind in recycled blocks, invalid here.
    private static uint HeaderCrc(ReadOnlySpan<byte> batch, Guid logId)
    {
        Span<byte> id = stackalloc byte[16];
        logId.TryWriteBytes(id);
        return Crc32C.Compute(batch[CheckedFrom..Bytes], Crc32C.Compute(id));
    }
}
