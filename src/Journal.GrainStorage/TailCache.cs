namespace Actors.Journal.GrainStorage;

/// <summary>
/// The newest segments of the streams that are being written, least recently used out first. An entry may be stale: it
/// only ever saves a read before a write that its tag guards.
/// </summary>
internal sealed class TailCache(long maxBytes)
{
    /// <summary>What an entry costs beside its records.</summary>
    private const int OverheadBytes = 512;

    private readonly Lock _gate = new();
    private readonly Dictionary<StreamId, LinkedListNode<(StreamId Stream, Segment Tail)>> _entries = [];
    private readonly LinkedList<(StreamId Stream, Segment Tail)> _byUse = new();
    private long _bytes;

    public Segment? Find(StreamId stream)
    {
        lock (_gate)
        {
            if (!_entries.TryGetValue(stream, out var node))
            {
                return null;
            }
            _byUse.Remove(node);
            _byUse.AddFirst(node);
            return node.Value.Tail;
        }
    }

    /// <summary>
    /// Kept unless a newer one is known: a read that was on its way while the stream was written brings an older tail back.
    /// </summary>
    public void Offer(StreamId stream, Segment tail)
    {
        lock (_gate)
        {
            if (_entries.TryGetValue(stream, out var known) && known.Value.Tail.Head.Sequence > tail.Head.Sequence)
            {
                return;
            }
            RemoveNode(stream);
            _entries[stream] = _byUse.AddFirst((stream, tail));
            _bytes += SizeOf(tail);
            while (_bytes > maxBytes && _byUse.Last is { } last)
            {
                RemoveNode(last.Value.Stream);
            }
        }
    }

    public void Remove(StreamId stream)
    {
        lock (_gate)
        {
            RemoveNode(stream);
        }
    }

    private void RemoveNode(StreamId stream)
    {
        if (_entries.Remove(stream, out var node))
        {
            _byUse.Remove(node);
            _bytes -= SizeOf(node.Value.Tail);
        }
    }

    private static int SizeOf(Segment tail) => tail.State.Records.Length + OverheadBytes;
}
