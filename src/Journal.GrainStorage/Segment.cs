using System.Diagnostics.CodeAnalysis;

namespace Actors.Journal.GrainStorage;

/// <summary>A segment as it is stored, or as it shall be stored, with the tag that guards its place.</summary>
/// <param name="Count">How many records it holds.</param>
/// <param name="Head">Where the stream stands after the last record.</param>
/// <param name="Hash">End of the chain.</param>
/// <param name="ETag">Tag of what is in storage at its place; null where nothing is.</param>
internal sealed record Segment(SegmentState State, int Count, StreamHead Head, byte[] Hash, string? ETag)
{
    private IReadOnlyList<StoredRecord>? _records;

    public long Number => State.Number;

    /// <summary>Parsed when first asked for: a writer never asks.</summary>
    public IReadOnlyList<StoredRecord> Records => _records ??= RecordCodec.Read(State, State.Stream);

    /// <summary>The place of a stream's first segment, before anything is written.</summary>
    public static Segment BeforeFirst(StreamId stream, string? etag) =>
        Empty(stream.Value, 1, StreamHead.Empty, RecordCodec.Genesis(stream), etag);

    /// <summary>The same for a stream whose beginning has expired.</summary>
    public static Segment BeforeFirst(StreamId stream, string? etag, StreamHead expired) =>
        Empty(stream.Value, 1, expired, RecordCodec.Genesis(stream), etag);

    /// <summary>The place behind a segment that takes no more.</summary>
    public Segment After(string? etag) => Empty(State.Stream, Number + 1, Head, Hash, etag);

    /// <exception cref="JournalDamagedException">Names the first bad record.</exception>
    public static Segment Stored(SegmentState state, string? etag, string place)
    {
        if (state.Format != RecordCodec.Format)
        {
            throw new JournalDamagedException(place, 0, $"format {state.Format} is not known");
        }
        var records = RecordCodec.Read(state, place);
        if (records.Count == 0)
        {
            throw new JournalDamagedException(place, 0, "it holds no record");
        }
        var last = records[^1].Header;
        var head = new StreamHead(last.Sequence, last.FirstVersion + last.EventCount - 1);
        var hash = state.Records[^RecordCodec.HashBytes..];
        return new Segment(state, records.Count, head, hash, etag) { _records = records };
    }

    /// <summary>The same segment with one more record; it still has to be stored.</summary>
    public Segment Append(RecordHeader header, ReadOnlySpan<byte> stored, GrainStorageJournalOptions options)
    {
        var (records, hash) = RecordCodec.Append(State.Records, header, stored, Hash);
        var state = new SegmentState
        {
            Format = RecordCodec.Format,
            Stream = State.Stream,
            Number = Number,
            FirstSequence = State.FirstSequence,
            FirstVersion = State.FirstVersion,
            PreviousHash = State.PreviousHash,
            Records = records,
            Sealed = Count + 1 >= options.SegmentRecords || records.Length >= options.SegmentBytes,
        };
        var head = new StreamHead(header.Sequence, header.FirstVersion + header.EventCount - 1);
        return new Segment(state, Count + 1, head, hash, ETag);
    }

    /// <summary>The same place without its records, for writing them anew.</summary>
    public Segment Emptied() =>
        Empty(
            State.Stream,
            Number,
            new StreamHead(State.FirstSequence - 1, State.FirstVersion - 1),
            State.PreviousHash,
            ETag
        );

    /// <summary>Takes more, or not, as another writer has decided.</summary>
    public Segment SealedAs(Segment other) =>
        this with
        {
            State = new SegmentState
            {
                Format = State.Format,
                Stream = State.Stream,
                Number = Number,
                FirstSequence = State.FirstSequence,
                FirstVersion = State.FirstVersion,
                PreviousHash = State.PreviousHash,
                Records = State.Records,
                Sealed = other.State.Sealed,
            },
        };

    public bool TryFind(long sequence, [NotNullWhen(true)] out StoredRecord? record)
    {
        var index = sequence - State.FirstSequence;
        record = index >= 0 && index < Count ? Records[(int)index] : null;
        return record is not null;
    }

    private static Segment Empty(string stream, long number, StreamHead head, byte[] hash, string? etag)
    {
        var state = new SegmentState
        {
            Stream = stream,
            Number = number,
            FirstSequence = head.Sequence + 1,
            FirstVersion = head.Version + 1,
            PreviousHash = hash,
        };
        return new Segment(state, 0, head, hash, etag);
    }
}
