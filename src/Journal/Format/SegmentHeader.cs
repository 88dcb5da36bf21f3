using System.Buffers.Binary;

namespace Actors.Journal.Format;

internal enum SegmentKind
{
    Log = 1,
    Snapshots = 2,
}

internal enum HeaderVerdict
{
    Valid,

    /// <summary>Never written: the file was being made when the machine stopped.</summary>
    Blank,
    Corrupt,
    OtherKey,
}

/// <summary>The first sector of every segment: which log it belongs to, where it continues, and the salt of its key.</summary>
internal sealed record SegmentHeader(
    SegmentKind Kind,
    int Number,
    Position PreviousEnd,
    long FirstBatch,
    Guid LogId,
    byte[] Salt,
    long CreatedTicks
)
{
    private const ulong Magic = 0x31_4C_4E_52_4A_54_43_41; // "ACTJRNL1": the last character is the format's version
    private const int SaltOffset = 48;
    private const int CreatedOffset = SaltOffset + JournalKey.SaltBytes;
    private const int ProofOffset = CreatedOffset + sizeof(long);
    private const int CrcOffset = Sector.Bytes - sizeof(uint);

    /// <summary>The one of a journal's keys that the segment is written with; null before it was looked for.</summary>
    public JournalKey? Key { get; private init; }

    public byte[] Encode(JournalKey key)
    {
        var sector = new byte[Sector.Bytes];
        BinaryPrimitives.WriteUInt64LittleEndian(sector, Magic);
        BinaryPrimitives.WriteInt32LittleEndian(sector.AsSpan(8), (int)Kind);
        BinaryPrimitives.WriteInt32LittleEndian(sector.AsSpan(12), Number);
        BinaryPrimitives.WriteInt64LittleEndian(sector.AsSpan(16), PreviousEnd.Value);
        BinaryPrimitives.WriteInt64LittleEndian(sector.AsSpan(24), FirstBatch);
        LogId.TryWriteBytes(sector.AsSpan(32));
        Salt.CopyTo(sector, SaltOffset);
        BinaryPrimitives.WriteInt64LittleEndian(sector.AsSpan(CreatedOffset), CreatedTicks);
        key.Prove(sector.AsSpan(0, ProofOffset), sector.AsSpan(ProofOffset, JournalKey.ProofBytes));
        BinaryPrimitives.WriteUInt32LittleEndian(sector.AsSpan(CrcOffset), Crc32C.Compute(sector.AsSpan(0, CrcOffset)));
        return sector;
    }

    public static HeaderVerdict TryDecode(ReadOnlySpan<byte> sector, JournalKey key, out SegmentHeader? header)
    {
        header = null;
        if (Sector.IsBlank(sector))
        {
            return HeaderVerdict.Blank;
        }
        if (
            sector.Length != Sector.Bytes
            || BinaryPrimitives.ReadUInt32LittleEndian(sector[CrcOffset..]) != Crc32C.Compute(sector[..CrcOffset])
            || BinaryPrimitives.ReadUInt64LittleEndian(sector) != Magic
        )
        {
            return HeaderVerdict.Corrupt;
        }
        if (key.FindProver(sector[..ProofOffset], sector.Slice(ProofOffset, JournalKey.ProofBytes)) is not { } prover)
        {
            return HeaderVerdict.OtherKey;
        }
        header = new(
            (SegmentKind)BinaryPrimitives.ReadInt32LittleEndian(sector[8..]),
            BinaryPrimitives.ReadInt32LittleEndian(sector[12..]),
            new(BinaryPrimitives.ReadInt64LittleEndian(sector[16..])),
            BinaryPrimitives.ReadInt64LittleEndian(sector[24..]),
            new(sector.Slice(32, 16)),
            sector.Slice(SaltOffset, JournalKey.SaltBytes).ToArray(),
            BinaryPrimitives.ReadInt64LittleEndian(sector[CreatedOffset..])
        )
        {
            Key = prover,
        };
        return HeaderVerdict.Valid;
    }
}
