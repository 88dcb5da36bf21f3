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
    private readonly Dictionary<StreamId, LinkedListNode<Entry>> _entries = [];
    private readonly LinkedList<Entry> _byUse = new();
    private long _bytes;

    /// <summary>To write under its tag; null while a write is in doubt.</summary>
    public Segment? Find(StreamId stream) => FindEntry(stream) is { InDoubt: false } known ? known.Tail : null;

    /// <summary>To read what it holds, which nobody changes any more: only what comes behind it may be in doubt.</summary>
    public Segment? FindHistory(StreamId stream) => FindEntry(stream)?.Tail;

    /// <summary>The head hint as it was found or written last, so that it can be written again under its tag.</summary>
    public StoredValue<HeadState>? FindHint(StreamId stream) => FindEntry(stream)?.Hint;

    private Entry? FindEntry(StreamId stream)
    {
        lock (_gate)
        {
            if (!_entries.TryGetValue(stream, out var node))
            {
                return null;
            }
            _byUse.Remove(node);
            _byUse.AddFirst(node);
            return node.Value;
        }
    }

    /// <summary>
    /// Kept unless a newer one is known: a read that was on its way while the stream was written brings an older tail back.
    /// </summary>
    public void Offer(StreamId stream, Segment tail, StoredValue<HeadState>? hint)
    {
        lock (_gate)
        {
            if (_entries.TryGetValue(stream, out var known) && known.Value.Tail.Head.Sequence > tail.Head.Sequence)
            {
                return;
            }
            RemoveNode(stream);
            _entries[stream] = _byUse.AddFirst(new Entry(stream, tail, hint, InDoubt: false));
            _bytes += SizeOf(tail);
            while (_bytes > maxBytes && _byUse.Last is { } last)
            {
                RemoveNode(last.Value.Stream);
            }
        }
    }

    /// <summary>A write is on its way: until it is known to have arrived, nobody else may write under this tag.</summary>
    public void Doubt(StreamId stream)
    {
        lock (_gate)
        {
            if (_entries.TryGetValue(stream, out var node))
            {
                node.Value = node.Value with { InDoubt = true };
            }
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

    private sealed record Entry(StreamId Stream, Segment Tail, StoredValue<HeadState>? Hint, bool InDoubt);
}
