using Actors.Journal.Format;
using Actors.Journal.Index;

namespace Actors.Journal.Logs;

/// <summary>Records on their way to the disk. Its place in the log is known before it fills: the place is their nonce.</summary>
internal sealed class BatchBuffer
{
    private const int InitialBytes = 64 << 10;
    private const int KeptBytes = 4 << 20;
    private const byte Padding = 0x5A; // anything but 0: a sector of a batch is never blank

    private byte[] _bytes = new byte[InitialBytes];
    private readonly List<SlotBefore> _before = [];
    private Segment? _segment;
    private BatchWaiters? _waiters;

    public bool IsBegun => _segment is not null;
    public Segment Segment => _segment!;

    public BatchWaiters Waiters => _waiters!;
    public long Offset { get; private set; }
    public long Number { get; private set; }
    public int Length { get; private set; }
    public int Records { get; private set; }
    public long NewestTicks { get; private set; }

    public int SealedLength => Sector.RoundUp(Length);
    public Position Start => new(Segment.Number, Offset);
    public Position End => new(Segment.Number, Offset + SealedLength);
    public long NextRecordOffset => Offset + Length;

    public void Begin(Segment segment, long offset, long number, BatchWaiters waiters)
    {
        _segment = segment;
        _waiters = waiters;
        Offset = offset;
        Number = number;
        Length = BatchHeader.Bytes;
        Records = 0;
        NewestTicks = 0;
    }

    /// <summary>Room for one record at <see cref="NextRecordOffset"/>.</summary>
    public Span<byte> Add(int length, long atTicks)
    {
        if (Sector.RoundUp(Length + length) > _bytes.Length)
        {
            Array.Resize(ref _bytes, Sector.RoundUp(Math.Max(_bytes.Length * 2, Length + length)));
        }
        var room = _bytes.AsSpan(Length, length);
        Length += length;
        Records++;
        NewestTicks = Math.Max(NewestTicks, atTicks);
        return room;
    }

    /// <summary>Notes how a stream's slot is before one of the batch's records moves it on.</summary>
    public void Remember(in StreamSlot slot) => _before.Add(SlotBefore.Of(slot));

    /// <summary>Puts the slots back to where they were, newest record first; batches in the same order.</summary>
    public void Undo(StreamTable streams)
    {
        for (var at = _before.Count - 1; at >= 0; at--)
        {
            _before[at].Restore(streams);
        }
    }

    public ReadOnlySpan<byte> Seal()
    {
        var batch = _bytes.AsSpan(0, SealedLength);
        batch[Length..].Fill(Padding);
        var header = new BatchHeader(Number, Start, batch.Length, Length - BatchHeader.Bytes, Records, NewestTicks);
        header.Encode(batch, Segment.Header.LogId);
        return batch;
    }

    /// <summary>Makes the buffer free for another batch; one huge batch does not keep its memory for ever.</summary>
    public void Clear()
    {
        _segment = null;
        _waiters = null;
        _before.Clear();
        if (_bytes.Length > KeptBytes)
        {
            _bytes = new byte[InitialBytes];
        }
    }
}
