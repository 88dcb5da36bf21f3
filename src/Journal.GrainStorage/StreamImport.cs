using Microsoft.Extensions.Logging;
using Orleans.Storage;

namespace Actors.Journal.GrainStorage;

/// <summary>
/// Brings one stream, record by record as it is, from another journal into grain storage: whole segments are written at
/// once, so that a long stream costs few requests.
/// </summary>
/// <remarks>
/// What is there already must be a beginning of the stream; the import goes on behind it. So it may be cut off anywhere
/// and be made again, and it never writes over anything.
/// </remarks>
internal sealed class StreamImport(
    IGrainStorage storage,
    GrainStorageJournalOptions options,
    Guid writerId,
    TimeProvider time,
    ILogger logger
)
{
    private readonly SegmentWriter _writer = new(options, time, logger);
    private readonly LargeBodies _large = new(options, time);
    private long _commits;

    /// <summary>How many records the target holds already; they are the same as the source's.</summary>
    /// <exception cref="JournalMoveException">A record differs, or the target holds more.</exception>
    public async Task<long> CompareAsync(IJournal source, StreamId stream)
    {
        var reader = await StreamReader.OpenAsync(new StreamRecords(storage, stream));
        await using var records = source.ReadForwardAsync(stream, 0).GetAsyncEnumerator();
        return await CompareAsync(stream, reader, records);
    }

    /// <summary>Writes what is missing. Returns how many records that were.</summary>
    public async Task<long> WriteAsync(IJournal source, StreamId stream)
    {
        var target = new StreamRecords(storage, stream);
        var reader = await StreamReader.OpenAsync(target);
        await using var records = source.ReadForwardAsync(stream, 0).GetAsyncEnumerator();
        var found = await CompareAsync(stream, reader, records);
        using var cipher = StreamCipher.For(stream, options.Key);
        var (tail, written) = (reader.Tail, 0L);
        var unwritten = (RecordHeader?)null;
        while (await records.MoveNextAsync())
        {
            var record = records.Current;
            if (found == 0 && written == 0)
            {
                tail = Segment.BeforeFirst(stream, tail.ETag, new(record.Sequence - 1, record.FirstVersion - 1));
            }
            var header = HeaderOf(record, out var body);
            var stored = RecordCodec.Protect(header, body, cipher);
            if (header.IsLarge)
            {
                stored = await _large.WriteAsync(target, header, stored);
            }
            tail = tail.Append(header, stored, options);
            (unwritten, written) = (header, written + 1);
            if (tail.State.Sealed)
            {
                tail = (await _writer.WriteAsync(target, tail, header)).After(null);
                unwritten = null;
            }
        }
        if (unwritten is { } last)
        {
            tail = await _writer.WriteAsync(target, tail, last);
        }
        await HintAsync(target, tail.Count == 0 ? tail.Number - 1 : tail.Number);
        return written;
    }

    private async Task<long> CompareAsync(StreamId stream, StreamReader reader, IAsyncEnumerator<JournalRecord> source)
    {
        var records = new StreamRecords(storage, stream);
        using var cipher = StreamCipher.For(stream, options.Key);
        var compared = 0L;
        await foreach (var segment in reader.ForwardAsync(0))
        {
            foreach (var stored in segment.Records)
            {
                var body = stored.Header.IsLarge ? await LargeBodies.ReadAsync(records, stored) : stored.Body;
                var record = RecordCodec.Decode(stored, body, cipher);
                if (!await source.MoveNextAsync())
                {
                    throw new JournalMoveException(stream, $"record {record.Sequence} is not in the directory");
                }
                if (!AreSame(source.Current, record))
                {
                    throw new JournalMoveException(stream, $"record {record.Sequence} is another one");
                }
                compared++;
            }
        }
        return compared;
    }

    private static bool AreSame(JournalRecord left, JournalRecord right) =>
        (left.Sequence, left.FirstVersion, left.At, left.Events.Count)
            == (right.Sequence, right.FirstVersion, right.At, right.Events.Count)
        && left.Mark.Span.SequenceEqual(right.Mark.Span)
        && left.Events.Zip(right.Events).All(static pair => pair.First.Span.SequenceEqual(pair.Second.Span));

    private RecordHeader HeaderOf(JournalRecord record, out byte[] body)
    {
        body = RecordCodec.EncodeBody(record.Events, record.Mark);
        return new RecordHeader(
            record.Sequence,
            record.FirstVersion,
            record.Events.Count,
            record.At,
            new CommitId(writerId, Interlocked.Increment(ref _commits)),
            RecordHeader.FlagsOf(isEncrypted: !options.Key.IsEmpty, isLarge: body.Length > LargeBodies.PartBytes)
        );
    }

    /// <summary>Without it readers would walk from the first segment on.</summary>
    private static async Task HintAsync(StreamRecords target, long number)
    {
        if (number <= 1)
        {
            return;
        }
        var head = await target.ReadHeadAsync();
        if (head.State.Segment < number)
        {
            head.State = new HeadState
            {
                Stream = target.Stream.Value,
                Segment = number,
                First = head.State.First,
                Cleared = head.State.Cleared,
            };
            await target.WriteHeadAsync(head);
        }
    }
}
