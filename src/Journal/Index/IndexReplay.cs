using System.Runtime.CompilerServices;
using System.Text;
using Actors.Journal.Format;

namespace Actors.Journal.Index;

/// <summary>
/// Builds the index from records, oldest first, and refuses any that does not continue its stream. Records before
/// <paramref name="knownUntil"/> may be in the index already, because it was saved while they were being written.
/// </summary>
internal sealed class IndexReplay(StreamTable streams, Position knownUntil, bool startMayBeGone)
{
    public void Apply(in RecordView record, Position at, string path)
    {
        Span<char> chars = stackalloc char[StreamId.MaxBytes];
        var id = chars[..Encoding.UTF8.GetChars(record.Stream, chars)];
        ref var slot = ref streams.Find(id);
        if (Unsafe.IsNullRef(ref slot))
        {
            slot = ref Begin(id, record, at, path);
        }
        else if (at < knownUntil && record.Sequence <= slot.Sequence)
        {
            return;
        }
        if (
            record.Sequence != slot.Sequence + 1
            || record.FirstVersion != slot.Version + 1
            || record.Previous != slot.Head
        )
        {
            throw new JournalDamagedException(
                path,
                at.Offset,
                $"record {record.Sequence} of stream {slot.Id} does not continue record {slot.Sequence}."
            );
        }
        slot.Advance(at, record.EventCount, record.WakeTicks, Hash256.From(record.Hash));
    }

    private ref StreamSlot Begin(ReadOnlySpan<char> id, in RecordView record, Position at, string path)
    {
        if (record.Sequence != 1 && !startMayBeGone)
        {
            throw new JournalDamagedException(path, at.Offset, $"record {record.Sequence} of {id} is its first.");
        }
        ref var slot = ref streams.Add(StreamId.Parse(id.ToString()));
        slot.Sequence = record.Sequence - 1;
        slot.Version = record.FirstVersion - 1;
        slot.Head = record.Previous;
        // Where the older roots were does not matter any more: position 0 reads as gone.
        slot.Spine = new long[SkipSpine.Count(slot.Sequence)];
        return ref slot;
    }
}
