using System.Runtime.CompilerServices;
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

/// <summary>
/// A hash table of slots in place: no object per stream, references to slots stay good while it grows, and a walk by
/// number may be interrupted by insertions without missing what was there. Not safe for concurrent use.
/// </summary>
internal sealed class StreamTable
{
    private const int ChunkBits = 9;
    private const int ChunkSlots = 1 << ChunkBits;

    private readonly List<StreamSlot[]> _chunks = [];
    private int[] _buckets = new int[ChunkSlots];
    private int _freeSlot = -1;

    public int Count { get; private set; }

    /// <summary>Slots up to here may be in use.</summary>
    public int HighWater { get; private set; }

    public ref StreamSlot this[int number] => ref _chunks[number >> ChunkBits][number & (ChunkSlots - 1)];

    /// <summary>The slot of a stream, or a null reference.</summary>
    public ref StreamSlot Find(ReadOnlySpan<char> id)
    {
        var hashCode = string.GetHashCode(id);
        for (var number = _buckets[BucketOf(hashCode)] - 1; number >= 0; )
        {
            ref var slot = ref this[number];
            if (slot.HashCode == hashCode && id.SequenceEqual(slot.Id.Value))
            {
                return ref slot;
            }
            number = slot.Next;
        }
        return ref Unsafe.NullRef<StreamSlot>();
    }

    public ref StreamSlot Add(StreamId id) => ref Add(id, new() { Spine = [] });

    public ref StreamSlot Add(StreamId id, scoped in StreamSlot content)
    {
        if (Count == _buckets.Length)
        {
            Grow();
        }
        var number = TakeSlot();
        ref var slot = ref this[number];
        slot = content;
        slot.Id = id;
        slot.HashCode = string.GetHashCode(id.Value.AsSpan());
        Link(ref slot, number);
        Count++;
        return ref slot;
    }

    public void Remove(int number)
    {
        ref var slot = ref this[number];
        ref var link = ref _buckets[BucketOf(slot.HashCode)];
        if (link - 1 == number)
        {
            link = slot.Next + 1;
        }
        else
        {
            var before = link - 1;
            while (this[before].Next != number)
            {
                before = this[before].Next;
            }
            this[before].Next = slot.Next;
        }
        slot = default;
        slot.Next = _freeSlot;
        _freeSlot = number;
        Count--;
    }

    private int TakeSlot()
    {
        if (_freeSlot >= 0)
        {
            var number = _freeSlot;
            _freeSlot = this[number].Next;
            return number;
        }
        if (HighWater == _chunks.Count << ChunkBits)
        {
            _chunks.Add(new StreamSlot[ChunkSlots]);
        }
        return HighWater++;
    }

    private void Grow()
    {
        _buckets = new int[_buckets.Length * 2];
        for (var number = 0; number < HighWater; number++)
        {
            ref var slot = ref this[number];
            if (slot.IsUsed)
            {
                Link(ref slot, number);
            }
        }
    }

    private void Link(ref StreamSlot slot, int number)
    {
        ref var bucket = ref _buckets[BucketOf(slot.HashCode)];
        slot.Next = bucket - 1;
        bucket = number + 1;
    }

    private int BucketOf(int hashCode) => hashCode & (_buckets.Length - 1);
}
