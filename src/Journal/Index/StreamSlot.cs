using Actors.Journal.Format;

namespace Actors.Journal.Index;

/// <summary>What the journal remembers of one stream: its head, and where to find the rest.</summary>
internal struct StreamSlot
{
    public StreamId Id;
    public long Sequence;
    public long Version;
    public long WakeTicks;
    public Hash256 Hash;
    public Position Head;
    public long[] Spine;
    public Position Snapshot;
    public long SnapshotSequence;
    public int SnapshotBytes;
    public int HashCode;
    public int Next;

    public readonly bool IsUsed => Id.Value is not null;

    /// <summary>Moves on to the stream's next record.</summary>
    public void Advance(Position at, int eventCount, long wakeTicks, in Hash256 hash)
    {
        SkipSpine.Advance(Sequence, Head, ref Spine);
        Sequence++;
        Version += eventCount;
        WakeTicks = wakeTicks;
        Hash = hash;
        Head = at;
    }
}
