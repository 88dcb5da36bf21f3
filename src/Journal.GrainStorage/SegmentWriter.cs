using Microsoft.Extensions.Logging;

namespace Actors.Journal.GrainStorage;

/// <summary>Writes one segment with one new record, and finds out what became of a write that did not say.</summary>
internal sealed partial class SegmentWriter(GrainStorageJournalOptions options, TimeProvider time, ILogger logger)
{
    /// <returns>The segment as it is stored now, which may already hold later commits of others.</returns>
    public async Task<Segment> WriteAsync(StreamRecords records, Segment next, RecordHeader header)
    {
        var pause = options.RetryAfter;
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return next with { ETag = await records.WriteSegmentAsync(next) };
            }
            catch (Exception exception)
            {
                LogWriteFailed(exception, records.Stream, header.Sequence, attempt);
                if (await FindOutAsync(records, next, header, exception) is { } stored)
                {
                    return stored;
                }
                if (attempt >= options.WriteAttempts)
                {
                    throw Uncertain(records, header, exception);
                }
            }
            await Task.Delay(pause, time);
            pause *= 2;
        }
    }

    /// <summary>
    /// The stored segment when the commit is in it; null when nothing there has changed or it cannot be read. An earlier
    /// attempt may still be on its way then, so the only safe thing is to try the very same write again.
    /// </summary>
    private static async Task<Segment?> FindOutAsync(
        StreamRecords records,
        Segment next,
        RecordHeader header,
        Exception exception
    )
    {
        Segment? stored;
        string? etag;
        try
        {
            (stored, etag) = await records.ReadSegmentAsync(next.Number);
        }
        catch (Exception unreadable) when (unreadable is not JournalDamagedException)
        {
            return null;
        }
        if (stored is not null && stored.TryFind(header.Sequence, out var record))
        {
            return record.Value.Header.Commit == header.Commit
                ? stored
                : throw new JournalConflictException(records.Stream, header.Sequence - 1, stored.Head.Sequence);
        }
        return etag == next.ETag ? null : throw Uncertain(records, header, exception);
    }

    private static JournalUncertainException Uncertain(StreamRecords records, RecordHeader header, Exception cause) =>
        new($"Whether record {header.Sequence} of {records.Stream} is durable is not known.", cause);

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "Attempt {Attempt} to write record {Sequence} of {Stream} failed; looking what is stored"
    )]
    private partial void LogWriteFailed(Exception exception, StreamId stream, long sequence, int attempt);
}
