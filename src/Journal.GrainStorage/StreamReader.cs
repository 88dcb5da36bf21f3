namespace Actors.Journal.GrainStorage;

/// <summary>Finds a stream's segments: the tail by the head hint and by probing, others by bisection.</summary>
internal sealed class StreamReader
{
    private readonly StreamRecords _records;

    private StreamReader(StreamRecords records, StoredValue<HeadState> head, Segment tail) =>
        (_records, Head, Tail) = (records, head, tail);

    public StoredValue<HeadState> Head { get; private set; }

    /// <summary>The segment that the next record goes into; perhaps not stored yet.</summary>
    public Segment Tail { get; }

    public long First => Math.Max(Head.State.First, 1);

    /// <summary>
    /// The hint is written after the segment that it names, so it may lag and never runs ahead. A segment is only made
    /// behind one that is sealed, so looking further is needed no longer than that.
    /// </summary>
    public static async Task<StreamReader> OpenAsync(StreamRecords records)
    {
        var head = await records.ReadHeadAsync();
        var number = Math.Max(head.State.Segment, 1);
        var (tail, etag) = await records.ReadSegmentAsync(number);
        if (tail is null)
        {
            return head.State.Segment == 0
                ? new StreamReader(records, head, Segment.BeforeFirst(records.Stream, etag))
                : throw Missing(records, number);
        }
        while (tail.State.Sealed)
        {
            (var next, etag) = await records.ReadSegmentAsync(tail.Number + 1);
            if (next is not null)
            {
                CheckJoint(records, tail, next);
            }
            tail = next ?? tail.After(etag);
        }
        return new StreamReader(records, head, tail);
    }

    /// <summary>Segments that hold records after <paramref name="sequence"/>, oldest first.</summary>
    public async IAsyncEnumerable<Segment> ForwardAsync(long sequence)
    {
        var start = await FindAsync(segment => segment.State.FirstSequence <= sequence + 1);
        Segment? before = null;
        for (var number = start; number <= Tail.Number; number++)
        {
            if (await ReadAsync(number) is not { } segment)
            {
                number = First - 1;
                continue;
            }
            if (before is not null)
            {
                CheckJoint(_records, before, segment);
            }
            before = segment;
            yield return segment;
        }
    }

    /// <summary>Segments that hold events below <paramref name="version"/>, newest first.</summary>
    public async IAsyncEnumerable<Segment> BackwardAsync(long version)
    {
        var start = await FindAsync(segment => segment.State.FirstVersion < version);
        Segment? after = null;
        for (var number = start; number >= First; number--)
        {
            if (await ReadAsync(number) is not { } segment)
            {
                yield break;
            }
            if (after is not null)
            {
                CheckJoint(_records, segment, after);
            }
            after = segment;
            yield return segment;
        }
    }

    /// <summary>Number of the newest segment for which the condition holds, which holds for all older ones too.</summary>
    private async Task<long> FindAsync(Func<Segment, bool> holds)
    {
        var (low, high) = (First, Tail.Number);
        if (holds(Tail))
        {
            return high;
        }
        while (low < high - 1)
        {
            var middle = low + ((high - low) / 2);
            var segment = await ReadAsync(middle);
            if (segment is null || holds(segment))
            {
                low = Math.Max(middle, First);
            }
            else
            {
                high = middle;
            }
        }
        return low;
    }

    /// <summary>Null when the segment has expired meanwhile.</summary>
    private async Task<Segment?> ReadAsync(long number)
    {
        if (number == Tail.Number)
        {
            return Tail;
        }
        var (segment, _) = await _records.ReadSegmentAsync(number);
        if (segment is null)
        {
            Head = await _records.ReadHeadAsync();
            return number < First ? null : throw Missing(_records, number);
        }
        return segment;
    }

    private static void CheckJoint(StreamRecords records, Segment before, Segment after)
    {
        if (!before.Hash.AsSpan().SequenceEqual(after.State.PreviousHash))
        {
            throw new JournalDamagedException(records.PlaceOf(after.Number), 0, "it does not continue the one before");
        }
    }

    private static JournalDamagedException Missing(StreamRecords records, long number) =>
        new(records.PlaceOf(number), 0, "it is missing");
}
