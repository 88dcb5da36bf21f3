namespace Actors.Journal.GrainStorage;

/// <summary>Finds a stream's segments: the tail by the head hint and by probing, others by bisection.</summary>
internal sealed class StreamReader
{
    /// <summary>What a reader asks for mostly lies near the end; so many segments are looked at before it is searched for.</summary>
    private const int LookedAtFromTheEnd = 2;

    private readonly StreamRecords _records;

    /// <summary>Sealed segments that have been read: they never change.</summary>
    private readonly Dictionary<long, Segment> _sealed = [];
    private StoredValue<HeadState>? _head;

    private StreamReader(StreamRecords records, StoredValue<HeadState>? head, Segment tail) =>
        (_records, _head, Tail) = (records, head, tail);

    /// <summary>The segment that the next record goes into; perhaps not stored yet.</summary>
    public Segment Tail { get; private set; }

    /// <summary>The hint as it was read; null when nobody has asked for it.</summary>
    public StoredValue<HeadState>? Head => _head;

    /// <param name="guess">Where the tail probably is. It is read together with the hint: one wait instead of two.</param>
    public static async Task<StreamReader> OpenAsync(StreamRecords records, long guess = 1) =>
        await OpenAsync(records, await LookAsync(records, guess));

    /// <summary>The hint, and what lies at the place where the tail probably is.</summary>
    public static async Task<(StoredValue<HeadState> Head, SegmentPlace At)> LookAsync(
        StreamRecords records,
        long guess
    )
    {
        var reading = records.ReadHeadAsync();
        var guessing = records.ReadSegmentAsync(guess);
        await Task.WhenAll(reading, guessing);
        var (segment, etag) = await guessing;
        return (await reading, new SegmentPlace(guess, segment, etag));
    }

    /// <summary>
    /// The hint is written after the segment that it names, so it may lag and never runs ahead. A segment is only made
    /// behind one that is sealed, so looking further is needed no longer than that.
    /// </summary>
    public static async Task<StreamReader> OpenAsync(
        StreamRecords records,
        (StoredValue<HeadState> Head, SegmentPlace At) found
    )
    {
        var (head, (guess, tail, etag)) = found;
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
        var reader = new StreamReader(records, head, tail);
        await reader.PassSealedAsync();
        return reader;
    }

    private async Task PassSealedAsync()
    {
        while (Tail.State.Sealed)
        {
            var passed = Tail;
            _sealed[passed.Number] = passed;
            var (next, etag) = await _records.ReadSegmentAsync(passed.Number + 1);
            if (next is not null)
            {
                CheckJoint(_records, passed, next);
            }
            Tail = next ?? passed.After(etag);
        }
    }

    /// <summary>Reads what lies before a tail that is known already: what has been written there never changes.</summary>
    /// <param name="hint">Where the stream began when somebody last looked; null when nobody has.</param>
    public static StreamReader Before(StreamRecords records, Segment tail, StoredValue<HeadState>? hint) =>
        new(records, hint, tail);

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
        for (var number = start; number >= 1 && (number == Tail.Number || number >= await FirstAsync()); number--)
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
        for (var looked = 0; looked < LookedAtFromTheEnd && low < high - 1; looked++)
        {
            if (await ReadAsync(--high) is not { } segment || holds(segment))
            {
                return Math.Max(high, await FirstAsync());
            }
        }
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
        if (_sealed.TryGetValue(number, out var known))
        {
            return known;
        }
        var (segment, _) = await _records.ReadSegmentAsync(number);
        if (segment is null)
        {
            _head = null;
            return number < await FirstAsync() ? null : throw Missing(_records, number);
        }
        return _sealed[number] = segment;
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
