using System.Buffers.Binary;

namespace Actors.Journal.GrainStorage;

/// <summary>Names one attempt to commit, in all clusters and for ever: the journal instance and a number of its own.</summary>
internal readonly record struct CommitId(Guid Writer, long Number);

/// <summary>The part of a record that is never encrypted.</summary>
internal readonly record struct RecordHeader(
    long Sequence,
    long FirstVersion,
    int EventCount,
    DateTimeOffset At,
    CommitId Commit,
    byte Flags
)
{
    public const int Bytes = 8 + 8 + 4 + 8 + 16 + 8 + 1;
    public const byte EncryptedFlag = 1;
    public const byte LargeFlag = 2;

    public static byte FlagsOf(bool isEncrypted, bool isLarge) =>
        (byte)((isEncrypted ? EncryptedFlag : 0) | (isLarge ? LargeFlag : 0));

    public bool IsEncrypted => (Flags & EncryptedFlag) != 0;

    /// <summary>The body lies in parts beside the segment.</summary>
    public bool IsLarge => (Flags & LargeFlag) != 0;

    public void Write(Span<byte> target)
    {
        BinaryPrimitives.WriteInt64LittleEndian(target, Sequence);
        BinaryPrimitives.WriteInt64LittleEndian(target[8..], FirstVersion);
        BinaryPrimitives.WriteInt32LittleEndian(target[16..], EventCount);
        BinaryPrimitives.WriteInt64LittleEndian(target[20..], At.UtcTicks);
        Commit.Writer.TryWriteBytes(target[28..], bigEndian: true, out _);
        BinaryPrimitives.WriteInt64LittleEndian(target[44..], Commit.Number);
        target[52] = Flags;
    }

    public static RecordHeader Read(ReadOnlySpan<byte> source) =>
        new(
            BinaryPrimitives.ReadInt64LittleEndian(source),
            BinaryPrimitives.ReadInt64LittleEndian(source[8..]),
            BinaryPrimitives.ReadInt32LittleEndian(source[16..]),
            new DateTimeOffset(BinaryPrimitives.ReadInt64LittleEndian(source[20..]), TimeSpan.Zero),
            new CommitId(
                new Guid(source.Slice(28, 16), bigEndian: true),
                BinaryPrimitives.ReadInt64LittleEndian(source[44..])
            ),
            source[52]
        );
}
