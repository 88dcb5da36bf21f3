using System.Text;
using Actors.Journal.Format;
using Actors.Journal.Logs;

namespace Actors.Journal.Index;

/// <summary>How the saved index spells its parts.</summary>
internal static class IndexFormat
{
    /// <summary>More than any one item needs: a slot with the longest name and the tallest spine.</summary>
    public const int MaxItemBytes = 1024;

    public static void WriteSlot(ref PayloadWriter writer, in StreamSlot slot)
    {
        Span<byte> id = stackalloc byte[StreamId.MaxBytes];
        writer.Prefixed(id[..Encoding.UTF8.GetBytes(slot.Id.Value, id)]);
        writer.Variable(slot.Sequence);
        writer.Variable(slot.Version);
        writer.Variable(slot.WakeTicks);
        writer.Raw(slot.Hash);
        writer.Variable(slot.Head.Value);
        var spine = SkipSpine.Count(slot.Sequence);
        for (var i = 0; i < spine; i++)
        {
            writer.Variable(slot.Spine[i]);
        }
        writer.Variable(slot.Snapshot.Value);
        writer.Variable(slot.SnapshotSequence);
        writer.Variable(slot.SnapshotBytes);
    }

    /// <summary>Adds the slot, unless all its records are gone with the segments before <paramref name="firstSegment"/>.</summary>
    public static void ReadSlot(ref PayloadReader reader, StreamTable streams, int firstSegment)
    {
        var id = Encoding.UTF8.GetString(reader.Prefixed());
        var slot = new StreamSlot
        {
            Sequence = reader.Variable(),
            Version = reader.Variable(),
            WakeTicks = reader.Variable(),
            Hash = Hash256.From(reader.Raw(Hash256.Bytes)),
            Head = new(reader.Variable()),
        };
        slot.Spine = new long[SkipSpine.Count(slot.Sequence)];
        for (var i = 0; i < slot.Spine.Length; i++)
        {
            slot.Spine[i] = reader.Variable();
        }
        slot.Snapshot = new(reader.Variable());
        slot.SnapshotSequence = reader.Variable();
        slot.SnapshotBytes = (int)reader.Variable();
        if (slot.Head.Segment >= firstSegment)
        {
            streams.Add(StreamId.Parse(id), slot);
        }
    }

    public static void WriteLog(ref PayloadWriter writer, string name, Guid logId, Position replayFrom, long nextBatch)
    {
        Span<byte> id = stackalloc byte[16];
        logId.TryWriteBytes(id);
        writer.Prefixed(Encoding.UTF8.GetBytes(name));
        writer.Raw(id);
        writer.Variable(replayFrom.Value);
        writer.Variable(nextBatch);
    }

    public static (string Name, LogMark Mark) ReadLog(ref PayloadReader reader)
    {
        var name = Encoding.UTF8.GetString(reader.Prefixed());
        var id = new Guid(reader.Raw(16));
        return (name, new(id, new(reader.Variable()), reader.Variable(), default, []));
    }

    public static void WriteSegment(ref PayloadWriter writer, SegmentMark segment)
    {
        writer.Variable(segment.Number);
        writer.Variable(segment.Length);
        writer.Variable(segment.NewestTicks);
    }

    public static SegmentMark ReadSegment(ref PayloadReader reader) =>
        new((int)reader.Variable(), reader.Variable(), reader.Variable());
}

/// <summary>What an item of a saved index is. Items of a log follow its <see cref="Log"/> item.</summary>
internal enum IndexItem : byte
{
    Log = 1,
    Segment = 2,
    Slot = 3,
    SyncedTo = 4,
    Snapshots = 5,
}
