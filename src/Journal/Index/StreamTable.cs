using System.Runtime.CompilerServices;
using Actors.Journal.Snapshots;

namespace Actors.Journal.Index;

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

    /// <summary>Forgets a stream, if it is known.</summary>
    public void Remove(StreamId id)
    {
        for (var number = _buckets[BucketOf(string.GetHashCode(id.Value.AsSpan()))] - 1; number >= 0; )
        {
            ref var slot = ref this[number];
            if (slot.Id == id)
            {
                Remove(number);
                return;
            }
            number = slot.Next;
        }
    }

    private void Remove(int number)
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

    /// <summary>Adds the pending streams of one piece of the table; returns where the next begins, null after the last.</summary>
    public int? AddPending(int from, List<PendingStream> pending)
    {
        var end = Math.Min(from + ChunkSlots, HighWater);
        for (var number = from; number < end; number++)
        {
            ref var slot = ref this[number];
            if (slot.IsUsed && slot.WakeTicks != 0)
            {
                pending.Add(new(slot.Id, new(slot.WakeTicks, TimeSpan.Zero)));
            }
        }
        return end < HighWater ? end : null;
    }

    /// <summary>The same for all streams.</summary>
    public int? AddStreams(int from, List<StreamId> streams)
    {
        var end = Math.Min(from + ChunkSlots, HighWater);
        for (var number = from; number < end; number++)
        {
            ref var slot = ref this[number];
            if (slot.IsUsed)
            {
                streams.Add(slot.Id);
            }
        }
        return end < HighWater ? end : null;
    }

    public IReadOnlyList<SnapshotPlace> ListSnapshots() =>
        Select(static (in slot) => !slot.Snapshot.IsNone, static (in slot) => SnapshotOf(slot));

    public StreamId? FindStream(Func<StreamId, bool> matches) =>
        Select((in slot) => matches(slot.Id), static (in slot) => slot.Id) is [var first, ..] ? first : null;

    /// <summary>Notes where a stream's newest snapshot is; false when that is not better than what is known.</summary>
    public bool TrySetSnapshot(SnapshotPlace place, out SnapshotPlace replaced)
    {
        replaced = default;
        ref var slot = ref Find(place.Stream.Value);
        if (
            Unsafe.IsNullRef(ref slot)
            || place.Sequence > slot.Sequence
            || (place.Sequence < slot.SnapshotSequence && !slot.Snapshot.IsNone)
        )
        {
            return false;
        }
        replaced = SnapshotOf(slot);
        (slot.Snapshot, slot.SnapshotSequence, slot.SnapshotBytes) = (place.At, place.Sequence, place.Bytes);
        return true;
    }

    /// <summary>Removes the streams whose newest record lies before a segment; returns their snapshots.</summary>
    public IReadOnlyList<SnapshotPlace> RemoveBefore(int segment)
    {
        var removed = new List<SnapshotPlace>();
        for (var number = 0; number < HighWater; number++)
        {
            ref var slot = ref this[number];
            if (slot.IsUsed && slot.Head.Segment < segment)
            {
                removed.Add(SnapshotOf(slot));
                Remove(number);
            }
        }
        return removed;
    }

    public delegate T Look<out T>(in StreamSlot slot);

    public List<T> Select<T>(Look<bool> matches, Look<T> look)
    {
        var found = new List<T>();
        for (var number = 0; number < HighWater; number++)
        {
            ref var slot = ref this[number];
            if (slot.IsUsed && matches(slot))
            {
                found.Add(look(slot));
            }
        }
        return found;
    }

    private static SnapshotPlace SnapshotOf(in StreamSlot slot) =>
        new(slot.Id, slot.SnapshotSequence, slot.Snapshot, slot.SnapshotBytes);

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
