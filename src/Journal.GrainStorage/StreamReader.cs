namespace Actors.Journal.GrainStorage;

/// <summary>Finds a stream's segments: the tail by the head hint and by probing, others by bisection.</summary>
internal sealed class StreamReader
{
    private readonly StreamRecords _records;
    private StoredValue<HeadState>? _head;

    private StreamReader(StreamRecords records, StoredValue<HeadState>? head, Segment tail) =>
        (_records, _head, Tail) = (records, head, tail);

    /// <summary>The segment that the next record goes into; perhaps not stored yet.</summary>
    public Segment Tail { get; }

    /// <summary>
    /// The hint is written after the segment that it names, so it may lag and never runs ahead. A segment is only made
    /// behind one that is sealed, so looking further is needed no longer than that.
    /// </summary>
    /// <param name="guess">Where the tail probably is. It is read together with the hint: one wait instead of two.</param>
    public static async Task<StreamReader> OpenAsync(StreamRecords records, long guess = 1)
    {
        var reading = records.ReadHeadAsync();
        var guessing = records.ReadSegmentAsync(guess);
        await Task.WhenAll(reading, guessing);
        var head = await reading;
        var (tail, etag) = await guessing;
        var number = Math.Max(head.State.Segment, 1);
        // A hint that lags behind the guess is made up for, unless the guess is wrong.
        if (number > guess || (tail is null && number != guess))
        {
            (tail, etag) = await records.ReadSegmentAsync(number);
        }
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

    /// <summary>Reads what lies before a tail that is known already: what has been written there never changes.</summary>
    public static StreamReader Before(StreamRecords records, Segment tail) => new(records, head: null, tail);

    /// <summary>Segments that hold records after <paramref name="sequence"/>, oldest first.</summary>
    public async IAsyncEnumerable<Segment> ForwardAsync(long sequence)
    {
        var start = await FindAsync(segment => segment.State.FirstSequence <= sequence + 1);
        Segment? before = null;
        for (var number = start; number <= Tail.Number; number++)
        {
            if (await ReadAsync(number) is not { } segment)
            {
                number = await FirstAsync() - 1;
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
        for (var number = start; number == Tail.Number || number >= await FirstAsync(); number--)
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
        if (holds(Tail))
        {
            return Tail.Number;
        }
        var (low, high) = (await FirstAsync(), Tail.Number);
        while (low < high - 1)
        {
            var middle = low + ((high - low) / 2);
            var segment = await ReadAsync(middle);
            if (segment is null || holds(segment))
            {
                low = Math.Max(middle, await FirstAsync());
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
            _head = null;
            return number < await FirstAsync() ? null : throw Missing(_records, number);
        }
        return segment;
    }

    /// <summary>The oldest segment that has not expired.</summary>
    private async ValueTask<long> FirstAsync()
    {
        _head ??= await _records.ReadHeadAsync();
        return Math.Max(_head.State.First, 1);
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
