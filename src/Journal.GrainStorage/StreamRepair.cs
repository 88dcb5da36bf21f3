using Microsoft.Extensions.Logging;
using Orleans.Storage;

namespace Actors.Journal.GrainStorage;

/// <summary>A record whose header says another number of events than its body holds.</summary>
public sealed record MiscountedRecord(long Sequence, int Said, int Held);

/// <summary>What a stream is like, read from its first record to its last.</summary>
/// <param name="Head">Where the stream stands, counted from the bodies.</param>
/// <param name="Bytes">Records as they are stored.</param>
/// <param name="Repaired">Whether the counts have been put right.</param>
public sealed record StreamFindings(
    StreamHead Head,
    long Events,
    long Bytes,
    IReadOnlyList<MiscountedRecord> Miscounted,
    bool Repaired = false
);

/// <summary>
/// Reads streams whole, and mends those whose newest segment holds a record with a wrong count in its header: a fault of
/// earlier versions left such records, and a stream that ends in one refuses every commit.
/// </summary>
/// <remarks>
/// Nothing is guessed. A body is authentic by the hash chain (and by its encryption), so counting its events anew is
/// safe; the segment is then written in one piece, under the tag that it was read with. It may run beside the cluster.
/// </remarks>
public sealed class StreamRepair(
    IGrainStorage storage,
    GrainStorageJournalOptions options,
    Guid writerId,
    TimeProvider time,
    ILogger<StreamRepair> logger
)
{
    private readonly LargeBodies _large = new(options, time);
    private readonly SegmentWriter _writer = new(options, time, logger);
    private long _commits;

    /// <summary>Proves the hash chain and the joints of all segments, opens every body, and counts.</summary>
    /// <exception cref="JournalDamagedException">Something else than a count is wrong.</exception>
    public async Task<StreamFindings> LookAsync(StreamId stream) => (await WalkAsync(stream)).Findings;

    /// <summary>Puts wrong counts right and reads the stream again.</summary>
    /// <exception cref="JournalDamagedException">
    /// Something else than a count is wrong, or a wrong count lies before the newest segment, where this fault cannot have left it.
    /// </exception>
    public async Task<StreamFindings> RepairAsync(StreamId stream)
    {
        var (findings, newest) = await WalkAsync(stream);
        if (findings.Miscounted is not [var first, ..] || newest is null)
        {
            return findings;
        }
        var records = new StreamRecords(storage, stream);
        if (first.Sequence < newest.State.FirstSequence)
        {
            throw new JournalDamagedException(
                stream.Value,
                0,
                $"record {first.Sequence} miscounts its events and is not in the newest segment; restore a backup"
            );
        }
        var recounted = await RecountAsync(records, newest);
        await _writer.WriteAsync(records, recounted, recounted.Records[^1].Header);
        var after = await LookAsync(stream);
        return after.Miscounted.Count == 0
            ? after with
            {
                Miscounted = findings.Miscounted,
                Repaired = true,
            }
            : throw new JournalDamagedException(stream.Value, 0, "its counts are wrong after they were put right");
    }

    private async Task<(StreamFindings Findings, Segment? Newest)> WalkAsync(StreamId stream)
    {
        var records = new StreamRecords(storage, stream);
        using var cipher = StreamCipher.For(stream, options.Key);
        var reader = await StreamReader.OpenAsync(records);
        List<MiscountedRecord> miscounted = [];
        Segment? newest = null;
        var (head, events, bytes) = (StreamHead.Empty, 0L, 0L);
        await foreach (var segment in reader.ForwardAsync(0))
        {
            if (segment.Count == 0)
            {
                continue;
            }
            if (newest is null)
            {
                // What came before has expired.
                head = new StreamHead(0, segment.State.FirstVersion - 1);
            }
            foreach (var record in segment.Records)
            {
                var held = await CountAsync(records, record, cipher);
                if (held != record.Header.EventCount)
                {
                    miscounted.Add(new(record.Header.Sequence, record.Header.EventCount, held));
                }
                head = new StreamHead(record.Header.Sequence, head.Version + held);
                events += held;
            }
            bytes += segment.State.Records.Length;
            newest = segment;
        }
        return (new StreamFindings(head, events, bytes, miscounted), newest);
    }

    private static async Task<int> CountAsync(StreamRecords records, StoredRecord record, StreamCipher? cipher) =>
        RecordCodec.DecodeBody(record, await BodyOf(records, record), cipher).Events.Length;

    private static async Task<ReadOnlyMemory<byte>> BodyOf(StreamRecords records, StoredRecord record) =>
        record.Header.IsLarge ? await LargeBodies.ReadAsync(records, record) : record.Body;

    /// <summary>The same records with true counts; what follows a wrong one is numbered and chained anew.</summary>
    private async Task<Segment> RecountAsync(StreamRecords records, Segment segment)
    {
        using var cipher = StreamCipher.For(records.Stream, options.Key);
        var recounted = segment.Emptied();
        foreach (var record in segment.Records)
        {
            var held = await CountAsync(records, record, cipher);
            var version = recounted.Head.Version + 1;
            if (record.Header.EventCount == held && record.Header.FirstVersion == version)
            {
                recounted = recounted.Append(record.Header, record.Body.Span, options);
                continue;
            }
            var header = record.Header with
            {
                FirstVersion = version,
                EventCount = held,
                Commit = new CommitId(writerId, ++_commits),
            };
            var stored = await SealAnewAsync(records, record, header, cipher);
            recounted = recounted.Append(header, stored, options);
        }
        return recounted.SealedAs(segment);
    }

    /// <summary>The header is authenticated together with the body, so another header needs another encryption.</summary>
    private async Task<byte[]> SealAnewAsync(
        StreamRecords records,
        StoredRecord record,
        RecordHeader header,
        StreamCipher? cipher
    )
    {
        var body = await BodyOf(records, record);
        var stored = record.Header.IsEncrypted
            ? RecordCodec.Protect(header, RecordCodec.Decrypt(record, body, cipher).ToArray(), cipher)
            : body.ToArray();
        return header.IsLarge ? await _large.WriteAsync(records, header, stored) : stored;
    }
}
