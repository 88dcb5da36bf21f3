using System.Runtime.CompilerServices;
using Actors.Journal.Format;

namespace Actors.Journal.Index;

/// <summary>A stream's slot as it was before a record, for the case that the record is not written after all.</summary>
internal readonly struct SlotBefore
{
    private readonly StreamId _id;
    private readonly long _sequence;
    private readonly long _version;
    private readonly long _wakeTicks;
    private readonly Hash256 _hash;
    private readonly Position _head;
    private readonly long[] _spine;

    // The one place of the spine that moving on may write to.
    private readonly int _root;
    private readonly long _rootValue;

    private SlotBefore(in StreamSlot slot)
    {
        (_id, _sequence, _version, _wakeTicks) = (slot.Id, slot.Sequence, slot.Version, slot.WakeTicks);
        (_hash, _head, _spine) = (slot.Hash, slot.Head, slot.Spine);
        _root = SkipSpine.Count(slot.Sequence);
        _rootValue = _root < _spine.Length ? _spine[_root] : 0;
    }

    public static SlotBefore Of(in StreamSlot slot) => new(slot);

    public void Restore(StreamTable streams)
    {
        if (_sequence == 0)
        {
            streams.Remove(_id);
            return;
        }
        ref var slot = ref streams.Find(_id.Value);
        if (Unsafe.IsNullRef(ref slot))
        {
            return;
        }
        if (_root < _spine.Length)
        {
            _spine[_root] = _rootValue;
        }
        (slot.Sequence, slot.Version, slot.WakeTicks) = (_sequence, _version, _wakeTicks);
        (slot.Hash, slot.Head, slot.Spine) = (_hash, _head, _spine);
    }
}
